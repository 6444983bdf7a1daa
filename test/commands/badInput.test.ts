import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { builtCli } from '../built.ts'
import { useRepositories } from '../git/fixtures.ts'
import { isolatedEnvironment } from '../git/repository.ts'
import type { Repository } from '../git/repository.ts'
import {
  CREATE_USERS,
  DROP_EMAIL,
  checkIn,
  drizzleConfig,
  journalFolder,
  open,
  project,
  writeFiles,
  type Files,
} from '../check/projects.ts'

const repositories = useRepositories()
const BASE = { '0000_users': CREATE_USERS }
const JOURNAL = 'drizzle/meta/_journal.json'

let cli: string

beforeAll(() => {
  cli = builtCli()
})

interface Answer {
  readonly code: number | null
  readonly text: string
}

/** Runs the built command line; what it prints must never be a stack trace. */
function run(cwd: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Answer {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd,
    env: isolatedEnvironment(env),
    encoding: 'utf8',
  })
  const text = `${stdout}${stderr}`
  expect(text).not.toMatch(/^\s+at .*:\d+|internal error|Error:/m)
  return { code: status, text }
}

/** A branch that has one migration more than main. */
function pending(sql: string | Buffer, more: Files = {}): Repository {
  const repository = repositories.create()
  writeFiles(repository.path, project(BASE))
  repository.commit('users')
  repository.git('checkout', '--quiet', '-b', 'feature')
  writeFiles(repository.path, { ...project({ ...BASE, '0001_next': sql }), ...more })
  return repository
}

describe('what git cannot tell is one line and a way out, exit code 2', () => {
  test('no git installed', () => {
    const { path } = pending(DROP_EMAIL)
    const withoutGit = { PATH: '/nonexistent' }
    expect(run(path, [], withoutGit)).toEqual({
      code: 2,
      text:
        'migration-lint: git was not found on the PATH\n' +
        '  help: Use --since <tag> or --all, or name the migration files: these need no git.\n',
    })
    const since = run(path, ['--since', '0000_users'], withoutGit)
    expect(since).toMatchObject({ code: 1, text: expect.stringContaining('users.email') })
  })

  test('not a repository', () => {
    const path = repositories.folder()
    writeFiles(path, project(BASE))
    const { code, text } = run(path)
    expect(code).toBe(2)
    expect(text).toMatch(/^migration-lint: \S+ is not in a git repository\n {2}help: .+--all.+\n$/)
  })

  test('an unknown ref', () => {
    const { path } = pending(DROP_EMAIL)
    const { code, text } = run(path, ['--base', 'nope'])
    expect(code).toBe(2)
    expect(text).toMatch(/^migration-lint: "nope" \(--base\) is not a branch, .+\n {2}help: .+\n$/)
  })
})

describe('what is no Drizzle project', () => {
  test('nothing that looks like one', () => {
    const { code, text } = run(repositories.create().path)
    expect(code).toBe(2)
    expect(text).toMatch(/^migration-lint: no Drizzle project found.+\n {2}help: .+\n$/)
  })

  test('a config without out: drizzle-kit takes ./drizzle, and so does this', async () => {
    const path = repositories.folder()
    const config = `export default { dialect: 'postgresql', schema: './s.ts' }`
    writeFiles(path, { ...journalFolder(BASE), 'drizzle.config.ts': config })
    expect((await checkIn(path, { kind: 'all' })).counts.migrationsJudged).toBe(1)
  })

  test.each([
    ['out that only running it tells', `{ dialect: 'postgresql', out: process.env.OUT! }`, '"out"'],
    ['a syntax error', `{ dialect: 'postgresql', out`, 'syntax error'],
  ])('a config with %s', (_, config, reason) => {
    const path = repositories.folder()
    writeFiles(path, { ...journalFolder(BASE), 'drizzle.config.ts': `export default ${config}` })
    const { code, text } = run(path, ['--all'])
    expect(code).toBe(2)
    expect(text).toMatch(/^could not check: drizzle\.config\.ts: .+\n {2}help: Set projects\[\]/m)
    expect(text).toContain(reason)
  })

  test('a misspelt folder in our own configuration', () => {
    const { path } = pending(DROP_EMAIL, {
      'migration-lint.config.json': JSON.stringify({
        projects: [{ config: 'drizzle.config.ts', out: 'drizle' }],
      }),
    })
    expect(run(path)).toMatchObject({
      code: 2,
      text: expect.stringContaining('projects[0].out names drizle, where there are no Drizzle'),
    })
  })
})

