import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  CREATE_USERS,
  DROP_EMAIL,
  drizzleConfig,
  journalFolder,
  project,
} from '../check/projects.ts'
import { useRepositories } from '../git/fixtures.ts'
import { type Hooked, elsewhere, hooked } from './hooked.ts'

const repositories = useRepositories()

let repository: Hooked

const BASE = { '0000_users': CREATE_USERS }
const FILES = {
  ...project(BASE),
  '.gitignore': 'node_modules\n',
  'package.json': '{}',
  'app/a.ts': 'a',
  'app/b.ts': 'b',
}
const list = () => join(repository.path, '.git/migration-lint.paths')

/** Commits something nobody judges; answers whether migration-lint was started for it. */
function startsFor(file: string, content = String(Math.random())): boolean {
  repository.starts()
  repository.add({ [file]: content })
  expect(repository.try()).toEqual({ status: 0, output: '' })
  return repository.starts() > 0
}

beforeEach(() => {
  repository = hooked(repositories.create(), repositories.folder())
  repository.add(FILES)
  repository.commit('what production has')
  repository.git('switch', '--quiet', '-c', 'feature')
})

describe('a commit that touches nothing a check depends on', () => {
  it('is not checked once a check has said what that is', () => {
    expect(startsFor('app/a.ts')).toBe(true)
    expect(startsFor('app/a.ts')).toBe(false)
    expect(startsFor('app/new file.md')).toBe(false)
    repository.git('rm', '--quiet', 'app/b.ts')
    expect(repository.try()).toEqual({ status: 0, output: '' })
    expect(repository.starts()).toBe(0)
  })

  it('is not checked with -a, by name, amended or from a folder either', () => {
    startsFor('app/a.ts')
    const change = () => appendFileSync(join(repository.path, 'app/a.ts'), '\n// more')
    change()
    expect(repository.try('-a').status).toBe(0)
    change()
    expect(repository.try('--', 'app/a.ts').status).toBe(0)
    change()
    expect(repository.try('-a', '--amend').status).toBe(0)
    change()
    const below = { cwd: join(repository.path, 'app') }
    expect(repository.run(['commit', '--quiet', '-am', 'x'], below).status).toBe(0)
    expect(repository.starts()).toBe(0)
  })

  it('is not checked in a linked worktree and a submodule, each with a list of its own', () => {
    startsFor('app/a.ts')
    const path = join(repositories.folder(), 'linked')
    repository.git('worktree', 'add', '--quiet', '-b', 'other', path)
    repository = elsewhere(repository, path)
    expect(startsFor('app/a.ts')).toBe(true)
    expect(startsFor('app/a.ts')).toBe(false)
    appendFileSync(join(path, 'app/a.ts'), '\n// more')
    expect(repository.try('-a').status).toBe(0)
    expect(repository.starts()).toBe(0)
  })
})

describe('a commit that touches something', () => {
  beforeEach(() => {
    startsFor('app/a.ts')
  })

  it.each([
    'drizzle/0000_users.sql',
    'drizzle/meta/0000_snapshot.json',
    'drizzle.config.ts',
    'package.json',
    'app/package.json',
    'pnpm-lock.yaml',
    'app/tsconfig.build.json',
    'migration-lint.config.json',
    'db/mysql.drizzle.config.ts',
    'db/Drizzle/prod.config.ts',
    'other/migrations/0000_x.sql',
    'other/meta/_journal.json',
    'other/migration_lock.toml',
    'other/20250101_x/snapshot.json',
  ])('%s is checked', (file) => {
    const content = file.endsWith('config.ts') ? drizzleConfig() : '{ }'
    repository.add({ [file]: file.endsWith('.sql') ? '-- SQL' : `${content}\n` })
    repository.try()
    expect(repository.starts()).toBe(1)
  })

  it('is checked where it is deleted or moved away', () => {
    repository.git('mv', 'drizzle.config.ts', 'app/drizzle.config.ts')
    repository.try()
    expect(repository.starts()).toBe(1)
  })

  it('is stopped, and stopped again', () => {
    repository.add(project({ ...BASE, '0001_drop': DROP_EMAIL }))
    expect(repository.try().status).toBe(1)
    expect(repository.try().status).toBe(1)
    repository.add({ 'app/a.ts': 'with something else' })
    expect(repository.try().status).toBe(1)
  })

  it('is checked under git --literal-pathspecs', () => {
    repository.add(project({ ...BASE, '0001_drop': DROP_EMAIL }))
    const outcome = repository.run(['--literal-pathspecs', 'commit', '--quiet', '-m', 'x'])
    expect(outcome.status).toBe(1)
  })

  it('is checked where only its name differs in case', () => {
    repository.add({ 'Drizzle/0001_x.SQL': 'select 1;' })
    repository.try()
    expect(repository.starts()).toBe(1)
  })
})

