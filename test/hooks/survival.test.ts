import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  CREATE_USERS,
  DROP_EMAIL,
  type Files,
  type Migrations,
  drizzleConfig,
  journalFolder,
  project,
  writeFiles,
} from '../check/projects.ts'
import { useRepositories } from '../git/fixtures.ts'
import { createRepository } from '../git/repository.ts'
import { type Hooked, type Outcome, elsewhere, hooked } from './hooked.ts'

const repositories = useRepositories()

let repository: Hooked

const BASE: Migrations = { '0000_users': CREATE_USERS }
const SOUND = 'ALTER TABLE "users" ADD COLUMN "bio" text;\n'
const DROP = project({ ...BASE, '0001_drop': DROP_EMAIL })
const BIO = project({ ...BASE, '0001_bio': SOUND })

beforeEach(() => {
  repository = hooked(repositories.create(), repositories.folder())
  repository.add({ ...project(BASE), 'a.txt': 'a\n', 'b.txt': 'b\n' })
  repository.commit('what production has')
  repository.git('switch', '--quiet', '-c', 'feature')
})

const write = (files: Files) => writeFiles(repository.path, files)

/** It says what is wrong, once, and nothing is committed. */
function expectStopped({ status, output }: Outcome, what = 'drop-column  users.email'): void {
  expect(output.split(what)).toHaveLength(2)
  expect(output).toContain('git commit --no-verify')
  expect(status).not.toBe(0)
}

function expectPassed({ status, output }: Outcome): void {
  expect(output).toBe('')
  expect(status).toBe(0)
}

describe('ways to commit', () => {
  it('plain: what is staged counts, whatever lies in the working directory', () => {
    repository.add(DROP)
    write(project(BASE))
    expectStopped(repository.try())
    repository.git('reset', '--quiet', '--hard')
    repository.add({ 'a.txt': 'changed\n' })
    write(DROP)
    expectPassed(repository.try())
  })

  it('commit -a', () => {
    repository.add(BIO)
    expectPassed(repository.try())
    appendFileSync(join(repository.path, 'drizzle/0001_bio.sql'), DROP_EMAIL)
    expectStopped(repository.try('-a'))
    expectStopped(repository.try('-a', '--amend'))
  })

  it('commit FILE takes only that file', () => {
    repository.add(BIO)
    expectPassed(repository.try())
    appendFileSync(join(repository.path, 'drizzle/0001_bio.sql'), DROP_EMAIL)
    appendFileSync(join(repository.path, 'a.txt'), 'more\n')
    repository.git('add', '.')
    expectPassed(repository.try('--', 'a.txt'))
    expectStopped(repository.try('--', 'drizzle/0001_bio.sql'))
  })

  it('commit -i FILE takes it with what is staged', () => {
    repository.add(BIO)
    expectPassed(repository.try())
    appendFileSync(join(repository.path, 'drizzle/0001_bio.sql'), DROP_EMAIL)
    repository.git('add', '.')
    appendFileSync(join(repository.path, 'a.txt'), 'more\n')
    expectStopped(repository.try('-i', '--', 'a.txt'))
  })

  it('commit -p takes only the hunks that are chosen', () => {
    const lines = Array.from({ length: 20 }, (_, i) => `-- line ${i}\n`).join('')
    repository.add(project({ ...BASE, '0001_bio': lines }))
    expectPassed(repository.try())
    write({ 'drizzle/0001_bio.sql': SOUND + lines + DROP_EMAIL })
    const choose = (input: string) => repository.run(['commit', '-q', '-p', '-m', 'x'], { input })
    const second = choose('n\ny\n')
    expect(second.status).not.toBe(0)
    expect(second.output).toContain('drop-column  users.email')
    const first = choose('y\nn\n')
    expect(first.output).not.toContain('error')
    expect(first.status).toBe(0)
  })

  it('commit --amend: what it adds counts, and a new message is nothing', () => {
    repository.add(BIO)
    expectPassed(repository.try())
    expectPassed(repository.try('--amend'))
    repository.add(project({ ...BASE, '0001_bio': SOUND, '0002_drop': DROP_EMAIL }))
    expectStopped(repository.try('--amend'))
  })

  it('commit --allow-empty', () => {
    repository.starts()
    expectPassed(repository.try('--allow-empty'))
    expect(repository.starts()).toBe(0)
  })

  it('the initial commit', () => {
    repository = hooked(repositories.create(), repositories.folder())
    repository.add(project({ '0000_x': `${CREATE_USERS}ALTER TABLE "nowhere" DROP COLUMN "a";` }))
    expectStopped(repository.try(), 'drop-column  nowhere.a')
    repository.add(project(BASE))
    repository.git('rm', '--quiet', '--cached', '-f', 'drizzle/0000_x.sql')
    expectPassed(repository.try())
  })

  it('on a detached HEAD', () => {
    repository.git('switch', '--quiet', '--detach')
    repository.add(DROP)
    expectStopped(repository.try())
    repository.add({ ...BIO, 'drizzle/0001_drop.sql': '' })
    repository.git('rm', '--quiet', '--cached', '-f', 'drizzle/0001_drop.sql')
    expectPassed(repository.try())
  })

  it('--no-verify goes through', () => {
    repository.add(DROP)
    expectPassed(repository.try('--no-verify'))
  })
})

