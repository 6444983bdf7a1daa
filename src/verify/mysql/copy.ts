import { quoted } from './columns.ts'
import type { ScratchDatabases, Session } from './scratchDatabases.ts'

/** What a database is made of, as statements that make it again under any name. */
export interface Blueprint {
  /** `CREATE TABLE` by table. */
  readonly tables: ReadonlyMap<string, string>
  /** Routines, views and triggers, by what they are and their name. */
  readonly others: ReadonlyMap<string, string>
}

/** Reads the definitions of everything in a database. */
export async function blueprintOf({ client }: Session): Promise<Blueprint> {
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
    select trigger_name as name from information_schema.triggers
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
  for (const { name } of triggers) {
    others.set(`trigger ${String(name)}`, await made('trigger', name))
  }
  return { tables: definitions, others }
}

/**
 * Copies a database with its rows.
 *
 * @returns the name of the copy
 * @throws what the driver throws
 */
export async function copyDatabase(databases: ScratchDatabases, from: string): Promise<string> {
  const { tables, others } = await databases.on(from, blueprintOf)
  const to = await databases.create()
  await databases.on(to, async ({ client }) => {
    await client.exec('set session foreign_key_checks = 0')
    for (const sql of tables.values()) await client.exec(sql)
    for (const name of tables.keys()) await copyRows(client, from, name)
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

async function copyRows(client: Session['client'], from: string, table: string): Promise<void> {
  const { rows } = await client.query(`
    select column_name as name, generation_expression as made from information_schema.columns
    where table_schema = database() and table_name = '${table.replaceAll("'", "''")}'`)
  const names = rows.flatMap(({ name, made }) => (made ? [] : [quoted(String(name))])).join(', ')
  await client.exec(
    `insert into ${quoted(table)} (${names}) select ${names} from ${quoted(from)}.${quoted(table)}`,
  )
}