describe('the list is good for what was checked', () => {
  it('not on a branch with other projects', () => {
    repository.git('switch', '--quiet', '-c', 'moved')
    repository.add({
      'package.json': JSON.stringify({
        scripts: { migrate: 'drizzle-kit migrate --config app/b.ts' },
      }),
      'app/b.ts': drizzleConfig('./other'),
    })
    repository.commit('another config')
    repository.git('switch', '--quiet', 'feature')
    startsFor('app/a.ts')
    repository.git('switch', '--quiet', 'moved')
    expect(startsFor('app/b.ts', drizzleConfig('./another'))).toBe(true)
  })

  it('not for what a reset left staged', () => {
    repository.add(project({ ...BASE, '0001_drop': DROP_EMAIL }))
    repository.commit('unchecked')
    expect(startsFor('app/a.ts')).toBe(true)
    expect(startsFor('app/a.ts')).toBe(false)
    repository.git('reset', '--quiet', '--soft', 'main')
    expect(repository.try().status).toBe(1)
  })

  it('not once a configuration has been written that nobody commits', () => {
    startsFor('app/a.ts')
    writeFileSync(join(repository.path, 'migration-lint.config.json'), '{}')
    repository.git('config', 'core.excludesFile', 'nothing')
    writeFileSync(join(repository.path, '.git/info/exclude'), 'migration-lint.config.json\n')
    expect(startsFor('app/a.ts')).toBe(true)
    expect(startsFor('app/a.ts')).toBe(false)
  })

  it.each([
    ['is gone', () => rmSync(list())],
    ['is empty', () => writeFileSync(list(), '')],
    [
      'was cut off',
      () => writeFileSync(list(), readFileSync(list(), 'utf8').split('\n').slice(0, 12).join('\n')),
    ],
    [
      'is of another format',
      () => writeFileSync(list(), readFileSync(list(), 'utf8').replaceAll('-paths-2', '-paths-1')),
    ],
    [
      'names a commit that is gone',
      () =>
        writeFileSync(
          list(),
          readFileSync(list(), 'utf8').replaceAll(/^[0-9a-f]{40}$/gm, '1'.repeat(40)),
        ),
    ],
  ])('not where it %s', (_, damage) => {
    startsFor('app/a.ts')
    damage()
    expect(startsFor('app/a.ts')).toBe(true)
    expect(startsFor('app/a.ts')).toBe(false)
  })
})

describe('a damaged list', () => {
  it('is none, whichever of its bytes was damaged', () => {
    startsFor('app/a.ts')
    const whole = readFileSync(list())
    // Some of each line; a commit takes a while.
    const step = Math.ceil(whole.length / 24)
    for (let at = 0; at < whole.length; at += step) {
      const damaged = Buffer.from(whole)
      damaged[at]! ^= 1
      writeFileSync(list(), damaged)
      expect(startsFor('app/a.ts'), `byte ${at}`).toBe(true)
      writeFileSync(list(), whole)
    }
  })

  it('is one of another version, too', () => {
    startsFor('app/a.ts')
    const text = readFileSync(list(), 'utf8')
    expect(text).toMatch(/^version \d+\.\d+\.\d+$/m)
    writeFileSync(list(), text.replaceAll(/^version .*$/gm, 'version 0.0.1'))
    expect(startsFor('app/a.ts')).toBe(true)
    expect(readFileSync(list(), 'utf8')).toContain(/^version .*$/m.exec(text)![0])
    expect(startsFor('app/a.ts')).toBe(false)
  })

  it('is for the user alone', () => {
    startsFor('app/a.ts')
    expect(statSync(list()).mode & 0o777).toBe(0o600)
  })
})

