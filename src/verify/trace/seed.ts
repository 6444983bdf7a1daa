import type { StatementError, TraceClient } from './client.ts'
import { attempt, quoteLiteral } from './client.ts'
import type { SeedCatalog, SeedTable } from './seedCatalog.ts'
import { readSeedCatalog } from './seedCatalog.ts'
import {
  adverseValues,
  insertion,
  mixedValues,
  SEARCHED,
  sparseValues,
  usualValues,
} from './seedInsertion.ts'
import { removeOrphans } from './seedOrphans.ts'

export interface SeedOptions {
  /**
   * `none`: a value in every column. `all`: NULL in every column that admits it, as in a table
   * whose optional columns nobody has filled. Default `none`.
   */
  readonly nulls?: 'none' | 'all'
  /** Rows that give trouble instead of ordinary ones; see `adverseValues`. */
  readonly adverse?: boolean
  /** Rows per table. The default is enough for the planner to look keys up by their index. */
  readonly count?: number
}

/** A table that could not be filled, and why. */
export interface Unseeded {
  readonly schema: string
  readonly name: string
  readonly reason: string
}

const ROWS = 1000

/** Where rows are costly. */
const FEW = 20

/**
 * Fills every empty table of the database with plausible rows and lets the planner know. Rows that
 * a CHECK, a domain, a partition's bounds or a unique index would refuse are left out; where none
 * remains, values that the conditions mention are tried. A table that already holds rows keeps
 * just those. Commits; call it outside a transaction. A superuser can fill tables that refer to each other.
 *
 * @returns the tables that stayed empty: nothing can be concluded about what a scan of them costs
 * @throws what the driver throws if the connection breaks
 */
export async function seed(client: TraceClient, options: SeedOptions = {}): Promise<Unseeded[]> {
  const { count = ROWS, nulls = 'none', adverse = false } = options
  const catalog = await readSeedCatalog(client)
  const refusals = new Map<SeedTable, StatementError | null>()
  const own = ({ costly }: SeedTable) => ({
    nulls,
    adverse,
    count: costly ? Math.min(count, FEW) : count,
  })
  // Who may not look past foreign keys and triggers is held to them.
  const refused = await attempt(client, 'set session_replication_role to replica')
  try {
    const filled = await filledTables(client, catalog.tables)
    for (const table of catalog.tables) {
      if (filled.has(table.sql)) continue
      refusals.set(table, await fill(client, catalog, table, own(table)))
    }
    // A table may refer to one that was made, and filled, after it.
    for (const [table, error] of refused ? [...refusals] : []) {
      if (error) refusals.set(table, await fill(client, catalog, table, own(table)))
    }
    if (refusals.size === 0) return []
    await removeOrphans(client, catalog.foreignKeys, [...refusals.keys()])
    await advanceSequences(client, [...refusals.keys()], Math.max(count, SEARCHED))
  } finally {
    await attempt(client, 'reset session_replication_role')
  }
  await describe(client, [...refusals.keys()], catalog.materializedViews)
  const unseeded: Unseeded[] = []
  const filled = await filledTables(client, [...refusals.keys()])
  for (const [{ schema, name, sql }, error] of refusals) {
    if (filled.has(sql)) continue
    const reason = error?.message ?? 'no row meets its conditions and foreign keys'
    unseeded.push({ schema, name, reason })
  }
  return unseeded
}

/**
 * Which of these tables hold rows, in one query.
 *
 * @returns as SQL text
 */
export async function filledTables(
  client: TraceClient,
  tables: readonly { readonly sql: string }[],
): Promise<ReadonlySet<string>> {
  if (tables.length === 0) return new Set()
  const asked = tables.map(({ sql }, i) => `select ${i} as at where exists (select from ${sql})`)
  const { rows } = await client.query(asked.join(' union all '))
  return new Set(rows.map(({ at }) => tables[Number(at)]!.sql))
}

async function holdsRows(client: TraceClient, { sql }: { sql: string }): Promise<boolean> {
  const { rows } = await client.query(`select exists (select from ${sql}) as filled`)
  return rows[0]?.filled === true
}

/** Tries from the most to the least ordinary rows; the first that leaves any settles it. */
async function fill(
  client: TraceClient,
  catalog: SeedCatalog,
  table: SeedTable,
  { nulls, adverse, count }: Required<SeedOptions>,
): Promise<StatementError | null> {
  const usual = usualValues(catalog, table)
  const { conditions } = table
  const sparse = nulls === 'all' ? sparseValues(catalog, table) : null
  // Where conditions refuse most rows, many are made to find those that meet them.
  const searched = Math.max(count, SEARCHED)
  const attempts = [
    ...(adverse ? [() => insertion(table, adverseValues(catalog, table), conditions, count)] : []),
    ...(sparse ? [() => insertion(table, sparse, conditions, count)] : []),
    () => insertion(table, usual, conditions, count),
    ...(conditions.length > 0
      ? [
          ...(sparse ? [() => insertion(table, sparse, conditions, count, searched)] : []),
          () => insertion(table, usual, conditions, count, searched),
        ]
      : []),
    async () =>
      insertion(table, await mixedValues(client, catalog, table), conditions, count, searched),
    // A condition may not stand alone, for instance when it calls for a generated column.
    () => insertion(table, usual, [], count),
  ]
  let error: StatementError | null = null
  for (const next of attempts) {
    error = await insert(client, await next())
    if (!error && (await holdsRows(client, table))) return null
  }
  return error
}

/** Rows that break a unique index are skipped, where the table allows ON CONFLICT at all. */
async function insert(client: TraceClient, sql: string): Promise<StatementError | null> {
  const error = await attempt(client, `${sql} on conflict do nothing`)
  return error ? attempt(client, sql) : null
}

/** So that rows a migration inserts get keys that are still free. */
async function advanceSequences(
  client: TraceClient,
  tables: readonly SeedTable[],
  used: number,
): Promise<void> {
  for (const { sequence } of tables.flatMap(({ columns }) => columns)) {
    // One with a maximum below that stays where it is.
    if (sequence) await attempt(client, `select setval(${quoteLiteral(sequence)}, ${used})`)
  }
}

/** Materialized views show the new rows, and the planner knows how many there are. */
async function describe(
  client: TraceClient,
  tables: readonly SeedTable[],
  materializedViews: readonly string[],
): Promise<void> {
  for (const view of materializedViews) {
    await attempt(client, `refresh materialized view ${view}`)
  }
  const relations = [...tables.map(({ sql }) => sql), ...materializedViews]
  if (relations.length > 0) await attempt(client, `analyze ${relations.join(', ')}`)
}
