import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Catalog } from '../../../src/catalog/catalog.ts'
import { filesOf, mysqlExamples } from '../../rules/examples.ts'
import { schemaOf } from '../../rules/judgedExample.ts'
import {
  type MysqlConnection,
  type MysqlServer,
  describeServer,
  mysqlServers,
  startMysql,
} from '../../servers/mysql.ts'
import { deployed } from './judged.ts'

interface TruthRow {
  readonly id: string
  readonly engine: string
  readonly pre: readonly string[] | null
  readonly sql: string | readonly string[]
}

const [head = '', ...lines] = readFileSync(
  new URL('../../fixtures/mysql-truth.jsonl', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
const base = (JSON.parse(head) as { base_sql: readonly string[] }).base_sql

/** Statements to be run one after the other on an empty database. */
const histories: readonly (readonly string[])[] = [
  ...lines
    .map((line) => JSON.parse(line) as TruthRow)
    .filter(({ id, engine }) => engine === 'mysql' && !id.startsWith('_'))
    // Each begins with the whole schema that was measured on: some will do.
    .filter((_, position) => position % 5 === 0)
    .map(({ pre, sql }) => [...base, ...(pre ?? []), ...[sql].flat()]),
  ...mysqlExamples.map((documented) => [
    ...schemaOf(documented),
    ...filesOf(documented.example).flatMap((file) => file.split('--> statement-breakpoint')),
  ]),
]

/** What there is, in words that a server and a catalog share. */
function shownBy(catalog: Catalog): readonly string[] {
  return [...catalog.tables.values()].flatMap((table) => [
    ...table.columns.map(
      ({ name, notNull, autoIncrement, generated }) =>
        `${table.name}.${name}${notNull ? ' NOT NULL' : ''}${autoIncrement ? ' auto' : ''}${generated ? ' generated' : ''}`,
    ),
    ...table.indexes.map(
      ({ name, unique, columns }) =>
        `${table.name}: ${unique ? 'unique ' : ''}index ${name} (${columns.map((one) => one ?? 'expression').join(', ')})`,
    ),
    ...table.constraints.flatMap((key) =>
      key.type === 'foreign key'
        ? [
            `${table.name}: key ${key.name} (${key.columns.join(', ')}) to ${key.references.name} (${key.referencedColumns.join(', ')})`,
          ]
        : [],
    ),
  ])
}

const COLUMNS = `SELECT concat(c.table_name, '.', column_name, if(is_nullable = 'NO', ' NOT NULL', ''),
  if(extra LIKE '%auto_increment%', ' auto', ''), if(generation_expression IS NULL OR generation_expression = '', '', ' generated')) AS s
  FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
  WHERE table_schema = 'd' AND table_type = 'BASE TABLE'`
const KEYS = `SELECT concat(table_name, ': key ', constraint_name, ' (', group_concat(column_name ORDER BY ordinal_position SEPARATOR ', '),
  ') to ', referenced_table_name, ' (', group_concat(referenced_column_name ORDER BY ordinal_position SEPARATOR ', '), ')') AS s
  FROM information_schema.key_column_usage WHERE table_schema = 'd' AND referenced_table_name IS NOT NULL
  GROUP BY table_name, constraint_name, referenced_table_name`
const INDEXES = `SELECT concat(table_name, ': ', if(non_unique = 0, 'unique ', ''), 'index ', index_name, ' (',
  group_concat(ifnull(column_name, 'expression') ORDER BY seq_in_index SEPARATOR ', '), ')') AS s
  FROM information_schema.statistics WHERE table_schema = 'd' GROUP BY table_name, index_name, non_unique`

describe.each(mysqlServers().map((binary) => ({ binary, ...describeServer(binary) })))(
  'on $name, the catalog',
  ({ binary }) => {
    let server: MysqlServer
    let connection: MysqlConnection

    beforeAll(async () => {
      server = await startMysql(binary)
      connection = await server.connect()
    })

    afterAll(async () => {
      await connection?.end()
      await server?.stop()
    })

    const shown = async () => {
      const found: string[] = []
      for (const query of [COLUMNS, KEYS, INDEXES]) {
        const [rows] = await connection.query(query)
        found.push(...(rows as readonly { s: string }[]).map(({ s }) => s))
      }
      return found
    }

    test('has what the server shows after every history that it runs', async () => {
      let compared = 0
      const differences: string[] = []
      for (const history of histories) {
        await connection.query('UNLOCK TABLES')
        await connection.query('DROP DATABASE IF EXISTS d')
        await connection.query('CREATE DATABASE d CHARACTER SET utf8mb4')
        await connection.query('USE d')
        await connection.query('SET sql_mode = DEFAULT, foreign_key_checks = 1')
        const ran: string[] = []
        for (const statement of history) {
          if (statement.replaceAll(/--[^\n]*/g, '').trim() === '') continue
          try {
            await connection.query(statement)
            ran.push(statement)
          } catch {
            // What a server refuses, the catalog is not told of.
          }
        }
        const own = shownBy(deployed(ran))
        const theirs = await shown()
        const last = ran.slice(base.length).join('; ')
        differences.push(
          ...own
            .filter((one) => !theirs.includes(one))
            .map((one) => `${last}: only in the catalog: ${one}`),
          ...theirs
            .filter((one) => !own.includes(one))
            .map((one) => `${last}: only on the server: ${one}`),
        )
        compared += own.length
      }
      expect(differences).toEqual([])
      expect(compared).toBeGreaterThan(1000)
    })
  },
)