describe('half of it staged', () => {
  it('only the staged part of a file is judged', () => {
    repository.add(BIO)
    write({ 'drizzle/0001_bio.sql': SOUND + DROP_EMAIL })
    expectPassed(repository.try())
    repository.git('add', '.')
    expectStopped(repository.try())
  })

  it('a journal without its SQL is a migration that cannot run', () => {
    write(BIO)
    repository.git('add', 'drizzle/meta/_journal.json')
    expectStopped(repository.try(), 'error  missing-migration-file')
    repository.git('add', '--intent-to-add', 'drizzle/0001_bio.sql')
    expectStopped(repository.try(), 'error  missing-migration-file')
    repository.git('add', 'drizzle/0001_bio.sql', 'drizzle/meta/0001_snapshot.json')
    expectPassed(repository.try())
  })
})

describe('what git can do to a file', () => {
  it('a migration that is deleted is missed', () => {
    repository.add(BIO)
    expectPassed(repository.try())
    repository.git('rm', '--quiet', 'drizzle/0001_bio.sql')
    expectStopped(repository.try(), 'error  missing-migration-file')
  })

  it('a migration that is renamed is another one', () => {
    repository.add(project({ ...BASE, '0001_a': DROP_EMAIL }))
    repository.commit('unchecked')
    repository.git('config', 'diff.renames', 'copies')
    repository.git('mv', 'drizzle/0001_a.sql', 'drizzle/0001_b.sql')
    repository.add(project({ ...BASE, '0001_b': DROP_EMAIL }))
    expectStopped(repository.try())
  })

  it('a symbolic link, a submodule and a changed mode are no SQL', () => {
    symlinkSync('0000_users.sql', join(repository.path, 'drizzle/link.sql'))
    repository.git('add', '.')
    expectPassed(repository.try())
    const other = createRepository()
    other.commit('elsewhere')
    repository.git(
      '-c',
      'protocol.file.allow=always',
      'submodule',
      '--quiet',
      'add',
      other.path,
      'drizzle/sub',
    )
    expectPassed(repository.try())
    other.remove()
    chmodSync(join(repository.path, 'drizzle/0000_users.sql'), 0o755)
    expectPassed(repository.try('-a'))
  })

  it('a journal that became a link is no journal, and what it listed is gone', () => {
    const journal = join(repository.path, 'drizzle/meta/_journal.json')
    renameSync(journal, join(repository.path, 'journal.json'))
    symlinkSync('../../journal.json', journal)
    repository.git('add', '--all')
    expectStopped(repository.try(), 'error  deleted-migration')
  })

  it('CRLF changes nothing', () => {
    const crlf = (sql: string) => sql.replaceAll('\n', '\r\n')
    repository.add(project({ ...BASE, '0001_drop': crlf(`-- why\n${DROP_EMAIL}`) }))
    expectStopped(repository.try())
    repository.add(project({ ...BASE, '0001_bio': crlf(SOUND) }))
    repository.git('rm', '-qf', 'drizzle/0001_drop.sql')
    expectPassed(repository.try())
  })

  it('a byte order mark is an error of its own, and hides nothing', () => {
    repository.add(project({ ...BASE, '0001_drop': `\ufeff-- why\n${DROP_EMAIL}` }))
    expectStopped(repository.try())
    repository.add(project({ ...BASE, '0001_drop': `\ufeff${SOUND}` }))
    expectStopped(repository.try(), 'byte order mark')
  })

  it('core.autocrlf', () => {
    repository.git('config', 'core.autocrlf', 'true')
    repository.git('config', 'core.safecrlf', 'false')
    repository.add(project({ ...BASE, '0001_drop': DROP_EMAIL.replaceAll('\n', '\r\n') }))
    expectStopped(repository.try())
  })
})

