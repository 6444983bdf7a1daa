import { join } from 'node:path'
import * as parser from '@typescript-eslint/parser'
import { Linter } from 'eslint'
import { afterEach, describe, expect, test } from 'vitest'
import { schemaRules } from '../../../rules/schema/index.ts'
import { project, writeFiles } from '../../check/projects.ts'
import { createFolder, openRepository } from '../../git/repository.ts'

// Schema files that take their builders, columns and functions from other files of the project.

let folder = ''
afterEach(() => openRepository(folder).remove())

const SQL = `CREATE TABLE "users" ("id" serial PRIMARY KEY, "email" text, "created_at" timestamp);
CREATE TABLE "posts" ("id" serial PRIMARY KEY, "user_id" integer, "created_at" timestamp);
ALTER TABLE "posts" ADD CONSTRAINT "posts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "users"("id");`

const CONFIG = `export default { dialect: 'postgresql', schema: './db/*', out: './drizzle' }\n`

const COLUMNS = `import { integer, serial, text, timestamp } from 'drizzle-orm/pg-core'
export const id = serial('id').primaryKey()
export const timestamps = { createdAt: timestamp('created_at') }
export const columns = { email: text('email'), userId: () => integer('user_id') }
`

/** `rule line: message`, of a schema file beside others; of the rules that are named. */
function linted(
  code: string,
  files: Readonly<Record<string, string>>,
  rules: readonly string[] = ['require-foreign-key-index', 'unsafe-schema-change'],
  name = 'db/schema.ts',
): string[] {
  folder = createFolder()
  writeFiles(folder, project({ '0000_all': SQL }, { 'drizzle.config.ts': CONFIG, ...files }))
  writeFiles(folder, { [name]: code })
  const config = {
    files: ['**'],
    plugins: { own: { rules: schemaRules } },
    rules: Object.fromEntries(rules.map((rule) => [`own/${rule}`, 'error' as const])),
    languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
  }
  const found = new Linter({ cwd: folder }).verify(code, [config], {
    filename: join(folder, name),
  })
  return found.map(({ ruleId, line, message }) => `${ruleId} ${line}: ${message}`)
}

const MISSING_INDEX = /^own\/require-foreign-key-index/

function schema(imports: string, users: string, posts: string): string {
  return `${imports}
export const users = pgTable('users', { ${users} })
export const posts = pgTable('posts', { ${posts} })
`
}

const PG = `import { pgTable } from 'drizzle-orm/pg-core'`

describe('columns of other files', () => {
  test.each([
    [
      'spread, named and made by a function',
      `${PG}\nimport { id, timestamps, columns } from './columns'`,
      'id, email: columns.email, ...timestamps',
      'id, userId: columns.userId().references(() => users.id), ...timestamps',
    ],
    [
      'of a namespace',
      `${PG}\nimport * as c from './columns.js'`,
      'id: c.id, email: c.columns.email, ...c.timestamps',
      'id: c.id, userId: c.columns.userId().references(() => users.id), ...c.timestamps',
    ],
    [
      'required',
      `const { pgTable } = require('drizzle-orm/pg-core')\nconst { id, timestamps, columns } = require('./columns')`,
      'id, email: columns.email, ...timestamps',
      'id, userId: columns.userId().references(() => users.id), ...timestamps',
    ],
    [
      'behind a folder that exports them again',
      `${PG}\nimport { id, timestamps, columns } from './helpers'`,
      'id, email: columns.email, ...timestamps',
      'id, userId: columns.userId().references(() => users.id), ...timestamps',
    ],
    [
      'by an alias of tsconfig.json',
      `${PG}\nimport { id, timestamps, columns } from '@/db/columns'`,
      'id, email: columns.email, ...timestamps',
      'id, userId: columns.userId().references(() => users.id), ...timestamps',
    ],
  ])('%s', (_, imports, users, posts) => {
    const files = {
      'db/columns.ts': COLUMNS,
      'db/helpers/index.ts': `export * from '../columns'\n`,
      'tsconfig.json': `{ /* ours */ "compilerOptions": { "paths": { "@/*": ["./*"] } } }`,
    }
    const same = linted(schema(imports, users, posts), files)
    expect(same).toEqual([expect.stringMatching(MISSING_INDEX)])
    openRepository(folder).remove()
    const dropped = linted(schema(imports, users.replace(/email: \S+ /, ''), posts), files)
    expect(dropped).toEqual([
      expect.stringMatching(/unsafe-schema-change \d: .*users\.email/),
      expect.stringMatching(MISSING_INDEX),
    ])
  })

  test('are judged where they stand, not in every table that takes them', () => {
    const code = schema(
      `${PG}\nimport { id, timestamps, columns } from './columns'`,
      'id, ...timestamps',
      'id, userId: columns.userId().notNull()',
    )
    const rules = ['prefer-identity', 'prefer-timestamptz', 'naming-convention']
    expect(linted(code, { 'db/columns.ts': COLUMNS }, rules)).toEqual([])
  })

  test('of a file that imports itself, or is not there, are not known', () => {
    const code = schema(
      `${PG}\nimport { a } from './round'\nimport { b } from './gone'`,
      'id: a, ...b',
      'id: b',
    )
    expect(
      linted(code, { 'db/round.ts': `export * from './round'\nexport { a } from './round'\n` }),
    ).toEqual([])
  })

  test('change with their file', () => {
    const code = schema(`${PG}\nimport { id, rest } from './columns'`, 'id, ...rest', 'id')
    const first = linted(code, {
      'db/columns.ts': `${COLUMNS}export const rest = { email: text('email'), createdAt: timestamp('created_at') }\n`,
    })
    expect(first.filter((line) => line.includes('users'))).toEqual([])
    writeFiles(folder, {
      'db/columns.ts': `${COLUMNS}export const rest = { email: text('email') }\n`,
    })
    const linter = new Linter({ cwd: folder })
    const config = {
      files: ['**'],
      plugins: { own: { rules: schemaRules } },
      rules: { 'own/unsafe-schema-change': 'error' as const },
      languageOptions: { parser },
    }
    const messages = linter.verify(code, [config], { filename: join(folder, 'db/schema.ts') })
    expect(messages.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('users.created_at'),
    )
  })
})

describe('builders of other files', () => {
  const TABLES = {
    'db/tables.ts': `export * from 'drizzle-orm/pg-core'\n`,
    'db/creator.tsx': `import { pgTableCreator } from 'drizzle-orm/pg-core'
export const createTable = pgTableCreator((name) => name)
`,
  }

  test.each([
    ['exported again', `import { integer, pgTable as table, serial, text } from './tables'`],
    [
      'made by a creator',
      `import { createTable as table } from './creator'\nimport { integer, serial, text } from './tables'`,
    ],
  ])('%s', (_, imports) => {
    const code = `${imports}
export const users = table('users', { id: serial('id').primaryKey(), email: text('email') })
export const posts = table('posts', { id: serial('id').primaryKey(), userId: integer('user_id').references(() => users.id) })
`
    expect(linted(code, TABLES, undefined, 'db/schema.tsx')).toEqual([
      expect.stringMatching(/unsafe-schema-change \d: .*users\.created_at/),
      expect.stringMatching(/unsafe-schema-change \d: .*posts\.created_at/),
      expect.stringMatching(MISSING_INDEX),
    ])
  })
})
