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
  /** The tables of indexes, by their names. */
  readonly indexes: ReadonlyMap<string, string>
}

type Asks = Pick<RemoteDatabase, 'all'>

/** Looks at the tables of a database, and counts their rows. */
export async function look(database: Asks): Promise<Look> {
  const objects = await database.all(
    "select type, name, tbl_name, rootpage from sqlite_master where type in ('table', 'index') and rootpage > 0",
  )
  const own = objects.filter(({ tbl_name: table }) => isOwn(String(table)))
  const keys = await referringColumns(database)
  const tables = new Map<string, TableState>()
  for (const { type, name, rootpage } of own) {
    if (type !== 'table') continue
    const columns = [...(keys.get(String(name)) ?? [])]
    const counts = columns.map((column, i) => `, count(${quoteIdentifier(column)}) as c${i}`)
    const table = quoteIdentifier(String(name))
    const [row = {}] = await database.all(`select count(*) as n${counts.join('')} from ${table}`)
    tables.set(String(name), {
      name: String(name),
      root: Number(rootpage),
      rows: Number(row.n),
      values: new Map(columns.map((column, i) => [column, Number(row[`c${i}`])])),
    })
  }
  return {
    tables,
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

async function referringColumns(database: Asks): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const rows = await database.all(`
    select m.name as name, k."from" as col from sqlite_master m, pragma_foreign_key_list(m.name) k
    where m.type = 'table' and m.name not like ${quoteLiteral('sqlite_%')}`)
  const columns = new Map<string, Set<string>>()
  for (const { name, col } of rows) {
    const known = columns.get(String(name)) ?? new Set()
    columns.set(String(name), known.add(String(col)))
  }
  return columns
}
