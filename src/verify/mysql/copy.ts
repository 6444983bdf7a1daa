import { type SeedKey, quoted, seedKeys, tablesWithRows } from './columns.ts'
import type { ScratchDatabases, Session } from './scratchDatabases.ts'

/** What a database is made of, as statements that make it again under any name. */
export interface Blueprint {
  /** `CREATE TABLE` by table. */
  readonly tables: ReadonlyMap<string, string>
  /** Routines, views and triggers, by what they are and their name. */
  readonly others: ReadonlyMap<string, string>
}

/** All of a database, and how it belongs together. */
export interface Original extends Blueprint {
  readonly keys: readonly SeedKey[]
  /** The table of each trigger, as `others` has it. */
  readonly triggered: ReadonlyMap<string, string>
}

/** Reads the definitions of everything in a database. */
export async function readOriginal({ client }: Session): Promise<Original> {
  const { rows: about } = await client.query('select database() as name')
  const own = `${quoted(String(about[0]?.name))}.`
  const { rows: tables } = await client.query(`
    select table_name as name, table_type as type from information_schema.tables
    where table_schema = database() order by table_name`)
  // A server that was set up without its own tables has none.
  const { rows: routines } = await client
    .query(
      `select routine_name as name, routine_type as type from information_schema.routines
      where routine_schema = database() order by 1`,
    )
    .catch(() => ({ rows: [] }))
  const { rows: triggers } = await client.query(`
    select trigger_name as name, event_object_table as tbl from information_schema.triggers
    where trigger_schema = database() order by 1`)
  const made = async (kind: string, name: unknown): Promise<string> => {
    const { rows } = await client.query(`show create ${kind} ${quoted(String(name))}`)
    const text = Object.values(rows[0] ?? {}).find(
      (value) => typeof value === 'string' && /^\s*create\b/i.test(value),
    )
    return String(text)
      .replaceAll(own, '')
      .replace(/\bdefiner\s*=\s*\S+/i, '')
  }
  const others = new Map<string, string>()
  for (const { name, type } of routines) {
    const kind = String(type).toLowerCase()
    others.set(`${kind} ${String(name)}`, await made(kind, name))
  }
  const definitions = new Map<string, string>()
  for (const { name, type } of tables) {
    if (String(name).startsWith('__migration_lint')) continue
    if (type === 'BASE TABLE') definitions.set(String(name), await made('table', name))
    else if (type === 'VIEW') others.set(`view ${String(name)}`, await made('view', name))
  }
  const triggered = new Map<string, string>()
  for (const { name, tbl } of triggers) {
    const key = `trigger ${String(name)}`
    others.set(key, await made('trigger', name))
    triggered.set(key, String(tbl))
  }
  return { tables: definitions, others, keys: await seedKeys(client), triggered }
}

/**
 * Copies a part of a database with its rows.
 *
 * @returns the name of the copy
 * @throws what the driver throws
 */
export async function copyDatabase(
  databases: ScratchDatabases,
  from: string,
  { tables, others }: Blueprint,
): Promise<string> {
  const to = await databases.create()
  await databases.on(to, async ({ client }) => {
    await client.exec('set session foreign_key_checks = 0')
    for (const sql of tables.values()) await client.exec(sql)
    await copyRows(client, from, [...tables.keys()])
    // A view may read another one that comes after it.
    let left = [...others.values()]
    for (let more = true; more && left.length > 0;) {
      const before = left.length
      const refused: string[] = []
      for (const sql of left) {
        await client.exec(sql).catch(() => refused.push(sql))
      }
      left = refused
      more = left.length < before
    }
  })
  return to
}

/** In one transaction: the server writes its log to the disk for each. */
async function copyRows(
  client: Session['client'],
  from: string,
  tables: readonly string[],
): Promise<void> {
  const filled = await tablesWithRows(client, tables, from)
  if (filled.size === 0) return
  const { rows } = await client.query(`
    select table_name as tbl, column_name as name, generation_expression as made
    from information_schema.columns where table_schema = database() order by ordinal_position`)
  await client.exec('start transaction')
  for (const table of filled) {
    const own = rows.filter(({ tbl, made }) => tbl === table && !made)
    const names = own.map(({ name }) => quoted(String(name))).join(', ')
    await client.exec(
      `insert into ${quoted(table)} (${names}) select ${names} from ${quoted(from)}.${quoted(table)}`,
    )
  }
  await client.exec('commit')
}
