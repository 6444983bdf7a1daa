import type { TraceClient } from '../trace/client.ts'

/** A column that an INSERT can name. */
export interface SeedColumn {
  readonly name: string
  /** `varchar`. */
  readonly type: string
  /** `enum('a','b')`, `int unsigned`. */
  readonly wholeType: string
  /** Of text, in characters; of numbers, digits before the point; null where it is not limited. */
  readonly length: number | null
  readonly notNull: boolean
  readonly refers: boolean
  /** Whether a key or a unique index has it. */
  readonly distinct: boolean
}

/** A table to be filled. */
export interface SeedTable {
  readonly name: string
  readonly columns: readonly SeedColumn[]
  /** The text of its CHECKs. */
  readonly checks: string
}

/** A foreign key, with its columns in order. */
export interface SeedKey {
  readonly table: string
  readonly columns: readonly string[]
  readonly parent: string
  readonly parentColumns: readonly string[]
}

export function quoted(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``
}

type Asks = Pick<TraceClient, 'query'>

/** Whether a table is one of the project's. */
export function isOwn(name: string): boolean {
  return name !== '__drizzle_migrations' && !name.startsWith('__migration_lint')
}

/** The tables of the connection's database, with the columns that are not computed. */
export async function seedTables(client: Asks): Promise<readonly SeedTable[]> {
  const { rows: tables } = await client.query(`
    select table_name as name from information_schema.tables
    where table_schema = database() and table_type = 'BASE TABLE' order by create_time, table_name`)
  const { rows: columns } = await client.query(`
    select table_name as tbl, column_name as name, data_type as type, column_type as whole,
      coalesce(character_maximum_length, numeric_precision - numeric_scale) as len,
      is_nullable as nullable, extra as extra, generation_expression as made
    from information_schema.columns where table_schema = database() order by ordinal_position`)
  const { rows: uniques } = await client.query(`
    select distinct table_name as tbl, column_name as name from information_schema.statistics
    where table_schema = database() and non_unique = 0`)
  const keys = await seedKeys(client)
  const isIn = (rows: typeof uniques, table: unknown, name: unknown) =>
    rows.some((row) => row.tbl === table && row.name === name)
  const own = tables.filter(({ name }) => isOwn(String(name)))
  const found: SeedTable[] = []
  for (const { name } of own) {
    const { rows } = await client.query(`show create table ${quoted(String(name))}`)
    const definition = String(Object.values(rows[0] ?? {})[1])
    found.push({
      name: String(name),
      checks: definition
        .split('\n')
        .filter((line) => /\bcheck\b/i.test(line))
        .join('\n'),
      columns: columns
        .filter((column) => column.tbl === name && !column.made)
        .map((column) => ({
          name: String(column.name),
          type: String(column.type).toLowerCase(),
          wholeType: String(column.whole),
          length: column.len === null ? null : Number(column.len),
          notNull: column.nullable === 'NO',
          refers: keys.some(
            (key) => key.table === name && key.columns.includes(String(column.name)),
          ),
          distinct: isIn(uniques, name, column.name),
        })),
    })
  }
  return found
}

/**
 * Which of these tables hold rows.
 *
 * @param database - where they are; the connection's own by default
 */
export async function tablesWithRows(
  client: Asks,
  tables: readonly string[],
  database?: string,
): Promise<ReadonlySet<string>> {
  const prefix = database === undefined ? '' : `${quoted(database)}.`
  const filled = new Set<string>()
  // A server takes no query over any number of tables.
  for (let i = 0; i < tables.length; i += AT_ONCE) {
    const some = tables.slice(i, i + AT_ONCE)
    const each = some.map(
      (name, n) =>
        `select ${n} as n from dual where exists (select 1 from ${prefix}${quoted(name)})`,
    )
    const { rows } = await client.query(each.join(' union all '))
    for (const { n } of rows) filled.add(some[Number(n)]!)
  }
  return filled
}

const AT_ONCE = 30

/** The foreign keys of the connection's database. */
export async function seedKeys(client: Asks): Promise<readonly SeedKey[]> {
  const { rows } = await client.query(`
    select constraint_name as name, table_name as tbl, column_name as col,
      referenced_table_name as parent, referenced_column_name as pcol
    from information_schema.key_column_usage
    where table_schema = database() and referenced_table_name is not null
    order by table_name, constraint_name, ordinal_position`)
  const keys = new Map<
    string,
    { table: string; columns: string[]; parent: string; parentColumns: string[] }
  >()
  for (const { name, tbl, col, parent, pcol } of rows) {
    const id = `${String(tbl)}\0${String(name)}`
    const key = keys.get(id) ?? {
      table: String(tbl),
      columns: [],
      parent: String(parent),
      parentColumns: [],
    }
    key.columns.push(String(col))
    key.parentColumns.push(String(pcol))
    keys.set(id, key)
  }
  return [...keys.values()]
}
