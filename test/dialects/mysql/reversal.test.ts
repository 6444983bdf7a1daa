import { expect, test } from 'vitest'
import { difference } from '../../../src/catalog/difference.ts'
import { deployed } from './judged.ts'
import { DEPLOYED, REVERSIBLE, reversalsOf } from './reversible.ts'

// `npm run test:mysql` runs them on servers.
test.each(REVERSIBLE.map((sql) => [sql] as const))('taken back, %j leaves nothing', (sql) => {
  const back = reversalsOf(sql).flatMap((one) => {
    expect(['statements', 'nothing']).toContain(one.kind)
    return one.kind === 'statements' ? one.sql : []
  })
  const before = deployed(DEPLOYED)
  const after = deployed([...DEPLOYED, ...sql, ...back])
  expect(difference(before, after)).toEqual([])
  const columns = (catalog: typeof before) =>
    [...catalog.tables.values()]
      .map((table) => [table.name, ...table.columns.map(({ name }) => name)].join())
      .sort()
  expect(columns(after)).toEqual(columns(before))
})

test('what statements cannot undo is said', () => {
  expect(reversalsOf(['DROP TABLE posts'])).toEqual([
    { kind: 'gone', what: 'the table posts with its rows' },
  ])
  expect(reversalsOf(['ALTER TABLE users DROP COLUMN age'])).toMatchObject([
    { but: 'the data of users.age is gone, and it comes back without its indexes' },
  ])
  expect(reversalsOf(['CREATE OR REPLACE VIEW v AS SELECT 1', 'DROP VIEW v'])).toMatchObject([
    { kind: 'by-hand' },
    { kind: 'statements' },
  ])
})
