import { generateDrizzleJson } from 'drizzle-kit/api'
import * as pg from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import { identifiersOf } from '../../src/schema/identifiers.ts'
import { read } from './reading.ts'

// The same text is read as a file and run with drizzle-orm.
const BODY = `
  const users = pg.pgTable('users', { id: pg.integer().primaryKey(), orgId: pg.integer('org_id').unique(), email: pg.text().unique('mail') })
  const members = pg.pgTable('members', { user: pg.integer('user_id').references(() => users.id), org: pg.integer() }, (t) => [
    pg.primaryKey({ columns: [t.user, t.org] }),
    pg.foreignKey({ columns: [t.user, t.org], foreignColumns: [users.id, users.orgId] }),
    pg.foreignKey({ columns: [t.org], foreignColumns: [users.orgId], name: 'own' }),
    pg.index().on(t.org, t.user),
    pg.uniqueIndex().on(t.user),
    pg.unique().on(t.org, t.user),
  ])
  const sized = pg.pgSchema('s').table('sized', { id: pg.integer().references(() => users.id) }, (t) => [pg.index().on(t.id)])
`

test('names that drizzle derives are the ones drizzle-kit writes', () => {
  const tables = new Function('pg', `${BODY}\nreturn { users, members, sized }`)(pg)
  const snapshot = generateDrizzleJson(tables)
  const written = Object.values<any>(snapshot.tables).flatMap((table) =>
    [table.indexes, table.foreignKeys, table.uniqueConstraints, table.compositePrimaryKeys].flatMap(
      (parts) => Object.keys(parts),
    ),
  )
  const file = read(`import * as pg from 'drizzle-orm/pg-core'\n${BODY}`)
  const told = identifiersOf(file).filter(({ kind }) => /index|key|constraint/.test(kind))
  expect(told.map(({ name }) => name).sort()).toEqual(written.sort())
})
