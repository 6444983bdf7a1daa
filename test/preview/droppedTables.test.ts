import { join } from 'node:path'
import * as parser from '@typescript-eslint/parser'
import { Linter } from 'eslint'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { schemaRules } from '../../rules/schema/index.ts'
import { type Files, generated } from '../drizzle/kit/kits.ts'
import { config } from '../drizzle/kit/schemas.ts'
import { writeFiles } from '../check/projects.ts'
import { createFolder, openRepository } from '../git/repository.ts'

// A table that is deleted from a schema is dropped by the next migration, and no file is left to say so.

const PG = `import { integer, pgTable, serial, text } from 'drizzle-orm/pg-core'\n`
const USERS = `${PG}export const users = pgTable('users', { id: serial('id').primaryKey(), name: text('name') })\n`
const POSTS = `${PG}export const posts = pgTable('posts', { id: serial('id').primaryKey(), likes: integer('likes') })\n`
const CONFIG = { 'drizzle.config.ts': config(`schema: './db/*.ts'`) }

let migrations: Files
let folder = ''
beforeAll(() => {
  migrations = generated('0.31.11', { ...CONFIG, 'db/users.ts': USERS, 'db/posts.ts': POSTS })
})
afterEach(() => openRepository(folder).remove())

/** `file: what is said`, of every file that is linted. */
function linted(files: Files): string[] {
  folder = createFolder()
  writeFiles(folder, { ...CONFIG, ...migrations, ...files })
  const rules = {
    'own/unsafe-schema-change': 'error',
    'own/no-unmigrated-change': 'error',
  } as const
  const linter = new Linter({ cwd: folder })
  return Object.entries(files).flatMap(([file, code]) =>
    linter
      .verify(
        code,
        [
          {
            files: ['**'],
            plugins: { own: { rules: schemaRules } },
            rules,
            languageOptions: { parser },
          },
        ],
        { filename: join(folder, file) },
      )
      .map(({ line, message }) => `${file}:${line} ${message}`),
  )
}

describe('a table that no file declares any more', () => {
  test('is told once, in the first file of the schema', () => {
    const found = linted({ 'db/comments.ts': `${PG}export const one = 1\n`, 'db/users.ts': USERS })
    expect(found).toEqual([
      expect.stringMatching(/^db\/users\.ts:1 .*drop-table/),
      expect.stringMatching(/^db\/users\.ts:1 .*posts/),
    ])
  })

  test.each<[string, Files]>([
    ['still stands in another file', { 'db/users.ts': USERS, 'db/posts.ts': POSTS }],
    [
      'may be declared by a function that is not known',
      {
        'db/users.ts': USERS,
        'db/more.ts': `import { make } from 'x'\nexport const posts = make('posts')\n`,
      },
    ],
    [
      'may be renamed',
      { 'db/users.ts': USERS, 'db/articles.ts': POSTS.replace(`'posts'`, `'articles'`) },
    ],
    [
      'may be exported by a package',
      { 'db/users.ts': USERS, 'db/index.ts': `export * from '@acme/tables'\n` },
    ],
    [
      'stands in a file that does not parse',
      { 'db/users.ts': USERS, 'db/more.ts': `export const = 1` },
    ],
  ])('is left alone where it %s', (_, files) => {
    const found = linted(files).filter((line) => !line.includes('Parsing error'))
    expect(found.filter((line) => line.startsWith('db/users.ts'))).toEqual([])
  })
})
