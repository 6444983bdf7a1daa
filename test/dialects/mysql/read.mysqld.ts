import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readChunk } from '../../../src/dialects/ddl/readChunk.ts'
import { tokenize } from '../../../src/dialects/ddl/lexer.ts'
import { MYSQL_LEXIS } from '../../../src/dialects/mysql/lexis.ts'
import { MYSQL_SCRIPT } from '../../../src/dialects/mysql/script.ts'
import { filesOf, mysqlExamples } from '../../rules/examples.ts'
import {
  type MysqlConnection,
  type MysqlServer,
  describeServer,
  mysqlServers,
  startMysql,
} from '../../servers/mysql.ts'

const linesOf = (name: string) =>
  readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8')
    .trim()
    .split('\n')

/** Statements that drizzle-kit writes, that were measured, and of the examples. */
const statements: readonly string[] = [
  ...new Set(
    [
      ...linesOf('mysql-truth.jsonl').flatMap((line) => {
        const { sql, base_sql: base } = JSON.parse(line) as {
          sql?: string | readonly string[]
          base_sql?: readonly string[]
        }
        return [sql ?? [], base ?? []].flat()
      }),
      ...linesOf('drizzle-emitted.jsonl').flatMap((line) => {
        const { dialect, sql } = JSON.parse(line) as { dialect: string; sql: string }
        return dialect === 'mysql' ? sql.split('--> statement-breakpoint') : []
      }),
      ...mysqlExamples.flatMap(({ example }) =>
        filesOf(example).flatMap((file) => file.split('--> statement-breakpoint')),
      ),
    ]
      .map((one) =>
        one
          .replaceAll(/^--[^\n]*(?:\n|$)/gm, '')
          .trim()
          .replace(/;$/, ''),
      )
      .filter((one) => one !== '' && one.length < 2000),
  ),
]

/** Each statement, and each without one of its tokens. */
function* damaged() {
  for (const sql of statements) {
    yield sql
    for (const { kind, start, end } of tokenize({ text: sql, offset: 0 }, MYSQL_LEXIS).tokens) {
      if (kind !== 'end') yield sql.slice(0, start) + sql.slice(end)
    }
  }
}

/** A syntax error; MariaDB takes any word for a type until it looks it up. */
const REFUSALS: ReadonlySet<number> = new Set([1064, 4161])

function isRead(sql: string): boolean {
  const { statements: read } = readChunk({ text: sql, offset: 0 }, MYSQL_SCRIPT)
  return read.length === 1 && read.every(({ kind }) => kind !== 'refused')
}

describe.each(mysqlServers().map((binary) => ({ binary, ...describeServer(binary) })))(
  'on $name, the reader',
  ({ binary }) => {
    let server: MysqlServer
    let connection: MysqlConnection

    beforeAll(async () => {
      server = await startMysql(binary)
      connection = await server.connect()
      await connection.query('CREATE DATABASE d')
      await connection.query('USE d')
    })

    afterAll(async () => {
      await connection?.end()
      await server?.stop()
    })

    /** Whether the server's parser takes it: PREPARE runs nothing. */
    const takes = async (sql: string): Promise<boolean> => {
      const quoted = sql.replaceAll('\\', '\\\\').replaceAll("'", "\\'")
      try {
        await connection.query(`PREPARE s FROM '${quoted}'`)
        return true
      } catch (error) {
        return !REFUSALS.has((error as { errno?: number }).errno ?? 0)
      }
    }

    test('judges whole and damaged statements as the server does', async () => {
      let count = 0
      const refused: string[] = []
      const taken: string[] = []
      for (const sql of damaged()) {
        count++
        const [own, theirs] = [isRead(sql), await takes(sql)]
        if (theirs && !own) refused.push(sql)
        if (own && !theirs) taken.push(sql)
      }
      expect(refused.length / count, refused.map((one) => one.slice(-120)).join('\n')).toBeLessThan(
        0.005,
      )
      expect(taken.length / count, taken.map((one) => one.slice(-120)).join('\n')).toBeLessThan(
        0.03,
      )
    })
  },
)
