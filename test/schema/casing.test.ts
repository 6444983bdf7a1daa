import { CasingCache } from 'drizzle-orm/casing'
import { pgTable, text } from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import { snakeCase } from '../../src/schema/casing.ts'

test.for([
  'id',
  'userId',
  'userID',
  'userID2',
  'HTMLParser',
  'a1b2',
  'A1B2',
  'URLs',
  'user_id',
  'x',
  'createdAtUTC',
  'line2Text',
  'oAuth2Token',
  "it's",
  'user__id',
  '_id',
  'ABc',
  'AB1c',
])('%s in snake case is what drizzle-orm makes of it', (key) => {
  const table = pgTable('t', { [key]: text() })
  expect(snakeCase(key)).toBe(new CasingCache('snake_case').getColumnCasing(table[key]!))
})