describe('histories that meet', () => {
  /** main goes on: its migration is not this branch's to answer for. */
  function moveMain(files: Files): void {
    repository.git('switch', '--quiet', 'main')
    repository.add(files)
    repository.commit('on main')
    repository.git('switch', '--quiet', 'feature')
  }

  const MINE = { 'drizzle/0001_bio.sql': SOUND, ...journalFolder({ ...BASE, '0001_bio': SOUND }) }

  it('a merge without conflicts: what production has is not judged, what the branch has is', () => {
    moveMain(DROP)
    repository.add({ 'b.txt': 'mine\n' })
    repository.commit('mine')
    expect(repository.run(['merge', '--quiet', '--no-edit', 'main'])).toEqual({
      status: 0,
      output: '1 new migration arrived in drizzle: 0001_drop\nApply: npx drizzle-kit migrate\n',
    })
    expect(repository.git('log', '--format=%s', '-1')).toMatch(/^Merge/)
  })

  it('a merge without conflicts of a branch that nobody has judged', () => {
    repository.add(DROP)
    repository.commit('unchecked')
    repository.git('switch', '--quiet', 'main')
    repository.add({ 'b.txt': 'on main\n' })
    repository.commit('on main')
    expectStopped(repository.run(['merge', '--quiet', '--no-edit', 'feature']))
    expect(repository.git('log', '--format=%s', '-1')).toBe('on main')
  })

  it('a merge with conflicts, while they last and when they are resolved', () => {
    moveMain({ ...DROP, 'a.txt': 'theirs\n' })
    repository.add({ ...MINE, 'a.txt': 'mine\n' })
    repository.commit('mine')
    expect(repository.run(['merge', '--quiet', 'main']).status).not.toBe(0)
    expect(repository.try().status).not.toBe(0)
    repository.add({
      ...project({ ...BASE, '0001_drop': DROP_EMAIL, '0002_bio': SOUND }),
      'a.txt': 'both\n',
    })
    repository.git('rm', '--quiet', '-f', 'drizzle/0001_bio.sql')
    expectPassed(repository.run(['commit', '--quiet', '--no-edit']))
  })

  it('a squash', () => {
    repository.add(DROP)
    repository.commit('unchecked')
    repository.git('switch', '--quiet', 'main')
    repository.git('merge', '--quiet', '--squash', 'feature')
    expectStopped(repository.try())
  })

  it('a cherry-pick that goes on after a conflict', () => {
    repository.add({ ...DROP, 'a.txt': 'mine\n' })
    const picked = repository.commit('unchecked')
    repository.git('switch', '--quiet', '-c', 'other', 'main')
    repository.add({ 'a.txt': 'other\n' })
    repository.commit('other')
    expect(repository.run(['cherry-pick', picked]).status).not.toBe(0)
    repository.add({ 'a.txt': 'both\n' })
    const next = ['-c', 'core.editor=true', 'cherry-pick', '--continue']
    expectStopped(repository.run(next))
    repository.git('rm', '-qf', 'drizzle/0001_drop.sql')
    repository.add(BIO)
    expect(repository.run(next).status).toBe(0)
  })

  it('a rebase with a new message and with an edit', () => {
    repository.add(BIO)
    expectPassed(repository.try())
    const rebase = (todo: string) =>
      repository.run([
        '-c',
        `sequence.editor=sed -i s/^pick/${todo}/`,
        '-c',
        'core.editor=true',
        'rebase',
        '-q',
        '-i',
        'main',
      ])
    expect(rebase('reword').status).toBe(0)
    expect(rebase('edit').status).toBe(0)
    repository.add(project({ ...BASE, '0001_bio': SOUND, '0002_drop': DROP_EMAIL }))
    expectStopped(repository.try())
    repository.git('reset', '--quiet', '--hard')
    expect(repository.run(['rebase', '--continue']).status).toBe(0)
  })
})

