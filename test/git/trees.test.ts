import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { createBlobReader } from '../../src/git/blobs.ts'
import { createEmptyTree } from '../../src/git/emptyTree.ts'
import { openGit } from '../../src/git/git.ts'
import { originHead } from '../../src/git/commitHistory.ts'
import { createIndexTree, listStagedPaths } from '../../src/git/indexTree.ts'
import { createCommitTree } from '../../src/git/objectTree.ts'
import type { Tree } from '../../src/git/tree.ts'
import { createWorkingTree, listPathsByGit, walk } from '../../src/git/workingTree.ts'
import { problemOf, useRepositories } from './fixtures.ts'
import { isolatedEnvironment } from './repository.ts'
import type { Repository } from './repository.ts'

const repositories = useRepositories()

const open = (repository: Repository, env: NodeJS.ProcessEnv = {}) =>
  openGit(repository.path, isolatedEnvironment(env), originHead)

const commitTree = (repository: Repository): Tree => {
  const git = open(repository)
  return createCommitTree(git, createBlobReader(git), git.head.commit!, 'HEAD')
}
const indexTree = (repository: Repository): Tree => {
  const git = open(repository)
  return createIndexTree(git, createBlobReader(git))
}
const workingTree = (repository: Repository): Tree =>
  createWorkingTree(repository.path, listPathsByGit(open(repository)))
const walkedTree = (repository: Repository): Tree =>
  createWorkingTree(repository.path, walk(repository.path))

const paths = (tree: Tree, folder = ''): string[] => tree.list(folder).map(({ path }) => path)

const oddNames = [
  '-leading-dash.sql',
  ':(top)colon/0001.sql',
  'app/[slug]/0001.sql',
  'app/s/0001.sql',
  'new\nline.sql',
  'quo"te\'s.sql',
  'sp ace/0000 first.sql',
  'star*/a.sql',
  'starry/b.sql',
  'tab\there.sql',
  'ünï/日本語.sql',
  '\u{ff5e}.sql',
  '\u{1f600}.sql',
]

