import { beforeAll, describe, expect, test } from 'vitest'
import { builtCli } from '../../built.ts'
import { type Files, generated, install, write } from '../../drizzle/kit/kits.ts'
import { BASE_PROJECT } from '../../drizzle/kit/scenarios.ts'
import { BASE, edit } from '../../drizzle/kit/schemas.ts'
import { journal } from '../../drizzle/migrations/journals.ts'
import { useRepositories } from '../../git/fixtures.ts'
import type { Repository } from '../../git/repository.ts'
import { checkIn } from '../projects.ts'

const made = useRepositories()
const ADDED = edit(BASE, [`  title: text`, `  body: text('body'),\n  title: text`])
const RENAMED = edit(BASE, [`'display_name'`, `'shown_as'`])

let first: Files
let tag: string

beforeAll(() => {
  builtCli()
  first = generated('0.31.11', BASE_PROJECT)
  tag = Object.keys(first)
    .find((path) => path.endsWith('.sql'))!
    .slice('drizzle/'.length, -'.sql'.length)
})

/** A project whose second migration is SQL that somebody wrote, without a snapshot. */
function repository(schema: string, sql: string): Repository {
  const repo = made.create()
  install('0.31.11', repo.path)
  write(repo.path, { '.gitignore': 'node_modules\n', ...BASE_PROJECT, ...first })
  repo.commit('base')
  write(repo.path, {
    'schema.ts': schema,
    'drizzle/0001_by_hand.sql': sql,
    'drizzle/meta/_journal.json': journal([tag, '0001_by_hand']),
  })
  repo.git('add', '--all')
  return repo
}

async function said(repo: Repository): Promise<string[]> {
  const { findings, problems } = await checkIn(repo.path, { kind: 'staged' }, { only: ['sync'] })
  return [...problems, ...findings].map(({ message }) => message)
}

describe('SQL written by hand, without a snapshot', () => {
  test('that does what the schema says is its migration', async () => {
    expect(await said(repository(ADDED, 'ALTER TABLE "posts" ADD COLUMN "body" text;'))).toEqual([])
  })

  test('that does something else is not', async () => {
    const [message, ...more] = await said(
      repository(ADDED, 'ALTER TABLE "posts" ADD COLUMN "note" text;'),
    )
    expect(message).toBe('The schema has changes that no migration makes: posts.body added.')
    expect(more).toEqual([])
  })

  test('for a table of another schema is found, whatever differs in one of the same name', async () => {
    const more = `\nexport const auth = pgSchema('auth')\nexport const authUsers = auth.table('users', { id: text('id') })\n`
    const schema = edit(
      BASE + more,
      ['pgEnum,', 'pgEnum, pgSchema,'],
      ['  displayName:', `  bio: text('bio'),\n  displayName:`],
    )
    const sql = 'CREATE SCHEMA "auth"; CREATE TABLE "auth"."users" ("id" text);'
    expect(await said(repository(schema, sql))).toEqual([
      'The schema has changes that no migration makes: users.bio added.',
    ])
  })

  test('that renames has answered the question', async () => {
    const sql = 'ALTER TABLE "users" RENAME COLUMN "display_name" TO "shown_as";'
    expect(await said(repository(RENAMED, sql))).toEqual([])
  })

  test('and is deployed is not held against the next commit', async () => {
    const repo = repository(ADDED, 'ALTER TABLE "posts" ADD COLUMN "body" text;')
    repo.commit('by hand')
    repo.write('schema.ts', `// tables\n${ADDED}`)
    repo.git('add', '--all')
    expect(await said(repo)).toEqual([])
  })
})

describe('SQL written by hand for SQLite', () => {
  const SCHEMA = `import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
export const posts = sqliteTable('posts', { id: integer('id').primaryKey(), title: text('title') })
`
  const WITH_BODY = SCHEMA.replace("text('title')", "text('title'), body: text('body')")

  function inSqlite(schema: string, sql: string): Repository {
    const project = {
      'drizzle.config.ts': `export default { dialect: 'sqlite', schema: './schema.ts', out: './drizzle' }`,
      'schema.ts': SCHEMA,
    }
    const created = generated('0.31.11', project)
    const name = Object.keys(created).find((path) => path.endsWith('.sql'))!
    const repo = made.create()
    install('0.31.11', repo.path)
    write(repo.path, { '.gitignore': 'node_modules\n', ...project, ...created })
    repo.commit('base')
    write(repo.path, {
      'schema.ts': schema,
      'drizzle/0001_by_hand.sql': sql,
      'drizzle/meta/_journal.json': journal(
        [name.slice('drizzle/'.length, -'.sql'.length), '0001_by_hand'],
        'sqlite',
      ),
    })
    repo.git('add', '--all')
    return repo
  }

  test('that does what the schema says is its migration', async () => {
    const repo = inSqlite(WITH_BODY, 'ALTER TABLE posts ADD body TEXT;')
    expect(await said(repo)).toEqual([])
  })

  test('that does something else is not', async () => {
    const repo = inSqlite(WITH_BODY, 'ALTER TABLE posts ADD note TEXT;')
    expect(await said(repo)).toEqual([
      'The schema has changes that no migration makes: posts.body added.',
    ])
  })
})
