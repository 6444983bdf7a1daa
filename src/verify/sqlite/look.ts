import { quoteIdentifier, quoteLiteral } from '../trace/client.ts'
import type { RemoteDatabase } from './remote.ts'

/** A table and what is in it. */
export interface TableState {
  readonly name: string
  /** The page where it begins: another one is another table, whatever its name. */
  readonly root: number
  readonly rows: number
  /** How many rows have a value in it, by the columns that refer to other tables. */
  readonly values: ReadonlyMap<string, number>
}

/** A database at one moment. */
export interface Look {
  readonly tables: ReadonlyMap<string, TableState>
  /** How many rows the connection has inserted, changed and deleted so far. */
  readonly changes: number
  /** The tables of indexes, by their names. */
  readonly indexes: ReadonlyMap<string, string>
}

/** Looks at the tables of a database, and counts their rows. */
export async function look(database: Pick<RemoteDatabase, 'many'>): Promise<Look> {
  const [objects = [], references = [], counter = []] = await database.many([
    "select type, name, tbl_name, rootpage from sqlite_master where type in ('table', 'index') and rootpage > 0",
    `select m.name as name, k."from" as col from sqlite_master m, pragma_foreign_key_list(m.name) k
      where m.type = 'table' and m.name not like ${quoteLiteral('sqlite_%')}`,
    'select total_changes() as n',
  ])
  const own = objects.filter(({ tbl_name: table }) => isOwn(String(table)))
  const tables = own.filter(({ type }) => type === 'table')
  const columns = tables.map(({ name }) => [
    ...new Set(references.flatMap((one) => (one.name === name ? [String(one.col)] : []))),
  ])
  const counts = await database.many(
    tables.map(({ name }, at) => {
      const values = columns[at]!.map((column, i) => `, count(${quoteIdentifier(column)}) as c${i}`)
      return `select count(*) as n${values.join('')} from ${quoteIdentifier(String(name))}`
    }),
  )
  return {
    tables: new Map(
      tables.map(({ name, rootpage }, at): [string, TableState] => {
        const row = counts[at]?.[0] ?? {}
        const values = columns[at]!.map((column, i) => [column, Number(row[`c${i}`])] as const)
        return [
          String(name),
          {
            name: String(name),
            root: Number(rootpage),
            rows: Number(row.n),
            values: new Map(values),
          },
        ]
      }),
    ),
    changes: Number(counter[0]?.n),
    indexes: new Map(
      own.flatMap(({ type, name, tbl_name: table }) =>
        type === 'index' ? [[String(name), String(table)] as const] : [],
      ),
    ),
  }
}

/** Whether a table is one of the project's: not SQLite's, nor a migrator's or a host's. */
export function isOwn(name: string): boolean {
  return !/^(?:sqlite_|_cf_|libsql_|__drizzle_migrations$)/i.test(name)
}