describe('where the checkout lies', () => {
  it('a linked worktree', () => {
    const path = join(repositories.folder(), 'linked')
    repository.git('worktree', 'add', '--quiet', '-b', 'other', path)
    repository = elsewhere(repository, path)
    repository.add(BIO)
    expectPassed(repository.try())
    appendFileSync(join(path, 'drizzle/0001_bio.sql'), DROP_EMAIL)
    expectStopped(repository.try('-a'))
    expectStopped(repository.run(['commit', '--quiet', '-am', 'x'], { cwd: join(path, 'drizzle') }))
  })

  it('a submodule', () => {
    const outer = repositories.create()
    outer.git(
      '-c',
      'protocol.file.allow=always',
      'submodule',
      '--quiet',
      'add',
      repository.path,
      'module',
    )
    repository = hooked(
      { ...outer, ...elsewhere(repository, join(outer.path, 'module')) },
      repositories.folder(),
    )
    repository.add(DROP)
    expectStopped(repository.try())
    repository.git('rm', '-qf', 'drizzle/0001_drop.sql')
    repository.add(BIO)
    expectPassed(repository.try())
  })

  it('a git directory given on the command line', () => {
    const files = repositories.folder()
    writeFiles(files, DROP)
    const apart = ['--git-dir', join(repository.path, '.git'), '--work-tree', files]
    repository.run([...apart, 'add', '--all'], { cwd: files })
    expectStopped(repository.run([...apart, 'commit', '--quiet', '-m', 'x'], { cwd: files }))
  })

  it('a subfolder', () => {
    repository.add(DROP)
    const cwd = join(repository.path, 'drizzle')
    expectStopped(repository.run(['commit', '--quiet', '-m', 'x'], { cwd }))
  })

  it('a monorepo with two drizzle configs: each is judged by itself', () => {
    const app = (name: string, migrations: Migrations): Files => ({
      [`apps/${name}/drizzle.config.ts`]: drizzleConfig(),
      [`apps/${name}/package.json`]: '{}',
      ...journalFolder(migrations, `apps/${name}/drizzle`),
    })
    repository.add({ ...app('one', BASE), ...app('two', BASE) })
    repository.commit('two more')
    repository.git('branch', '--force', 'main')
    repository.add({
      ...app('one', { ...BASE, '0001_bio': SOUND }),
      ...app('two', { ...BASE, '0001_drop': DROP_EMAIL }),
    })
    const outcome = repository.try()
    expectStopped(outcome)
    expect(outcome.output).toContain('apps/two/drizzle/0001_drop.sql:1:')
    repository.git('rm', '-rqf', '--cached', 'apps/two')
    repository.add(app('two', BASE))
    rmSync(join(repository.path, 'apps/two/drizzle/0001_drop.sql'))
    rmSync(join(repository.path, 'apps/two/drizzle/meta/0001_snapshot.json'))
    repository.git('add', '--all')
    expectPassed(repository.try())
  })

  it('core.hooksPath', () => {
    const hooks = join(repository.path, '.hooks')
    mkdirSync(hooks)
    const name = join(repository.path, '.git/hooks/pre-commit')
    writeFileSync(join(hooks, 'pre-commit'), readFileSync(name), { mode: 0o755 })
    unlinkSync(name)
    repository.git('config', 'core.hooksPath', '.hooks')
    repository.add(DROP)
    expectStopped(repository.try())
  })

  it('a repository with SHA-256', () => {
    const sha256 = repositories.create()
    rmSync(join(sha256.path, '.git'), { recursive: true })
    sha256.git('init', '--quiet', '--initial-branch=main', '--object-format=sha256')
    repository = hooked(sha256, repositories.folder())
    repository.add({ ...project(BASE), 'a.txt': 'a' })
    expectPassed(repository.try())
    repository.git('switch', '--quiet', '-c', 'feature')
    repository.add(DROP)
    expectStopped(repository.try())
    repository.git('reset', '--quiet', '--hard')
    for (const [content, starts] of [
      ['b', 1],
      ['c', 0],
    ] as const) {
      repository.starts()
      repository.add({ 'a.txt': content })
      expectPassed(repository.try())
      expect(repository.starts()).toBe(starts)
    }
  })
})

