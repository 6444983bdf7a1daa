import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, readdirSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { builtCli } from '../../built.ts'
import { type Repository, createRepository, isolatedEnvironment } from '../../git/repository.ts'
import { installed } from '../../installed.ts'
import { journal } from '../../drizzle/migrations/journals.ts'
import { checkIn } from '../projects.ts'

// What the histories of real projects hold: bench/results/sync-replay.md.

const CONFIG = `export default { dialect: 'sqlite', schema: './src/schema.ts', out: './drizzle' }\n`
const SCHEMA = `import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
export const users = sqliteTable('users', {
  id: integer('id').primaryKey(),
  createdAt: integer('created_at', { mode: 'timestamp' }).default(new Date()).notNull(),
  year: integer('year').default(new Date().getFullYear()),
  token: text('token').default(Math.random().toString(36)),
  role: text('role').default('member'),
})
`

let repository: Repository

beforeAll(() => {
  builtCli()
})

beforeEach(() => {
  repository = createRepository()
  repository.write('.gitignore', 'node_modules\n')
  repository.write('drizzle.config.ts', CONFIG)
  repository.write('src/schema.ts', SCHEMA)
})

afterEach(() => repository.remove())

/** Gives the project packages of its own: ours, or those of another version. */
function install(from = path.join(import.meta.dirname, '../../../node_modules')): void {
  mkdirSync(path.join(repository.path, 'node_modules'))
  for (const name of ['drizzle-kit', 'drizzle-orm']) {
    symlinkSync(path.join(from, name), path.join(repository.path, 'node_modules', name))
  }
}

function generate(): void {
  const kit = path.join(repository.path, 'node_modules/drizzle-kit/bin.cjs')
  execFileSync(process.execPath, [kit, 'generate'], {
    cwd: repository.path,
    env: isolatedEnvironment(),
  })
}

function edit(from: string | RegExp, to: string): void {
  const before = readFileSync(path.join(repository.path, 'src/schema.ts'), 'utf8')
  repository.write('src/schema.ts', before.replace(from, to))
}

/** What is said of all there is, staged. */
async function staged(): Promise<string[]> {
  repository.git('add', '--all')
  const { findings, problems } = await checkIn(
    repository.path,
    { kind: 'staged' },
    { only: ['sync'] },
  )
  return [...problems, ...findings].map(({ message }) => message)
}

describe('a default that is another each time the schema is loaded', () => {
  beforeEach(() => {
    install()
    generate()
  })

  test('blocks neither the commit that brings it with its migration nor a later one', async () => {
    const drift = ['created_at', 'year', 'token'].map((column) =>
      expect.stringContaining(`The default of users.${column} is computed when`),
    )
    expect(await staged()).toEqual(drift)
    repository.commit('users')
    edit('export', '// people\nexport')
    expect(await staged()).toEqual(drift)
  })

  test('hides no other change', async () => {
    repository.commit('users')
    edit(`'member'`, `'guest'`)
    const messages = await staged()
    expect(messages.filter((message) => !message.startsWith('The default of'))).toEqual([
      expect.stringContaining(
        "The schema has changes that no migration makes: users.role DEFAULT 'member' → DEFAULT 'guest'.",
      ),
    ])
  })
})

test('a schema that can be loaded only once is compared all the same', async () => {
  install()
  generate()
  repository.commit('users')
  edit(/^.*Date.*$/gm, '')
  edit(
    'import',
    `const loaded = Symbol.for('loaded')
if (loaded in globalThis) throw new Error('loaded twice')
Object.assign(globalThis, { [loaded]: true })
import`,
  )
  const [message] = await staged()
  expect(message).toContain('users.created_at removed')
  expect(message).toContain('users.token DEFAULT')
})

test('a project with SQL files that no journal lists pushes its schema: there is nothing to compare', async () => {
  install()
  repository.write('drizzle/0001_once_by_hand.sql', 'select 1;\n')
  repository.commit('users')
  edit(`'member'`, `'guest'`)
  expect(await staged()).toEqual([])
})

test('a project that moves to another database is not told that all its tables are gone', async () => {
  install()
  generate()
  repository.commit('users')
  repository.write('drizzle.config.ts', CONFIG.replace('sqlite', 'postgresql'))
  repository.write(
    'src/schema.ts',
    `import { pgTable, text } from 'drizzle-orm/pg-core'
export const users = pgTable('users', { name: text('name') })
`,
  )
  const [message, ...more] = await staged()
  expect(message).toContain(
    'drizzle.config.ts says postgresql, but the migrations in drizzle are sqlite',
  )
  expect(more).toEqual([])
})

test('an import of .js finds the .ts beside it, with a drizzle-kit that compiles by esbuild-register', async () => {
  install(
    path.join(installed({ 'drizzle-kit': '0.28.1', 'drizzle-orm': '0.36.4' }), 'node_modules'),
  )
  repository.write('src/schema.ts', `export * from './users.js'\n`)
  repository.write('src/users.ts', SCHEMA)
  repository.write('drizzle/meta/_journal.json', journal(['0000_once_by_hand'], 'sqlite'))
  repository.write('drizzle/0000_once_by_hand.sql', 'select 1;\n')
  // Else it could not be told.
  const [message] = await staged()
  expect(message).toMatch(/no migration makes: table users added\./)
})

describe('SQL written by hand, in a dialect whose SQL the comparison does not read yet', () => {
  test('may be the migration: a warning, and how to tell drizzle-kit', async () => {
    install()
    repository.write('drizzle.config.ts', CONFIG.replace('sqlite', 'singlestore'))
    repository.write(
      'src/schema.ts',
      `import { int, singlestoreTable, text } from 'drizzle-orm/singlestore-core'
export const users = singlestoreTable('users', { id: int('id').primaryKey(), role: text('role') })
`,
    )
    generate()
    repository.commit('users')
    edit(`role: text('role')`, `nick: text('nick'), role: text('role')`)
    const [tag] = Object.keys(sqlOf(repository))
    repository.write('drizzle/0001_by_hand.sql', 'ALTER TABLE `users` ADD `nick` text;')
    repository.write('drizzle/meta/_journal.json', journal([tag!, '0001_by_hand'], 'singlestore'))
    repository.git('add', '--all')
    const { findings } = await checkIn(repository.path, { kind: 'staged' }, { only: ['sync'] })
    const said = findings.map(({ severity, message }) => `${severity}: ${message}`)
    expect(said).toEqual([
      'warn: No snapshot has these changes of the schema: users.nick added. 0001_by_hand may make them, but that cannot be read from the SQL.',
    ])
  })
})

/** The SQL files of a project, by tag. */
function sqlOf({ path: root }: Repository): Record<string, string> {
  const names = readdirSync(path.join(root, 'drizzle')).filter((name) => name.endsWith('.sql'))
  return Object.fromEntries(
    names.map((name) => [
      name.slice(0, -'.sql'.length),
      readFileSync(path.join(root, 'drizzle', name), 'utf8'),
    ]),
  )
}