describe('a journal', () => {
  test.each([
    ['conflict markers', '<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> main\n', 'merge conflict markers'],
    ['half of its JSON', '{"version":"7","entries":[', 'not valid JSON'],
    ['nothing in it', '', 'not valid JSON'],
    ['another shape', '[]', 'no list of entries'],
  ])('with %s is a problem', (_, journal, reason) => {
    const { path, git } = pending(DROP_EMAIL, { [JOURNAL]: journal })
    git('add', '--all')
    for (const args of [[], ['--staged'], ['--all']]) {
      const { code, text } = run(path, args)
      expect({ args, code }).toEqual({ args, code: 2 })
      expect(text).toContain('the migrations were not judged, because their journal cannot be read')
      expect(text.split(reason)).toHaveLength(2)
      expect(text).toContain(reason)
    }
  })

  test('that was committed broken does not block the mending for ever', () => {
    const { path, git, commit } = repositories.create()
    const broken = '<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> main\n'
    writeFiles(path, { ...project(BASE), [JOURNAL]: broken })
    commit('broken')
    git('checkout', '--quiet', '-b', 'mend')
    writeFiles(path, project({ ...BASE, '0001_next': DROP_EMAIL }))
    const { code, text } = run(path)
    expect(code).toBe(1)
    expect(text).toContain('drop-column  users.email')
    expect(text).not.toContain('could not check')
  })

  test('with an entry whose file is not there is a finding, and a problem where only SQL is judged', () => {
    const { path } = pending(DROP_EMAIL, {
      [JOURNAL]: journalFolder({ ...BASE, '0001_next': '', '0002_lost': '' })[JOURNAL]!,
    })
    const text = expect.stringContaining(
      'drizzle/0002_lost.sql is missing, but the journal lists',
    ) as unknown
    expect(run(path)).toMatchObject({ code: 1, text })
    expect(run(path, ['--only', 'migration'])).toMatchObject({ code: 2, text })
  })

  test('that does not list a named file: the file is a problem', () => {
    const { path } = pending(DROP_EMAIL, { 'drizzle/helper.sql': DROP_EMAIL })
    expect(run(path, ['drizzle/helper.sql'])).toMatchObject({
      code: 2,
      text: expect.stringContaining('drizzle/helper.sql is in no journal'),
    })
    expect(run(path, ['drizzle/nothing.sql'])).toMatchObject({
      code: 2,
      text: expect.stringContaining('there is no file drizzle/nothing.sql'),
    })
  })
})

