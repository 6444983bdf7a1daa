import { afterAll, beforeAll, describe, test } from 'vitest'
import { type OnDemand, betterSqlite, d1, nodeSqlite } from '../dialects/sqlite/onDemand.ts'
import { sqliteExamples as examples } from './examples.ts'
import { agree } from './migrators.ts'

const DRIVERS: Readonly<Record<string, () => OnDemand>> = {
  'node:sqlite, drizzle-orm 1.0': nodeSqlite,
  'D1, drizzle-orm 0.45': () => d1('0.45.4'),
  'D1, drizzle-orm 1.0': () => d1('1.0.0-rc.5'),
  'better-sqlite3, drizzle-orm 0.45': () => betterSqlite('0.45.4'),
  'better-sqlite3, drizzle-orm 1.0': () => betterSqlite('1.0.0-rc.5'),
}

describe.for(Object.entries(DRIVERS))('what %s does of an example is what is said', ([, start]) => {
  let driver: OnDemand
  beforeAll(() => {
    driver = start()
  })
  afterAll(() => driver.close())

  test.for(examples)('$kind: $rule, $example.name', (documented) => agree(documented, driver))
})
