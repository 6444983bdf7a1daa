import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type MysqlConnection,
  type MysqlServer,
  describeServer,
  mysqlServers,
  startMysql,
} from '../../servers/mysql.ts'
import { DEPLOYED, REVERSIBLE, reversalsOf } from './reversible.ts'

describe.each(mysqlServers().map((binary) => ({ binary, ...describeServer(binary) })))(
  '$name is as it was after',
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

    /** Every table as the server would make it again, and the names of triggers. */
    const state = async () => {
      const [tables] = await connection.query('SHOW TABLES')
      const names = (tables as readonly object[]).map((row) => String(Object.values(row)[0]))
      const made = names.map(async (name) => {
        const [rows] = await connection.query(`SHOW CREATE TABLE \`${name}\``)
        const [, sql] = Object.values((rows as readonly object[])[0] ?? {})
        // Keys are listed by age; where the counter stands is nobody's schema.
        return String(sql)
          .replace(/ AUTO_INCREMENT=\d+/, '')
          .split(/,?\n/)
          .map(inOrder)
      })
      const [triggers] = await connection.query('SHOW TRIGGERS')
      const all = [...(await Promise.all(made)), JSON.stringify(triggers)]
      return JSON.stringify(all.map((lines) => (Array.isArray(lines) ? sorted(lines) : lines)))
    }

    test.each(REVERSIBLE.map((sql) => [sql] as const))('%j', async (sql) => {
      await connection.query('DROP DATABASE IF EXISTS d')
      await connection.query('CREATE DATABASE d CHARACTER SET utf8mb4')
      await connection.query('USE d')
      for (const statement of DEPLOYED) await connection.query(statement)
      const before = await state()
      for (const statement of sql) await connection.query(statement)
      expect(await state()).not.toBe(before)
      for (const one of reversalsOf(sql)) {
        expect(['statements', 'nothing']).toContain(one.kind)
        for (const statement of one.kind === 'statements' ? one.sql : []) {
          await connection.query(statement)
        }
      }
      expect(await state()).toBe(before)
    })
  },
)

/** Columns keep their place, keys do not. */
function inOrder(line: string, position: number): string {
  return line.startsWith('  `') ? `${String(position).padStart(3, '0')}${line}` : line
}

function sorted(lines: readonly string[]): readonly string[] {
  return [...lines].sort()
}
