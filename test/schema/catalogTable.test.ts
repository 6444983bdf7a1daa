import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api'
import { sql } from 'drizzle-orm'
import * as pg from 'drizzle-orm/pg-core'
import { describe, expect, test } from 'vitest'
import { findTable } from '../../src/catalog/catalog.ts'
import type { Expression } from '../../src/catalog/expression.ts'
import type { Table } from '../../src/catalog/table.ts'
import { catalogTable } from '../../src/schema/catalogTable.ts'
import { deploy } from '../dialects/postgres/effects/model.ts'
import { read } from './reading.ts'

// The same text is read as a file and run with drizzle-orm.
const BODY = `
  const auth = pg.pgSchema('auth')
  const mood = pg.pgEnum('mood', ['fine', 'bad'])
  const users = auth.table('users', {
    id: pg.bigserial({ mode: 'number' }).primaryKey(),
    email: pg.varchar({ length: 80 }).notNull().unique(),
    mood: mood().default('fine').notNull(),
    tags: pg.text().array(),
    price: pg.numeric({ precision: 10, scale: 2 }),
    createdAt: pg.timestamp('created_at', { withTimezone: true, precision: 3 }).defaultNow().notNull(),
  })
  const posts = pg.pgTable('posts', {
    id: pg.uuid().defaultRandom().primaryKey(),
    number: pg.integer().generatedAlwaysAsIdentity(),
    userId: pg.bigint('user_id', { mode: 'number' }).references(() => users.id, { onDelete: 'cascade' }),
    parentId: pg.uuid('parent_id'),
    slug: pg.text().default(sql\`lower('X')\`),
    code: pg.char({ length: 3 }),
    lower: pg.text().generatedAlwaysAs(sql\`lower(slug)\`),
  }, (t) => [
    pg.index().on(t.userId, t.slug.desc()),
    pg.uniqueIndex('posts_slug').on(t.slug).where(sql\`\${t.slug} IS NOT NULL\`),
    pg.index('posts_gin').using('gin', t.code),
    pg.unique('posts_code').on(t.code, t.slug),
    pg.foreignKey({ columns: [t.parentId], foreignColumns: [t.id], name: 'posts_parent' }).onUpdate('set null'),
    pg.check('positive', sql\`\${t.number} > 0\`),
  ])
  const members = pg.pgTable('members', { user: pg.integer(), team: pg.integer() }, (t) => [pg.primaryKey({ columns: [t.user, t.team] })])
`

describe('a table of a schema file is the one its migration makes', async () => {
  const objects = new Function(
    'pg',
    'sql',
    `${BODY}\nreturn { auth, mood, users, posts, members }`,
  )(pg, sql)
  const statements = await generateMigration(generateDrizzleJson({}), generateDrizzleJson(objects))
  const session = { version: 18, timezone: 'UTC', transaction: 'one' } as never
  const catalog = deploy(session, [statements.join('\n')])
  const file = read(
    `import * as pg from 'drizzle-orm/pg-core'\nimport { sql } from 'drizzle-orm'\n${BODY}`,
  )

  test.for(file.tables.map((table) => table.variable!))('%s', (variable) => {
    const declared = file.tables.find((table) => table.variable === variable)!
    const found = catalogTable(declared, file, { casing: null, createdIn: 1 })!
    const { table, origin } = found
    expect(found.partsComplete).toBe(true)
    const migrated = findTable(catalog, table)!
    expect(comparable(table)).toEqual(comparable(migrated))
    expect([...origin.columns.keys()]).toEqual(table.columns.map(({ name }) => name))
    for (const { name } of [...table.constraints, ...table.indexes])
      expect(origin.parts.has(name)).toBe(true)
  })
})

describe('what a file alone does not tell', () => {
  const tableOf = (code: string, casing: 'snake_case' | null = null) => {
    const file = read(`import * as pg from 'drizzle-orm/pg-core'\n${code}`)
    return catalogTable(file.tables[0]!, file, { casing, createdIn: 0 })
  }

  test('the casing of the config', () => {
    const code = `export const t = pg.pgTable('t', { userId: pg.integer().unique(), orgId: pg.integer('orgId') })`
    expect(tableOf(code)?.table.columns.map(({ name }) => name)).toEqual(['userId', 'orgId'])
    expect(tableOf(code, 'snake_case')?.table.columns.map(({ name }) => name)).toEqual([
      'user_id',
      'orgId',
    ])
  })

  test('columns of other files: the table is not complete', () => {
    const found = tableOf(
      `import { id, rest } from './columns'\nexport const t = pg.pgTable('t', { id: id(), name: pg.text(), ...rest })`,
    )
    expect(found?.table).toMatchObject({ complete: false, columns: [{ name: 'name' }] })
  })

  test('tables of other files: a foreign key is missing', () => {
    const found = tableOf(
      `import { users } from './users'\nexport const t = pg.pgTable('t', { u: pg.integer().references(() => users.id) })`,
    )
    expect(found).toMatchObject({
      partsComplete: false,
      table: { complete: true, constraints: [] },
    })
  })

  test('a name of its own: there is no table', () => {
    expect(
      tableOf(`import { name } from './name'\nexport const t = pg.pgTable(name, {})`),
    ).toBeNull()
  })
})

/** A table without what stands in no schema file, and without order. */
function comparable(table: Table) {
  const byName = <T extends { name: string }>(parts: readonly T[]) =>
    [...parts].sort((a, b) => (a.name < b.name ? -1 : 1))
  const told = (expression: Expression | null) => expression !== null
  return {
    name: table.name,
    schema: table.schema,
    complete: table.complete,
    columns: table.columns.map(({ name, type, notNull, identity, generated, serial, ...rest }) => ({
      name,
      type,
      notNull,
      identity,
      serial,
      generated: generated?.stored,
      default: rest.default && { functions: rest.default.functions, strings: rest.default.strings },
    })),
    constraints: byName(table.constraints).map(({ createdIn: _, ...constraint }) => ({
      ...constraint,
      ...('expression' in constraint ? { expression: null } : {}),
    })),
    indexes: byName(table.indexes).map(({ createdIn: _, predicate, ...index }) => ({
      ...index,
      predicate: told(predicate) && [predicate?.onlyNotNull, predicate?.provesNotNull],
    })),
  }
}
