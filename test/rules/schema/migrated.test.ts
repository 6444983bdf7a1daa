import { join } from 'node:path'
import * as parser from '@typescript-eslint/parser'
import { Linter } from 'eslint'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { schemaRules } from '../../../rules/schema/index.ts'
import { project, writeFiles } from '../../check/projects.ts'
import { createFolder, openRepository } from '../../git/repository.ts'

const SQL = `CREATE TABLE "user" ("id" serial PRIMARY KEY);
CREATE TABLE "Posts" ("id" serial PRIMARY KEY, "userId" integer, "at" timestamp, "payload" json);
ALTER TABLE "Posts" ADD CONSTRAINT "by_hand" FOREIGN KEY ("userId") REFERENCES "user"("id");
CREATE INDEX "oddName" ON "Posts" ("at");`

const SCHEMA = `import { index, foreignKey, integer, json, pgTable, serial, timestamp } from 'drizzle-orm/pg-core'
export const user = pgTable('user', { id: serial().primaryKey() })
export const posts = pgTable('Posts', { id: serial().primaryKey(), userId: integer(), at: timestamp(), payload: json() }, (t) => [
  foreignKey({ columns: [t.userId], foreignColumns: [user.id], name: 'by_hand' }),
  index('oddName').on(t.at),
])
`

let folder: string
beforeAll(() => {
  folder = createFolder()
  writeFiles(folder, project({ '0000_all': SQL }))
})
afterAll(() => openRepository(folder).remove())

function linted(code: string): Linter.LintMessage[] {
  const names = Object.keys(schemaRules).filter((name) => name !== 'no-unmigrated-change')
  const config = {
    files: ['**'],
    plugins: { own: { rules: schemaRules } },
    rules: Object.fromEntries(names.map((name) => [`own/${name}`, 'error' as const])),
    languageOptions: { parser },
  }
  const found = new Linter({ cwd: folder }).verify(code, [config], {
    filename: join(folder, 'schema.ts'),
  })
  return found.filter(({ ruleId }) => ruleId !== 'own/require-timestamps')
}

const rulesOf = (found: readonly Linter.LintMessage[]) => found.map(({ ruleId }) => ruleId).sort()

test('of what is deployed no convention wants it otherwise', () => {
  expect(rulesOf(linted(SCHEMA))).toEqual(['own/require-foreign-key-index'])
})

test('a suggestion for what is deployed says what it takes, and raises no finding', () => {
  const [{ message, suggestions }] = linted(SCHEMA) as [Linter.LintMessage]
  expect(message).toContain('create it CONCURRENTLY by hand before the deployment')
  const [{ fix }] = suggestions as [Linter.LintSuggestion]
  const fixed = SCHEMA.slice(0, fix.range[0]) + fix.text + SCHEMA.slice(fix.range[1])
  expect(fixed).toContain('.on(t.userId)')
  expect(linted(fixed)).toEqual([])
})

test('a new column, and a new table, are still asked to follow them', () => {
  const column = SCHEMA.replace('payload: json()', 'payload: json(), more: json()')
  expect(rulesOf(linted(column))).toEqual(['own/prefer-jsonb', 'own/require-foreign-key-index'])
  const table = `${SCHEMA}export const tag = pgTable('tag', { id: serial().primaryKey() })\n`
  expect(rulesOf(linted(table))).toEqual([
    'own/naming-convention',
    'own/prefer-bigint-key',
    'own/prefer-identity',
    'own/require-foreign-key-index',
  ])
})

test('an index that nothing asks for is judged as its migration will be', () => {
  const more = SCHEMA.replace(`index('oddName')`, `index('at_id').on(t.at, t.id), index('oddName')`)
  expect(linted(more).map(({ message }) => message)).toContainEqual(
    expect.stringContaining('(create-index)'),
  )
})