describe('with a schema that drizzle-kit has compared', () => {
  const table = (columns: string) =>
    `import { pgTable, text } from 'drizzle-orm/pg-core'\nimport { columns } from './columns'\n` +
    `export const users = pgTable('users', { ${columns} })\n`
  const COLUMNS =
    "import { text } from 'drizzle-orm/pg-core'\nexport const columns = { email: text() }\n"

  beforeEach(() => {
    const modules = join(import.meta.dirname, '../../node_modules')
    mkdirSync(join(repository.path, 'node_modules'))
    for (const name of ['drizzle-kit', 'drizzle-orm']) {
      symlinkSync(join(modules, name), join(repository.path, 'node_modules', name))
    }
    repository.add({
      'drizzle.config.ts':
        "export default { dialect: 'postgresql', schema: './src/schema.ts', out: './drizzle' }\n",
      'src/schema.ts': table('...columns'),
      'src/columns.ts': COLUMNS,
      'src/other.ts': '',
    })
    repository.git('rm', '-rq', '--cached', 'drizzle')
    rmSync(join(repository.path, 'drizzle'), { recursive: true })
    execFileSync(
      process.execPath,
      [join(modules, 'drizzle-kit/bin.cjs'), 'generate', '--name', 'users'],
      {
        cwd: repository.path,
        stdio: 'ignore',
      },
    )
    repository.git('add', '--all')
    repository.commit('in sync')
    repository.git('branch', '--force', 'main')
  })

  it('what it imports is checked, what it does not is not', () => {
    startsFor('app/a.ts')
    expect(startsFor('src/other.ts')).toBe(false)
    expect(startsFor('src/columns.ts', `${COLUMNS}// the same\n`)).toBe(true)
    repository.add({ 'src/columns.ts': COLUMNS.replace('email', 'name: text(), email') })
    const { status, output } = repository.try()
    expect(output).toContain('schema-without-migration')
    expect(status).toBe(1)
  })

  it('what is only edited in the working directory is no part of it', () => {
    writeFileSync(join(repository.path, 'app/b.ts'), '// unstaged')
    writeFileSync(join(repository.path, 'app/a.ts'), '// staged')
    repository.git('add', 'app/a.ts')
    expect(repository.try()).toEqual({ status: 0, output: '' })
    repository.starts()
    expect(startsFor('app/b.ts')).toBe(false)
  })

  it('a file that would be imported instead is checked', () => {
    startsFor('app/a.ts')
    repository.add({ 'src/columns.js': 'export const columns = {}\n' })
    repository.try()
    expect(repository.starts()).toBe(1)
  })

  it('a push is judged though commits are not', () => {
    const config = JSON.stringify({ sync: { at: 'push' } })
    repository.add({ 'migration-lint.config.json': config })
    repository.commit('compare when pushing')
    const remote = repositories.folder()
    repository.git('init', '--quiet', '--bare', remote)
    repository.git('remote', 'add', 'origin', remote)
    repository.git('push', '--quiet', '--no-verify', 'origin', 'HEAD:main', 'feature')
    startsFor('app/a.ts')
    repository.add({ 'src/columns.ts': COLUMNS.replace('email', 'name: text(), email') })
    expect(repository.try()).toEqual({ status: 0, output: '' })
    expect(startsFor('app/a.ts')).toBe(false)
    const push = repository.run(['push', '--quiet', 'origin', 'feature'])
    expect(push.output).toContain('schema-without-migration')
    expect(push.status).toBe(1)
  })
})

describe('no list is left', () => {
  it('where something could not be checked', () => {
    startsFor('app/a.ts')
    repository.add({ 'mysql/meta/_journal.json': '{' })
    expect(repository.try().status).toBe(1)
    expect(existsSync(list())).toBe(false)
  })

  it('where the configuration imports a file of which nothing is known', () => {
    const config = "import { rules } from './app/rules.mjs'\nexport default { rules }\n"
    repository.add({
      'migration-lint.config.mjs': config,
      'app/rules.mjs': 'export const rules = {}',
    })
    repository.try()
    expect(startsFor('app/a.ts')).toBe(true)
    expect(startsFor('app/a.ts')).toBe(true)
  })

  it('by a check of one project', () => {
    startsFor('app/a.ts')
    rmSync(list())
    repository.add({ 'app/a.ts': 'changed' })
    repository.run(['config', 'alias.lint', '!migration-lint --staged --project drizzle'])
    repository.run(['lint'])
    expect(existsSync(list())).toBe(false)
  })
})

describe('names that are awkward in a list', () => {
  it.each([
    ['a space', 'my app/dri zzle'],
    ['quotes', `it's "db"`],
    ['a leading dash', '-db'],
    ['a colon', ':(top)db'],
    ['glob characters', 'app/[slug]*'],
    ['composed letters', 'dossi\u00e9'],
    ['decomposed letters', 'dossie\u0301'],
    ['a backslash', String.raw`d\b`],
  ])('%s', (_, folder) => {
    repository.add(journalFolder(BASE, `${folder}/out`))
    repository.commit('another project')
    startsFor('app/a.ts')
    expect(startsFor('app/a.ts')).toBe(false)
    expect(startsFor(`${folder}/out/notes.md`)).toBe(true)
  })

  it('a line end, of which a list in lines holds nothing: every commit is checked', () => {
    repository.add(journalFolder(BASE, 'd\nb/out'))
    repository.commit('another project')
    startsFor('app/a.ts')
    expect(startsFor('app/a.ts')).toBe(true)
  })
})