describe('a migration', () => {
  test('that is empty applies, and there is nothing to say about it', () => {
    const { path } = pending('')
    expect(run(path)).toEqual({
      code: 0,
      text:
        'Found drizzle.config.ts (postgresql) with 2 migrations.\n' +
        'Judged 1 migration (0 statements), compared with main; ' +
        '1 deployed migration was replayed, not judged.\n' +
        'Not checked: schema of drizzle.config.ts (no drizzle config names its schema).\n',
    })
  })

  test.each([
    ['binary', Buffer.from([0, 159, 146, 150, 255, 0])],
    ['Latin-1', Buffer.from("COMMENT ON TABLE users IS 'caf\xe9';", 'latin1')],
    ['UTF-16', Buffer.from(`\uFEFF${DROP_EMAIL}`, 'utf16le')],
  ])('in %s is a problem', (_, content) => {
    const { path } = pending(content)
    const { code, text } = run(path)
    expect(code).toBe(2)
    expect(text).toContain('could not check: drizzle/0001_next.sql is not UTF-8 text')
    expect(text).toContain('No migration was judged')
  })

  test('with a byte order mark fails, and the rest of it is judged', () => {
    const { path } = pending(`\uFEFF${DROP_EMAIL}`)
    const { code, text } = run(path)
    expect(code).toBe(1)
    expect(text).toContain('byte order mark')
    expect(text).toContain('drop-column  users.email')
  })

  test('with 20,000 nested parentheses is refused by the parser, as by the server', () => {
    const { path } = pending(`SELECT ${'('.repeat(20_000)}1${')'.repeat(20_000)};\n${DROP_EMAIL}`)
    const { code, text } = run(path)
    expect(code).toBe(1)
    expect(text).toMatch(/unparsed .+\n.+memory exhausted/)
    expect(text).toContain('drop-column  users.email')
  })

  test('that is a link leading nowhere, or round in circles, is a problem', () => {
    const { path } = pending('')
    symlinkSync('0002_loop.sql', join(path, 'drizzle/0002_loop.sql'))
    symlinkSync('loop', join(path, 'loop'))
    writeFiles(path, {
      [JOURNAL]: journalFolder({ ...BASE, '0001_next': '', '0002_loop': '' })[JOURNAL]!,
    })
    expect(run(path).text).toContain('drizzle/0002_loop.sql')
    expect(run(path).code).toBe(2)
    expect(run(path, ['loop/0001_next.sql'])).toMatchObject({ code: 2 })
    expect(run(path, ['--cwd', 'loop'])).toMatchObject({
      code: 2,
      text: expect.stringContaining('is not a folder'),
    })
  })

  // Root may read everything.
  test.skipIf(process.getuid?.() === 0)('that may not be read is a problem', () => {
    const { path } = pending(DROP_EMAIL)
    chmodSync(join(path, 'drizzle/0001_next.sql'), 0)
    expect(run(path)).toMatchObject({
      code: 2,
      text: expect.stringContaining('drizzle/0001_next.sql cannot be read: permission denied'),
    })
  })

  test('that is a folder is a problem', () => {
    const { path } = pending('', {
      [JOURNAL]: journalFolder({ ...BASE, '0001_next': '', '0002_folder': '' })[JOURNAL]!,
    })
    mkdirSync(join(path, 'drizzle/0002_folder.sql'))
    expect(run(path, ['--only', 'migration'])).toMatchObject({ code: 2 })
    expect(run(path).text).toContain('drizzle/0002_folder.sql is missing')
  })

  test('of 5 MB is judged', async () => {
    const row = 'INSERT INTO "users" ("email") VALUES (\'somebody@example.com\');\n'
    const rows = row.repeat(5_000_000 / row.length)
    const { path } = pending(`${rows}${DROP_EMAIL}`)
    expect(open(await checkIn(path))).toEqual(['drop-column users.email drizzle/0001_next.sql'])
  })

  test('of 5 MB in one statement too', async () => {
    const values = Array.from({ length: 170_000 }, (_, i) => `('someone${i}@example.com')`)
    const insert = `INSERT INTO "users" ("email") VALUES ${values.join()};\n`
    const { path } = pending(`${insert}${DROP_EMAIL}`)
    expect(open(await checkIn(path))).toEqual(['drop-column users.email drizzle/0001_next.sql'])
  })
})

