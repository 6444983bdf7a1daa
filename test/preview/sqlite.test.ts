import { join } from 'node:path'
import * as parser from '@typescript-eslint/parser'
import { Linter } from 'eslint'
import { afterEach, describe, expect, test } from 'vitest'
import { schemaRules } from '../../rules/schema/index.ts'
import { type Files, journalFolder, writeFiles } from '../check/projects.ts'
import { generator } from '../dialects/kits.ts'
import { createFolder, openRepository } from '../git/repository.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) openRepository(folder).remove()
})

const SCHEMA = `import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, real, sqliteTable, text, unique, uniqueIndex } from 'drizzle-orm/sqlite-core'
export const users = sqliteTable('users', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  email: text('email').notNull().unique(),
  name: text('name', { length: 40 }).default('nobody'),
  isOn: integer('is_on', { mode: 'boolean' }).notNull().default(false),
  seen: integer('seen', { mode: 'timestamp' }).default(sql\`(unixepoch())\`),
  score: real('score').default(1.5),
}, (t) => [index('users_name').on(t.name), uniqueIndex('some').on(t.score).where(sql\`\${t.score} > 0\`)])
export const posts = sqliteTable('posts', {
  id: text('id').primaryKey(),
  author: integer('author').references(() => users.id, { onDelete: 'cascade' }),
  title: text('title'),
}, (t) => [check('titled', sql\`\${t.title} <> ''\`), unique('once').on(t.author, t.title)])
export const tags = sqliteTable('tags', { post: text('post'), tag: text('tag') }, (t) => [primaryKey({ columns: [t.post, t.tag] })])
`

const CONFIG = `export default { dialect: 'sqlite', schema: './schema.ts', out: './drizzle' }`
const kits = [generator('0.31.11', 'sqlite'), generator('1.0.0-rc.5', 'sqlite')]

/** A project that is migrated to the last word. */
async function migrated(files: Files = {}, kit = kits[0]!): Promise<string> {
  const before = await kit.snapshot('export const none = 1')
  const after = await kit.snapshot(SCHEMA, before.id)
  const statements = await kit.statements(before, after)
  const folder = createFolder()
  folders.push(folder)
  writeFiles(folder, {
    'package.json': '{}',
    'drizzle.config.ts': CONFIG,
    ...journalFolder(
      { '0000_all': statements.join('\n--> statement-breakpoint\n') },
      'drizzle',
      'sqlite',
    ),
    'drizzle/meta/0000_snapshot.json': JSON.stringify(after),
    ...files,
  })
  return folder
}

function said(cwd: string, code: string): readonly string[] {
  const rules = {
    'own/unsafe-schema-change': 'error',
    'own/no-unmigrated-change': 'error',
  } as const
  const plugins = { own: { rules: schemaRules } }
  const config = { files: ['**'], plugins, rules, languageOptions: { parser } }
  return new Linter({ cwd })
    .verify(code, [config], { filename: join(cwd, 'schema.ts') })
    .map(({ line, message }) => `${line}: ${message}`)
}

describe('a schema for SQLite', () => {
  test.each(kits.map((kit, at) => [at, kit] as const))(
    'that is migrated has nothing to say (kit %i)',
    async (_, kit) => {
      expect(said(await migrated({}, kit), SCHEMA)).toEqual([])
    },
  )

  test('whose change makes a table again that others point at', async () => {
    const code = SCHEMA.replace("default('nobody')", "default('somebody')")
    const found = said(await migrated(), code)
    expect(found).toEqual([
      expect.stringMatching(/^3: .*deletes the rows of posts.*\(rebuild-deletes-children\)$/),
      expect.stringMatching(/^3: .*AUTOINCREMENT.*\(incomplete-rebuild\)$/),
      expect.stringMatching(
        /^6: users\.name is DEFAULT 'somebody' here and DEFAULT 'nobody' after/,
      ),
    ])
    const libsql = { 'package.json': '{ "dependencies": { "@libsql/client": "0.18.0" } }' }
    expect(said(await migrated(libsql), code).join()).not.toContain('rebuild-deletes-children')
  })

  test.each<[string, string, string, string]>([
    [
      'a required column',
      "title: text('title'),",
      "title: text('title'), more: text('more').notNull(),",
      'required-column-without-default',
    ],
    ['a column that is gone', "  title: text('title'),\n", '', 'drop-column'],
    ['NOT NULL', "title: text('title')", "title: text('title').notNull()", 'set-not-null'],
    ['a unique column', "title: text('title')", "title: text('title').unique()", 'create-index'],
    ['another type', "text('title')", "integer('title')", 'change-column-type'],
    ['no counter', '{ autoIncrement: true }', '', 'rebuild-deletes-children'],
  ])('with %s', async (_, from, to, rule) => {
    const code = SCHEMA.replace(from, to).replace(
      rule === 'drop-column' ? /, \(t\) => \[check.*\]\)/ : /$^/,
      ')',
    )
    expect(said(await migrated(), code).join('\n')).toContain(`(${rule})`)
  })

  test('is told nothing that only PostgreSQL knows', async () => {
    const names = Object.keys(schemaRules).map((name) => [`own/${name}`, 'error'] as const)
    const config = {
      files: ['**'],
      plugins: { own: { rules: schemaRules } },
      rules: Object.fromEntries(names),
      languageOptions: { parser },
    }
    const cwd = await migrated()
    const code = SCHEMA.replace("text('title')", "text('title').notNull()")
    const found = new Linter({ cwd }).verify(code, [config], { filename: join(cwd, 'schema.ts') })
    const text = found.map(({ message }) => message).join('\n')
    expect(text).toContain('becomes NOT NULL')
    expect(text).not.toMatch(/PostgreSQL|CONCURRENTLY|NOT VALID|ACCESS EXCLUSIVE|pgTable/)
  })
})