describe.each([
  ['a commit', commitTree],
  ['the index', indexTree],
  ['the working directory', workingTree],
  ['a folder without git', walkedTree],
])('the tree of %s', (_, treeOf) => {
  it('lists every name exactly, in byte order', () => {
    const repository = repositories.create()
    for (const name of oddNames) repository.write(name, `-- ${name}`)
    repository.commit('odd names')

    const tree = treeOf(repository)
    expect(paths(tree)).toEqual(oddNames)
    expect([...tree.readAll(oddNames)].map(([path, content]) => [path, `${content}`])).toEqual(
      oddNames.map((name) => [name, `-- ${name}`]),
    )
  })

  it('is not misled by core.quotepath', () => {
    const repository = repositories.create()
    repository.git('config', 'core.quotepath', 'true')
    repository.write('drizzle/ü.sql', 'SELECT 1')
    repository.commit('one')

    expect(paths(treeOf(repository), 'drizzle')).toEqual(['drizzle/ü.sql'])
  })

  it('takes folder names literally', () => {
    const repository = repositories.create()
    for (const name of oddNames) repository.write(name, '')
    repository.commit('odd names')

    expect(paths(treeOf(repository), 'app/[slug]')).toEqual(['app/[slug]/0001.sql'])
    expect(paths(treeOf(repository), 'star*')).toEqual(['star*/a.sql'])
    expect(paths(treeOf(repository), ':(top)colon')).toEqual([':(top)colon/0001.sql'])
  })

  it('lists only what lies below a folder', () => {
    const repository = repositories.create()
    for (const path of ['drizzle', 'drizzle2/a', 'db/x', 'db/meta/y']) repository.write(path, '')
    repository.commit('one')

    expect(paths(treeOf(repository), 'drizzle')).toEqual([])
    expect(paths(treeOf(repository), 'missing')).toEqual([])
    expect(paths(treeOf(repository), 'db')).toEqual(['db/meta/y', 'db/x'])
    expect(paths(treeOf(repository), './db/')).toEqual(['db/meta/y', 'db/x'])
    const tree = treeOf(repository)
    expect(paths(tree, '.')).toEqual(['db/meta/y', 'db/x', 'drizzle', 'drizzle2/a'])
    expect(paths(tree, 'db/meta')).toEqual(['db/meta/y'])
  })

  it('reads bytes exactly', () => {
    const repository = repositories.create()
    const binary = Buffer.from(Array.from({ length: 1024 }, (_, at) => at % 256))
    repository.git('config', 'core.autocrlf', 'false')
    repository.write('binary', binary)
    repository.write('crlf.sql', 'SELECT 1;\r\nSELECT 2;\r\n')
    repository.write('empty', '')
    repository.write('no-line-end', 'x')
    repository.commit('one')

    const contents = treeOf(repository).readAll(['binary', 'crlf.sql', 'empty', 'no-line-end'])
    expect(contents.get('binary')).toEqual(binary)
    expect(contents.get('crlf.sql')).toEqual(Buffer.from('SELECT 1;\r\nSELECT 2;\r\n'))
    expect(contents.get('empty')).toEqual(Buffer.alloc(0))
    expect(contents.get('no-line-end')).toEqual(Buffer.from('x'))
  })

  it('has no content for what is no file in it', () => {
    const repository = repositories.create()
    repository.write('drizzle/0000.sql', 'SELECT 1')
    repository.commit('one')

    const tree = treeOf(repository)
    expect(tree.read('drizzle/0000.sql')).toEqual(Buffer.from('SELECT 1'))
    expect(tree.read('drizzle')).toBeUndefined()
    expect(tree.read('drizzle/0001.sql')).toBeUndefined()
    expect(tree.read('drizzle/0000.sql/x')).toBeUndefined()
    expect([...tree.readAll(['drizzle/0000.sql', 'missing']).keys()]).toEqual(['drizzle/0000.sql'])
  })

  it('reads more files than fit a command line', () => {
    const repository = repositories.create()
    const names = Array.from({ length: 150 }, (_, at) => `drizzle/${at}.sql`)
    for (const name of names) repository.write(name, name)
    repository.commit('many')

    expect(treeOf(repository).readAll([...names, 'missing']).size).toBe(150)
  })

  it('skips symbolic links', () => {
    const repository = repositories.create()
    repository.write('0000.sql', 'SELECT 1')
    symlinkSync('0000.sql', join(repository.path, 'link.sql'))
    repository.commit('one')

    const tree = treeOf(repository)
    expect(paths(tree)).toEqual(['0000.sql'])
    expect(treeOf(repository).read('link.sql')).toBeUndefined()
  })
})

describe('the tree of a commit', () => {
  it('knows blob ids and nothing of later changes', () => {
    const repository = repositories.create()
    repository.write('0000.sql', 'SELECT 1')
    repository.commit('one')
    repository.write('0000.sql', 'SELECT 2')
    repository.git('add', '.')

    const tree = commitTree(repository)
    expect(tree.list('')).toEqual([
      { path: '0000.sql', blob: repository.git('rev-parse', 'HEAD:0000.sql') },
    ])
    expect(`${tree.read('0000.sql')}`).toBe('SELECT 1')
  })

  it('skips submodules', () => {
    const repository = repositories.create()
    const id = repository.commit('one')
    repository.git('update-index', '--add', '--cacheinfo', `160000,${id},vendor/module`)
    repository.git('commit', '-q', '-m', 'two')

    expect(paths(commitTree(repository))).toEqual([])
    expect(paths(indexTree(repository))).toEqual([])
    expect(indexTree(repository).read('vendor/module')).toBeUndefined()
  })

  it('ignores paths that lead out of the checkout', () => {
    const repository = repositories.create()
    repository.write('a', 'a')
    repository.commit('one')

    const tree = commitTree(repository)
    expect(tree.read('../a')).toBeUndefined()
    expect(tree.list('../drizzle')).toEqual([])
  })

  it('works with SHA-256 object names', () => {
    const repository = repositories.create()
    rmSync(join(repository.path, '.git'), { recursive: true })
    repository.git('init', '-q', '-b', 'main', '--object-format=sha256')
    repository.write('0000.sql', 'SELECT 1')
    repository.write('empty', '')
    repository.commit('one')

    expect(`${commitTree(repository).read('0000.sql')}`).toBe('SELECT 1')
    expect(paths(indexTree(repository))).toEqual(['0000.sql', 'empty'])
  })

  it('says so where the content of a file is missing', async () => {
    const repository = repositories.create()
    repository.write('0000.sql', 'SELECT 1')
    repository.commit('one')
    const blob = repository.git('rev-parse', 'HEAD:0000.sql')
    rmSync(join(repository.path, '.git/objects', blob.slice(0, 2), blob.slice(2)), { force: true })

    const problem = await problemOf(() => commitTree(repository).read('0000.sql'))
    expect(problem.message).toContain(blob)
  })
})

