import { afterAll, beforeAll, expect, test } from 'vitest'
import { typeMismatch, sqlType } from '../../src/schema/keyTypes.ts'
import { openPglite } from '../../src/verify/trace/index.ts'
import { dataDirectory } from '../pglite.ts'
import { readTable } from './reading.ts'

const { columns } = readTable(`
  import * as pg from 'drizzle-orm/pg-core'
  const mood = pg.pgEnum('mood', ['fine'])
  const size = pg.pgEnum('size', ['small'])
  export const t = pg.pgTable('t', {
    smallint: pg.smallint(), integer: pg.integer(), bigint: pg.bigint({ mode: 'number' }), serial: pg.serial(),
    bigserial: pg.bigserial({ mode: 'number' }), numeric: pg.numeric({ precision: 9 }), real: pg.real(), double: pg.doublePrecision(),
    text: pg.text(), varchar: pg.varchar({ length: 9 }), char: pg.char({ length: 3 }), uuid: pg.uuid(), boolean: pg.boolean(),
    date: pg.date(), timestamp: pg.timestamp(), timestamptz: pg.timestamp({ withTimezone: true }), time: pg.time(),
    timetz: pg.time({ withTimezone: true }), interval: pg.interval(), jsonb: pg.jsonb(), inet: pg.inet(), cidr: pg.cidr(),
    macaddr: pg.macaddr(), macaddr8: pg.macaddr8(), mood: mood(), size: size(), texts: pg.text().array(), integers: pg.integer().array(),
  })
`)

let server: Awaited<ReturnType<typeof openPglite>>

beforeAll(async () => {
  server = await openPglite({ directory: await dataDirectory() })
  await server.exec(`CREATE TYPE mood AS ENUM ('fine'); CREATE TYPE size AS ENUM ('small')`)
})

afterAll(async () => server.close())

test('PostgreSQL refuses the pairs that are said to be refused, and no others', async () => {
  const told: string[] = []
  const true_: string[] = []
  for (const referenced of columns) {
    await server.exec(
      `DROP TABLE IF EXISTS p CASCADE; CREATE TABLE p (id ${sqlType(referenced)} UNIQUE)`,
    )
    for (const own of columns) {
      const pair = `${own.key} → ${referenced.key}`
      if (typeMismatch('postgresql', own, referenced) === 'refused') told.push(pair)
      await server
        .exec(`CREATE TABLE c (id ${sqlType(own)} REFERENCES p (id)); DROP TABLE c`)
        .catch(() => true_.push(pair))
    }
  }
  expect(told).toEqual(true_)
})

test('a smaller integer takes the key, but not every id', () => {
  const column = (key: string) => columns.find((one) => one.key === key)!
  expect(typeMismatch('postgresql', column('integer'), column('bigint'))).toBe('narrower')
  expect(typeMismatch('postgresql', column('integer'), column('bigserial'))).toBe('narrower')
  expect(typeMismatch('postgresql', column('bigint'), column('integer'))).toBeNull()
  expect(typeMismatch('postgresql', column('integer'), column('serial'))).toBeNull()
})