describe('our own configuration', () => {
  test.each([
    ['{"rules":', 'migration-lint.config.json is not valid JSON'],
    ['{"rules":{"drop-colum":"off"}}', 'unknown rule "drop-colum" in rules: did you mean'],
    ['{"rule":{}}', 'unknown key "rule": did you mean "rules"?'],
    ['{"rules":{"drop-column":"warning"}}', 'must be one of "off", "warn", "error"'],
  ])('%s: one line', (text, message) => {
    const { path } = pending(DROP_EMAIL, { 'migration-lint.config.json': text })
    const answer = run(path)
    expect(answer.code).toBe(2)
    expect(answer.text).toContain(message)
    expect(answer.text.split('\n')).toHaveLength(3)
  })

  test('that throws', () => {
    const { path } = pending(DROP_EMAIL, {
      'migration-lint.config.mjs': 'throw new TypeError("boom")',
    })
    expect(run(path)).toMatchObject({
      code: 2,
      text: expect.stringContaining('migration-lint.config.mjs cannot be loaded: boom'),
    })
  })
})

describe('the command line', () => {
  test.each([
    [['check'], 'there is no command "check": migration-lint by itself checks'],
    [['--cwd', 'nowhere'], 'is not a folder'],
    [['explain', 'drop-colum'], 'unknown rule "drop-colum": did you mean "drop-column"?'],
    [['--project', 'nowhere'], 'No Drizzle project is named nowhere'],
    [['--config', 'nowhere.json'], 'the configuration nowhere.json cannot be read'],
  ])('%j', (args, message) => {
    const { path } = pending(DROP_EMAIL)
    expect(run(path, args)).toMatchObject({ code: 2, text: expect.stringContaining(message) })
  })

  test('--max-warnings, --quiet and --format json', () => {
    const { path } = pending('CREATE INDEX "users_email" ON "users" ("email");')
    const answer = run(path)
    expect(answer.code).toBe(0)
    expect(answer.text).toContain('warning  create-index  users_email')
    expect(run(path, ['--quiet'])).toEqual({ code: 0, text: '' })
    expect(run(path, ['--max-warnings', '0'])).toMatchObject({ code: 1 })
    const { code, text } = run(path, ['--format', 'json'])
    expect(code).toBe(0)
    expect(JSON.parse(text)).toEqual({
      version: 1,
      summary: {
        errors: 0,
        warnings: 1,
        suppressed: 0,
        migrationsJudged: 1,
        statements: 1,
        unmodelled: 0,
      },
      findings: [
        {
          rule: 'create-index',
          severity: 'warn',
          category: 'blocks-traffic',
          project: 'drizzle.config.ts',
          migration: '0001_next',
          object: 'users_email',
          file: 'drizzle/0001_next.sql',
          line: 1,
          column: 14,
          endLine: 1,
          endColumn: 27,
          message: expect.any(String),
          help: expect.any(String),
          url: expect.stringMatching(/docs\/rules\/create-index\.md$/),
          fingerprint: expect.any(String),
        },
      ],
      problems: [],
      projects: [
        {
          name: 'drizzle.config.ts',
          dialect: 'postgresql',
          migrations: 2,
          families: {
            sync: { state: 'nothing', reason: 'no drizzle config names its schema' },
            history: { state: 'compared' },
            migration: { state: 'compared' },
          },
        },
      ],
    })
  })

  test('--format json keeps to JSON where nothing could be checked', () => {
    const path = repositories.folder()
    writeFiles(path, { 'drizzle.config.ts': drizzleConfig() })
    const { stdout, status } = spawnSync(process.execPath, [cli, '--format', 'json'], {
      cwd: path,
      env: isolatedEnvironment(),
      encoding: 'utf8',
    })
    expect(status).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({ findings: [], problems: [{ file: null }] })
  })

  test('paths are relative to the working directory', () => {
    const { path } = pending(DROP_EMAIL)
    expect(run(join(path, 'drizzle')).text).toMatch(/^0001_next\.sql:1:/)
    expect(run(path, ['--cwd', 'drizzle/meta']).text).toMatch(/^\.\.\/0001_next\.sql:1:/)
  })
})
