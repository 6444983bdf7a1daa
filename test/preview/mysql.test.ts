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
import {
  bigint, binary, boolean, char, check, customType, date, datetime, decimal, double, float, foreignKey, index, int, json,
  mediumint, mysqlEnum, mysqlTable, primaryKey, real, serial, smallint, text, longtext, tinytext, time, timestamp, tinyint,
  unique, uniqueIndex, varbinary, varchar, year,
} from 'drizzle-orm/mysql-core'
const point = customType({ dataType: () => 'point' })
export const users = mysqlTable('users', {
  id: int('id').autoincrement().primaryKey(),
  email: varchar('email', { length: 255 }).notNull().unique(),
  name: varchar('name', { length: 40 }).default('nobody'),
  isOn: boolean('is_on').notNull().default(false),
  isOff: boolean('is_off').default(true),
  role: mysqlEnum('role', ['admin', 'user']).notNull().default('user'),
  kind: varchar('kind', { length: 20, enum: ['a', 'b'] }),
  createdAt: timestamp('created_at').defaultNow().notNull(),
  updatedAt: timestamp('updated_at', { mode: 'string', fsp: 3 }).defaultNow().onUpdateNow().notNull(),
  seenAt: datetime('seen_at', { mode: 'date', fsp: 6 }),
  at: datetime('at').default(sql\`CURRENT_TIMESTAMP\`),
  day: date('day').default('2024-01-01'),
  when: time('when', { fsp: 2 }),
  born: year('born'),
  score: double('score').default(1.5),
  exact: decimal('exact', { precision: 10, scale: 2 }).default('0.00'),
  plain: decimal('plain'),
  rough: float('rough'),
  real: real('real', { precision: 10, scale: 2 }),
  twice: double('twice', { precision: 10, scale: 2 }),
  size: int('size', { unsigned: true }).default(0),
  big: bigint('big', { mode: 'number', unsigned: true }),
  huge: bigint('huge', { mode: 'bigint' }).default(sql\`0\`),
  tiny: tinyint('tiny').default(1),
  small: smallint('small'),
  medium: mediumint('medium'),
  one: char('one'),
  two: char('two', { length: 2 }),
  raw: binary('raw', { length: 16 }),
  rawest: varbinary('rawest', { length: 16 }),
  bio: text('bio'),
  short: tinytext('short').default('[]'),
  long: longtext('long'),
  data: json('data').$type<string[]>().default([]),
  other: json('other').default({ a: 1 }),
  uuid: varchar('uuid', { length: 36 }).default(sql\`(uuid())\`),
  place: point('place'),
  full: varchar('full', { length: 80 }).generatedAlwaysAs(sql\`concat(\\\`name\\\`, 'x')\`),
  kept: int('kept').generatedAlwaysAs(sql\`\\\`size\\\` * 2\`, { mode: 'stored' }),
}, (t) => [index('users_name').on(t.name), uniqueIndex('users_kind').on(t.kind, t.role)])
export const posts = mysqlTable('posts', {
  id: serial('id').primaryKey(),
  author: int('author').references(() => users.id, { onDelete: 'cascade' }),
  editor: int('editor').references(() => users.id),
  title: varchar('title', { length: 100 }),
}, (t) => [
  check('titled', sql\`\${t.title} <> ''\`),
  unique('once').on(t.author, t.title),
  index('by_editor').on(t.editor),
])
export const tags = mysqlTable('tags', { post: bigint('post', { mode: 'number', unsigned: true }).notNull(), tag: varchar('tag', { length: 20 }).notNull() }, (t) => [
  primaryKey({ columns: [t.post, t.tag] }),
  foreignKey({ columns: [t.post], foreignColumns: [posts.id], name: 'tags_post' }),
])
`

const CONFIG = `export default { dialect: 'mysql', schema: './schema.ts', out: './drizzle' }`
const kits = [generator('0.31.11', 'mysql'), generator('1.0.0-rc.5', 'mysql')]

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
      'mysql',
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

describe('a schema for MySQL', () => {
  test.each(kits.map((kit, at) => [at, kit] as const))(
    'that is migrated has nothing to say (kit %i)',
    async (_, kit) => {
      expect(said(await migrated({}, kit), SCHEMA)).toEqual([])
    },
  )

  test.each<[string, string, string, string]>([
    [
      'a required column',
      "bio: text('bio'),",
      "bio: text('bio'), more: int('more').notNull(),",
      '(required-column-without-default)',
    ],
    [
      'a column with a default that is computed',
      "bio: text('bio'),",
      "bio: text('bio'), more: timestamp('more').defaultNow(),",
      'copies every row of users',
    ],
    [
      'a text with a default, which is computed',
      "bio: text('bio'),",
      "bio: text('bio'), more: text('more').default('x'),",
      'copies every row of users',
    ],
    ['another default of a text', "default('[]')", "default('[1]')", "DEFAULT '[1]' here"],
    ['a column that is gone', "  bio: text('bio'),\n", '', '(drop-column)'],
    ['another name', "text('bio')", "text('about')", 'if that is a rename, its data is lost'],
    ['NOT NULL', "text('bio')", "text('bio').notNull()", '(set-not-null)'],
    ['a unique column', "year('born')", "year('born').unique()", '(create-index)'],
    ['another type', "smallint('small')", "int('small')", '(change-column-type)'],
    ['another sign', "smallint('small')", "smallint('small', { unsigned: true })", 'out of range'],
    [
      'a text that may be shorter',
      "varchar('name', { length: 40 })",
      "varchar('name', { length: 30 })",
      'varchar(40) to varchar(30)',
    ],
    [
      'a text over the border of its length byte',
      "varchar('name', { length: 40 })",
      "varchar('name', { length: 80 })",
      '(change-column-type)',
    ],
    ['fewer digits of a second', 'fsp: 6', 'fsp: 2', 'datetime(6) to datetime(2)'],
    [
      'a label that stands between others',
      "['admin', 'user']",
      "['admin', 'guest', 'user']",
      '(change-column-type)',
    ],
    ['no counter', '.autoincrement().primaryKey()', '.primaryKey()', 'without AUTO_INCREMENT'],
    [
      'a foreign key',
      "bigint('post', { mode: 'number', unsigned: true }).notNull()",
      "bigint('post', { mode: 'number', unsigned: true }).notNull().references(() => posts.id)",
      '(add-foreign-key)',
    ],
  ])('with %s', async (_, from, to, expected) => {
    expect(SCHEMA).toContain(from)
    expect(said(await migrated(), SCHEMA.replace(from, to)).join('\n')).toContain(expected)
  })

  test.each<[string, string, string]>([
    ['a label behind the others', "['admin', 'user']", "['admin', 'user', 'guest']"],
    ['a longer text', "varchar('email', { length: 255 })", "varchar('email', { length: 300 })"],
    ['a column of its own', "bio: text('bio'),", "bio: text('bio'), more: text('more'),"],
  ])('with %s is safe to change', async (_, from, to) => {
    const found = said(await migrated(), SCHEMA.replace(from, to))
    expect(found).toEqual([expect.stringMatching(/after the migrations|No migration makes/)])
  })

  test('is judged by the server that its project has', async () => {
    const code = SCHEMA.replace(
      "bio: text('bio'),",
      "bio: text('bio'), x: timestamp('x').defaultNow(),",
    )
    const servers = {
      'compose.yml': 'services:\n  db:\n    image: mariadb:11\n',
      'migration-lint.config.json':
        '{ "projects": [{ "out": "drizzle", "mysql": { "product": "mariadb" } }] }',
      'package.json': '{ "dependencies": { "@planetscale/database": "1.19.0" } }',
    }
    const git = { '.git/HEAD': 'ref: refs/heads/main\n' }
    expect(said(await migrated(git), code).join()).toContain('copies every row')
    for (const [name, text] of Object.entries(servers)) {
      const files = { ...git, [name]: text }
      expect(said(await migrated(files), code).join()).not.toContain('copies every row')
    }
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
    const code = SCHEMA.replace("text('bio')", "varchar('bio', { length: 10 }).notNull()")
    const found = new Linter({ cwd }).verify(code, [config], { filename: join(cwd, 'schema.ts') })
    const text = found.map(({ message }) => message).join('\n')
    expect(text).toContain('becomes NOT NULL')
    expect(text).not.toMatch(/PostgreSQL|CONCURRENTLY|NOT VALID|ACCESS EXCLUSIVE|pgTable/)
  })
})