describe('the tree of the index', () => {
  it('has what is staged, not what is on disk', () => {
    const repository = repositories.create()
    repository.write('0000.sql', 'committed')
    repository.write('gone.sql', 'gone')
    repository.commit('one')
    repository.write('0000.sql', 'staged')
    repository.git('rm', '-q', 'gone.sql')
    repository.git('add', '.')
    repository.write('0000.sql', 'unstaged')
    repository.write('untracked.sql', '')

    const tree = indexTree(repository)
    expect(paths(tree)).toEqual(['0000.sql'])
    expect(`${tree.read('0000.sql')}`).toBe('staged')
  })

  it('does not count files that are only intended to be added', () => {
    const repository = repositories.create()
    repository.write('intended.sql', 'SELECT 1')
    repository.write('empty.sql', '')
    repository.git('add', 'empty.sql')
    repository.git('add', '--intent-to-add', 'intended.sql')

    expect(paths(indexTree(repository))).toEqual(['empty.sql'])
    expect(indexTree(repository).read('intended.sql')).toBeUndefined()
    expect(listStagedPaths(open(repository))).toEqual(new Set(['empty.sql']))
  })

  it('names the file that has merge conflicts', async () => {
    const repository = repositories.create()
    repository.write('drizzle/0000.sql', 'base\n')
    repository.write('other/a', 'a')
    repository.commit('base')
    repository.git('checkout', '-q', '-b', 'feature')
    repository.write('drizzle/0000.sql', 'feature\n')
    repository.commit('feature')
    repository.git('checkout', '-q', 'main')
    repository.write('drizzle/0000.sql', 'main\n')
    repository.commit('main')
    expect(() => repository.git('merge', '-q', 'feature')).toThrow()

    const tree = indexTree(repository)
    const problem = await problemOf(() => tree.list('drizzle'))
    expect(problem).toMatchObject({
      message: expect.stringContaining('drizzle/0000.sql has merge conflicts'),
      file: 'drizzle/0000.sql',
    })
    expect(paths(tree, 'other')).toEqual(['other/a'])
  })
})

