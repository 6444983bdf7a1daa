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

/** Which tables to fill, of which database. */
export interface SeedScope {
  /** As it is now. */
  readonly catalog: SeedCatalog
  /** Tables that must hold rows; those that they refer to are filled with them. */
  readonly includes: (table: SeedTable) => boolean
}

/** What became of filling tables. */
export interface Seeded {
  readonly unseeded: readonly Unseeded[]
  /** Tables that were left as they are. */
  readonly left: readonly SeedTable[]
}

/**
 * Fills every empty table of the database with plausible rows and lets the planner know. Rows that
 * a CHECK, a domain, a partition's bounds or a unique index would refuse are left out; where none
 * remains, values that the conditions mention are tried. A table that already holds rows keeps
 * just those. Commits; call it outside a transaction. A superuser can fill tables that refer to each other.
 *
 * @returns the tables that stayed empty: nothing can be concluded about what a scan of them costs
 * @throws what the driver throws if the connection breaks
 */
export async function seed(
  client: TraceClient,
  options: SeedOptions = {},
): Promise<readonly Unseeded[]> {
  const catalog = await readSeedCatalog(client)
  return (await seedSome(client, { catalog, includes: () => true }, options)).unseeded
}

/** The same for some of the tables. */
export async function seedSome(
  client: TraceClient,
  { catalog, includes }: SeedScope,
  options: SeedOptions = {},
): Promise<Seeded> {
  const { count = ROWS, nulls = 'none', adverse = false } = options
  const wanted = withReferenced(catalog, includes)
  const left = catalog.tables.filter((table) => !wanted.has(table.sql))
  const tables = catalog.tables.filter((table) => wanted.has(table.sql))
  const had = await filledTables(client, tables)
  const empty = tables.filter(({ sql }) => !had.has(sql))
  if (empty.length === 0) return { unseeded: [], left }
  const refusals = new Map<SeedTable, StatementError | null>()
  const own = ({ costly }: SeedTable) => ({
    nulls,
    adverse,
    count: costly ? Math.min(count, FEW) : count,
  })
  // Who may not look past foreign keys and triggers is held to them.
  await attempt(client, 'set session_replication_role to replica')
  try {
    for (const table of empty) {
      const [first] = attemptsAt(client, catalog, table, own(table))
      refusals.set(table, await insert(client, await first!()))
    }
    // One that is still empty wants other rows; or refers to one that was filled after it.
    const done = await filledTables(client, empty)
    for (const table of empty.filter(({ sql }) => !done.has(sql))) {
      refusals.set(table, await fill(client, catalog, table, own(table)))
    }
    await removeOrphans(client, catalog.foreignKeys, empty)
    await advanceSequences(client, empty, Math.max(count, SEARCHED))
  } finally {
    await attempt(client, 'reset session_replication_role')
  }
  await describe(client, empty, catalog.materializedViews)
  const unseeded: Unseeded[] = []
  const filled = await filledTables(client, empty)
  for (const [{ schema, name, sql }, error] of refusals) {
    if (filled.has(sql)) continue
    const reason = error?.message ?? 'no row meets its conditions and foreign keys'
    unseeded.push({ schema, name, reason })
  }
  return { unseeded, left }
}

/** Tables, with those that their rows refer to. */
function withReferenced(
  { tables, foreignKeys }: SeedCatalog,
  includes: SeedScope['includes'],
): ReadonlySet<string> {
  const wanted = new Set(tables.filter(includes).map(({ sql }) => sql))
  // What is added while going over a set is gone over, too.
  for (const sql of wanted) {
    for (const { child, parent } of foreignKeys) if (child === sql) wanted.add(parent)
  }
  return wanted
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

/** Tries from the most to the least ordinary rows; the first that leaves any settles it. */
async function fill(
  client: TraceClient,
  catalog: SeedCatalog,
  table: SeedTable,
  options: Required<SeedOptions>,
): Promise<StatementError | null> {
  let error: StatementError | null = null
  for (const next of attemptsAt(client, catalog, table, options)) {
    error = await insert(client, await next())
    if (!error && (await filledTables(client, [table])).size > 0) return null
  }
  return error
}

/** SQL that may fill a table, the most ordinary rows first. */
function attemptsAt(
  client: TraceClient,
  catalog: SeedCatalog,
  table: SeedTable,
  { nulls, adverse, count }: Required<SeedOptions>,
): readonly (() => string | Promise<string>)[] {
  const usual = usualValues(catalog, table)
  const { conditions } = table
  const sparse = nulls === 'all' ? sparseValues(catalog, table) : null
  // Where conditions refuse most rows, many are made to find those that meet them.
  const searched = Math.max(count, SEARCHED)
  return [
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
  const sequences = tables.flatMap(({ columns }) =>
    columns.flatMap(({ sequence }) => sequence ?? []),
  )
  const moves = sequences.map((sequence) => `setval(${quoteLiteral(sequence)}, ${used})`)
  if (moves.length === 0 || (await attempt(client, `select ${moves.join(', ')}`)) === null) return
  // One with a maximum below that stays where it is.
  for (const move of moves) await attempt(client, `select ${move}`)
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