describe('names', () => {
  it.each([
    ['a space', 'my app'],
    ['quotes', `it's "db"`],
    ['a leading dash', '-db'],
    ['a colon', ':db'],
    ['glob characters', 'app/[slug]*'],
    ['composed letters', 'dossi\u00e9'],
    ['decomposed letters', 'dossie\u0301'],
    ['other scripts', '数据库/😀'],
  ])('with %s', (_, folder) => {
    const out = `${folder}/drizzle`
    repository.add(journalFolder(BASE, out))
    repository.commit('another project')
    repository.git('branch', '--force', 'main')
    repository.add(journalFolder({ ...BASE, '0001_drop': DROP_EMAIL }, out))
    expectStopped(repository.try())
    repository.git('reset', '--quiet', '--hard')
    repository.add(journalFolder({ ...BASE, '0001_bio': SOUND }, out))
    expectPassed(repository.try())
  })
})

describe('settings', () => {
  const settings: Record<string, string> = {
    'core.quotepath': 'true',
    'diff.relative': 'true',
    'diff.renames': 'copies',
    'diff.external': 'false',
    'color.ui': 'always',
    'diff.noprefix': 'true',
    'diff.mnemonicPrefix': 'true',
    'diff.ignoreSubmodules': 'all',
    'status.showUntrackedFiles': 'no',
    'core.pager': 'false',
    'submodule.recurse': 'true',
    'core.fsmonitor': 'false',
  }

  function expectJudged(env: NodeJS.ProcessEnv = {}): void {
    repository.add({ ...DROP, 'été/a.txt': '' })
    const cwd = join(repository.path, 'drizzle')
    expectStopped(repository.run(['commit', '--quiet', '-m', 'x'], { cwd, env }))
    repository.git('reset', '--quiet', '--hard')
    repository.add(BIO)
    expectPassed(repository.run(['commit', '--quiet', '-m', 'x'], { cwd, env }))
    for (const content of ['1', '2']) {
      repository.add({ 'a.txt': content })
      expectPassed(repository.run(['commit', '--quiet', '-m', 'x'], { cwd, env }))
    }
    repository.starts()
    repository.add(project({ ...BASE, '0001_bio': SOUND, '0002_drop': DROP_EMAIL }))
    expectStopped(repository.run(['commit', '--quiet', '-m', 'x'], { cwd, env }))
  }

  it('all of the configuration at once', () => {
    for (const [name, value] of Object.entries(settings)) repository.git('config', name, value)
    expectJudged()
  })

  it('editor, pager and configuration in the environment', () => {
    expectJudged({
      GIT_EDITOR: 'false',
      EDITOR: 'vim',
      PAGER: 'less',
      GIT_PAGER: 'less',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'diff.relative',
      GIT_CONFIG_VALUE_0: 'true',
      GIT_EXTERNAL_DIFF: 'false',
      GIT_LITERAL_PATHSPECS: '1',
    })
  })

  it('a trace of git is git’s to print', () => {
    repository.add(DROP)
    const { status, output } = repository.run(['commit', '-m', 'x'], { env: { GIT_TRACE: '1' } })
    expect(status).not.toBe(0)
    expect(output).toContain('drop-column  users.email')
  })
})

