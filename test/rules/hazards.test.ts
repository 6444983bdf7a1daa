import { describe, expect, test } from 'vitest'
import { hazardsOfMysql } from '../../rules/hazards/mysql.ts'
import { hazardsOfSqlite } from '../../rules/hazards/sqlite.ts'
import { migrationRules } from '../../rules/index.ts'
import { engine as mysql } from '../dialects/mysql/judged.ts'
import { engine as sqlite } from '../dialects/sqlite/judged.ts'
import type { HazardSample } from './hazardSample.ts'
import { MYSQL_TABLES, mysqlSamples } from './hazards.mysql.ts'
import { SQLITE_TABLES, sqliteSamples } from './hazards.sqlite.ts'
import { reportedBy } from './judgedExample.ts'

const PARTS = [
  {
    server: 'MySQL',
    table: hazardsOfMysql,
    samples: mysqlSamples,
    tables: MYSQL_TABLES,
    engine: mysql,
    session: { product: 'mysql' },
  },
  {
    server: 'SQLite',
    table: hazardsOfSqlite,
    samples: sqliteSamples,
    tables: SQLITE_TABLES,
    engine: sqlite,
    session: { driver: 'better-sqlite3' },
  },
] as const

describe.for(PARTS)('a hazard of $server', ({ table, samples, tables, engine, session }) => {
  const found = (sample: HazardSample, sql: HazardSample['bad']) => {
    const { name, on } = sample
    const reported = reportedBy(engine, {
      version: null,
      timezone: 'UTC',
      transaction: 'deployment',
      ...session,
      ...on,
    })
    const schema = [tables, ...(sample.schema === undefined ? [] : [sample.schema])].join('\n')
    return reported({ rule: name, kind: 'bad', example: { name, schema, sql } })
  }
  const rulesOf = (findings: readonly string[]) =>
    [...new Set(findings.map((text) => text.slice(0, text.indexOf(':'))))].sort()

  test.for(samples)('is reported: $id, $name', (sample) => {
    expect(rulesOf(found(sample, sample.bad))).toEqual([...sample.reportedBy].sort())
  })

  test.for(samples.flatMap((sample) => (sample.good === undefined ? [] : [sample])))(
    'has a way around it of which no rule says anything: $id, $name',
    (sample) => {
      expect(found(sample, sample.good ?? '')).toEqual([])
    },
  )

  test.for(table.map(([id, hazard, rules]) => ({ id, hazard, rules })))(
    'is reported by the rules that the docs name: $id, $hazard',
    ({ id, rules }) => {
      // What the history or the schema file shows has tests of its own.
      const ofSql = rules.filter((name) => migrationRules.some((rule) => rule.name === name))
      const own = samples.filter((sample) => sample.id === id)
      const reporting = new Set(own.flatMap((sample) => sample.reportedBy))
      expect([...ofSql].sort()).toEqual([...reporting].sort())
    },
  )
})
