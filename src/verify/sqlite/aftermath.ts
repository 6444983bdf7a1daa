import type { Unit } from '../plan.ts'
import { quoteIdentifier } from '../trace/client.ts'
import type { Look } from './look.ts'
import type { RemoteDatabase } from './remote.ts'

/** What of a database is out of order, without an error having said so. */
export interface Aftermath {
  /** How many rows refer to one that is not there, by table. */
  readonly dangling: ReadonlyMap<string, number>
  /** Views that cannot be read, with the reason. */
  readonly broken: ReadonlyMap<string, string>
}

type Asks = Pick<RemoteDatabase, 'all'>

/** Looks for what a deployment can leave out of order. */
export async function aftermathOf(database: Asks): Promise<Aftermath> {
  const broken = new Map<string, string>()
  for (const { name } of await database.all("select name from sqlite_master where type = 'view'")) {
    const view = String(name)
    const reason = await refusal(database, `select 1 from ${quoteIdentifier(view)} limit 0`)
    if (reason !== null) broken.set(view, reason)
  }
  return { dangling: await danglingRows(database), broken }
}

async function danglingRows(database: Asks): Promise<ReadonlyMap<string, number>> {
  try {
    const rows = await database.all(
      'select "table" as tbl, count(*) as n from pragma_foreign_key_check group by 1',
    )
    return new Map(rows.map(({ tbl, n }) => [String(tbl), Number(n)]))
  } catch {
    // A foreign key to what is no key: whatever touches it is refused, which says enough.
    return new Map()
  }
}

async function refusal(database: Asks, sql: string): Promise<string | null> {
  try {
    await database.all(sql)
    return null
  } catch (error) {
    return (error as Error).message
  }
}

/** What a deployment has put out of order, in a line each. */
export function leftBehindLines(before: Aftermath, after: Aftermath): readonly string[] {
  const dangling = [...after.dangling].flatMap(([table, count]) => {
    const more = count - (before.dangling.get(table) ?? 0)
    return more > 0
      ? [
          `After the deployment ${rows(more)} of ${table} ${more === 1 ? 'refers' : 'refer'} to rows that are not there, and nothing has said so: the driver runs migrations without foreign keys.`,
        ]
      : []
  })
  const broken = [...after.broken].flatMap(([view, reason]) =>
    before.broken.has(view)
      ? []
      : [`After the deployment the view ${view} cannot be read: ${reason}.`],
  )
  return [...dangling, ...broken]
}

/** Rows and references that a statement made vanish from other tables than its own, in a line each. */
export function vanishedLines(
  unit: Unit,
  start: Look,
  before: Look,
  after: Look,
): readonly string[] {
  const now = new Map([...after.tables.values()].map((table) => [table.root, table]))
  return [...before.tables.values()].flatMap((table): string[] => {
    const left = now.get(table.root)
    const isNew = !start.tables.has(table.name)
    if (left === undefined || isNew || isTarget(unit.sql, table.name)) return []
    const place = `${unit.file}: ${clipped(unit.sql)}`
    if (left.rows < table.rows) {
      return [`${place} deletes ${table.rows - left.rows} of ${rows(table.rows)} of ${table.name}.`]
    }
    return [...table.values].flatMap(([column, values]) => {
      const kept = left.values.get(column) ?? values
      return kept < values
        ? [
            `${place} sets ${table.name}.${column} to NULL in ${values - kept} of ${rows(table.rows)}.`,
          ]
        : []
    })
  })
}

/** Whether a statement is about the rows of this very table. */
function isTarget(sql: string, table: string): boolean {
  const [, target] =
    /^\s*(?:delete\s+from|update(?:\s+or\s+\w+)?)\s+["'`[]?([^"'`\]\s]+)/i.exec(sql) ?? []
  return target?.toLowerCase() === table.toLowerCase()
}

function rows(count: number): string {
  return `${count} ${count === 1 ? 'row' : 'rows'}`
}

const LONGEST = 60

function clipped(sql: string): string {
  const line = sql.replace(/\s+/g, ' ').trim()
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line
}