describe('the paths a commit would touch', () => {
  it('are what was added, changed, deleted and both ends of a rename', () => {
    const repository = repositories.create()
    for (const name of ['changed', 'deleted', 'kept', 'old']) repository.write(name, `${name}\n`)
    repository.commit('one')
    repository.write('changed', 'x')
    repository.write('ädded', '')
    repository.git('rm', '-q', 'deleted')
    repository.git('mv', 'old', 'new')
    repository.git('add', '.')
    repository.write('kept', 'only on disk')

    expect(listStagedPaths(open(repository))).toEqual(
      new Set(['changed', 'deleted', 'new', 'old', 'ädded']),
    )
  })

  it.each([
    ['diff.noprefix', 'true'],
    ['diff.relative', 'true'],
    ['diff.renames', 'copies'],
    ['diff.external', 'false'],
    ['diff.ignoreSubmodules', 'all'],
    ['color.ui', 'always'],
    ['core.quotepath', 'true'],
  ])('do not depend on %s=%s', (setting, value) => {
    const repository = repositories.create()
    repository.write('sub/a', 'some content that is copied\n')
    repository.write('top', 'top\n')
    repository.commit('one')
    repository.git('config', setting, value)
    repository.write('sub/cöpy', 'some content that is copied\n')
    repository.write('sub/a', 'some content that is copied\nand changed\n')
    repository.git('mv', 'top', 'renamed')
    repository.git('add', '.')

    const git = openGit(join(repository.path, 'sub'), isolatedEnvironment(), originHead)
    expect(listStagedPaths(git)).toEqual(new Set(['renamed', 'sub/a', 'sub/cöpy', 'top']))
  })
})

describe('what the index tells of files that only git knows', () => {
  it.each<[string, (repository: Repository) => void]>([
    [
      'a symbolic link',
      ({ path, git }) => {
        symlinkSync('a.ts', join(path, 'other'))
        git('add', 'other')
        rmSync(join(path, 'other'))
        writeFileSync(join(path, 'other'), 'export {}')
      },
    ],
    [
      'a submodule',
      ({ git }) => {
        git('update-index', '--add', '--cacheinfo', `160000,${git('rev-parse', 'HEAD')},other`)
      },
    ],
    [
      'a file that is only intended to be added',
      ({ write, git }) => {
        write('other', 'export {}')
        git('add', '--intent-to-add', 'other')
      },
    ],
  ])('%s may lie on disk without being in the tree', (_, prepare) => {
    const repository = repositories.create()
    repository.write('a.ts', '')
    repository.commit('one')
    prepare(repository)
    repository.write('untracked', '')

    const tree = indexTree(repository)
    expect(paths(tree)).toEqual(['a.ts'])
    expect(tree.mayHide!('other')).toBe(true)
    expect(tree.mayHide!('untracked')).toBe(false)
    for (const path of tree.changedOnDisk!()) {
      expect(tree.mayHide!(path) || paths(tree).includes(path)).toBe(true)
    }
  })
})

describe('the tree of the working directory', () => {
  it('has untracked files, but neither ignored nor deleted ones', () => {
    const repository = repositories.create()
    repository.write('.gitignore', 'ignored/\n*.log\n')
    repository.write('tracked.sql', '')
    repository.write('deleted.sql', '')
    repository.commit('one')
    rmSync(join(repository.path, 'deleted.sql'))
    repository.write('untracked.sql', '')
    repository.write('ignored/a.sql', '')
    repository.write('drizzle/b.sql', '')
    repository.write('drizzle/b.log', '')

    expect(paths(workingTree(repository))).toEqual([
      '.gitignore',
      'drizzle/b.sql',
      'tracked.sql',
      'untracked.sql',
    ])
    expect(paths(workingTree(repository), 'drizzle')).toEqual(['drizzle/b.sql'])
  })

  it('skips nested repositories', () => {
    const repository = repositories.create()
    repository.write('nested/a', '')
    repository.git('init', '-q', 'nested')

    expect(paths(workingTree(repository))).toEqual([])
  })
})

describe('a folder without git', () => {
  it('leaves out installed packages and build output', () => {
    const root = repositories.folder()
    for (const folder of ['node_modules/x', 'packages/db/node_modules', 'dist', 'drizzle']) {
      mkdirSync(join(root, folder), { recursive: true })
      writeFileSync(join(root, folder, 'a.sql'), '')
    }

    expect(paths(createWorkingTree(root, walk(root)))).toEqual(['drizzle/a.sql'])
  })
})

describe('the empty tree', () => {
  it('has no files', () => {
    const tree = createEmptyTree('nothing')
    expect(tree.list('')).toEqual([])
    expect(tree.read('a')).toBeUndefined()
    expect(tree.readAll(['a']).size).toBe(0)
  })
})
