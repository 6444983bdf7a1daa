import type { Connection, Driver } from './connection.ts'

/** One instruction of SQLite's own program for a statement, as EXPLAIN prints it. */
export interface Instruction {
  readonly opcode: string
  readonly p1: number
  readonly p2: number
  readonly p3: number
}

/** A statement's program, with the tables that its root pages belong to. */
export interface Program {
  readonly steps: readonly Instruction[]
  /** The table that a page belongs to, by the pages where tables and indexes begin. */
  readonly owners: readonly (readonly [page: number, table: string])[]
}

/**
 * Has SQLite explain statements on a database with the same schema and no rows: libSQL takes a statement
 * that was explained for one that is still running, and refuses the COMMIT after it.
 */
export class Programs {
  private readonly driver: Driver
  private shadow: { readonly connection: Connection; readonly schema: string } | null = null

  constructor(driver: Driver) {
    this.driver = driver
  }

  /**
   * @param main - the database with the schema
   * @throws what the driver throws for a statement that cannot be compiled
   */
  of(sql: string, main: Connection): Program {
    const { all } = this.shadowOf(main)
    const objects = all('select tbl_name, rootpage from sqlite_master where rootpage > 0')
    return {
      steps: all(`explain ${sql}`) as unknown as Instruction[],
      owners: objects.map(({ rootpage, tbl_name: table }) => [Number(rootpage), String(table)]),
    }
  }

  close(): void {
    this.shadow?.connection.close()
    this.shadow = null
  }

  private shadowOf(main: Connection): Connection {
    const objects = main.all(
      "select sql from sqlite_master where sql is not null and name not like 'sqlite\\_%' escape '\\' order by rowid",
    )
    const schema = objects.map(({ sql }) => String(sql))
    if (this.shadow?.schema === schema.join('\n')) return this.shadow.connection
    this.close()
    const connection = this.driver.open(':memory:', 'write')
    this.shadow = { connection, schema: schema.join('\n') }
    for (const sql of schema) {
      try {
        connection.exec(sql)
      } catch {
        // What the schema has and this cannot make, its statements will not be explained with.
      }
    }
    return connection
  }
}
