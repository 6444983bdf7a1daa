import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hazards } from '../../rules/hazards/index.ts'
import { hazardsOfMysql } from '../../rules/hazards/mysql.ts'
import { hazardsOfPostgres } from '../../rules/hazards/postgres.ts'
import { hazardsOfSqlite } from '../../rules/hazards/sqlite.ts'
import { migrationRules, rules } from '../../rules/index.ts'
import { renderHazards } from '../../src/report/hazardDocs.ts'

test('docs/hazards.md says what is decided (npm run docs writes it)', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/hazards.md'), 'utf8')
  expect(page).toBe(renderHazards(hazards, rules))
})

const OF_MYSQL = [
  ...numbered('M', 1, 6),
  ...numbered('M', 10, 27),
  ...numbered('M', 30, 44),
  ...numbered('M', 50, 59),
]

test.for([
  ['PostgreSQL', hazardsOfPostgres, numbered('H', 1, 103)],
  ['MySQL and MariaDB', hazardsOfMysql, OF_MYSQL],
  ['SQLite', hazardsOfSqlite, numbered('S', 1, 25)],
] as const)('every hazard of %s is decided, with a rule or a reason', ([, table, numbers]) => {
  expect(table.map(([id]) => id)).toEqual(numbers)
  const open = table.filter(([, , names, why = '']) => names.length === 0 && why === '')
  expect(open).toEqual([])
})

test.for([
  ['postgresql', hazardsOfPostgres, ['drop-view', 'unparsed']],
  ['mysql', hazardsOfMysql, ['drop-view', 'drop-default', 'unparsed']],
  ['sqlite', hazardsOfSqlite, ['rename-column', 'rename-table', 'unindexed-foreign-key']],
] as const)(
  'every rule that judges SQL of %s answers for a hazard, but for those whose reason is no measurement',
  ([dialect, table, others]) => {
    const named = new Set(table.flatMap(([, , names]) => names))
    const judging = migrationRules.filter(
      ({ meta: { dialects } }) => dialects !== 'all' && dialects.includes(dialect),
    )
    expect(judging.map(({ name }) => name).filter((name) => !named.has(name))).toEqual(others)
  },
)

function numbered(letter: string, from: number, to: number): readonly string[] {
  return Array.from(
    { length: to - from + 1 },
    (_, i) => `${letter}${String(from + i).padStart(2, '0')}`,
  )
}

test('a rule that there is not is no decision', () => {
  expect(() =>
    renderHazards([{ title: 'SQLite', hazards: [['H01', 'a', ['no-such-rule']]] }], rules),
  ).toThrow('no-such-rule')
})