describe('a branch of several commits is one deployment', () => {
  const TABLE = 'CREATE TABLE "posts" ("id" integer PRIMARY KEY, "title" text);\n'
  const INDEX = 'CREATE INDEX "posts_title" ON "posts" ("title");\n'

  it('an index on a table that the branch’s first commit creates is no hazard', () => {
    repository.add(project({ ...BASE, '0001_posts': TABLE }))
    expectPassed(repository.try())
    repository.add(project({ ...BASE, '0001_posts': TABLE, '0002_index': INDEX }))
    expectPassed(repository.try())
  })

  it('the same index is one once the table is deployed', () => {
    repository.add(project({ ...BASE, '0001_posts': TABLE }))
    expectPassed(repository.try())
    repository.git('branch', '--force', 'main')
    repository.add(project({ ...BASE, '0001_posts': TABLE, '0002_index': INDEX }))
    expect(repository.try()).toMatchObject({
      status: 0,
      output: expect.stringContaining('warning  create-index'),
    })
  })

  it('NOT VALID and VALIDATE in two commits are run together, and the second one is told', () => {
    const check = 'ALTER TABLE "users" ADD CONSTRAINT "c" CHECK ("email" <> \'\') NOT VALID;\n'
    const validate = 'ALTER TABLE "users" VALIDATE CONSTRAINT "c";\n'
    repository.add(project({ ...BASE, '0001_check': check }))
    expectPassed(repository.try())
    repository.add(project({ ...BASE, '0001_check': check, '0002_validate': validate }))
    const { status, output } = repository.try()
    expect(output).toContain('long-work-under-lock')
    expect(output).toContain('drizzle/0002_validate.sql')
    expect(status).toBe(1)
  })

  it('a migration that nobody has may be rewritten', () => {
    repository.add(BIO)
    expectPassed(repository.try())
    const anew = 'ALTER TABLE "users" ADD COLUMN "about" text;\n'
    repository.add(project({ ...BASE, '0001_bio': anew }))
    expectPassed(repository.try())
    repository.git('rm', '-qf', 'drizzle/0001_bio.sql')
    repository.add(project({ ...BASE, '0001_other_name': anew }))
    expectPassed(repository.try())
  })
})

describe('a repository without a Drizzle project', () => {
  it('around a submodule that has one is told so, and not stopped', () => {
    const outer = hooked(repositories.create(), repositories.folder())
    outer.add({ 'README.md': 'outer\n' })
    outer.commit('outer')
    const trust = ['-c', 'protocol.file.allow=always']
    outer.git(...trust, 'submodule', '--quiet', 'add', repository.path, 'module')
    const added = outer.try()
    expect(added.output).toMatch(/^migration-lint: this repository has no Drizzle project, .+\n$/)
    expect(added.status).toBe(0)
    const module = elsewhere(outer, join(outer.path, 'module'))
    module.git('commit', '--quiet', '--allow-empty', '-m', 'more')
    outer.git('add', 'module')
    expect(outer.try().status).toBe(0)
  })

  it('is stopped when it had one on the production branch', () => {
    repository.git('rm', '-rq', 'drizzle', 'drizzle.config.ts')
    const { status, output } = repository.try()
    expect(output).toContain('no Drizzle project found')
    expect(status).not.toBe(0)
  })
})
