import { type Rows, firstRows } from '../firstRows.ts'
import type { StatementError, TraceClient } from '../trace/client.ts'
import type { SeedOptions, Unseeded } from '../trace/seed.ts'
import { type SeedTable, quoted, seedKeys, seedTables, tablesWithRows } from './columns.ts'
import { adverseValue, suggestedValues, usualValue } from './seedValue.ts'

const ROWS = 50

/** Where checks restrict a table, so many rows are made to find those that meet them. */
const SEARCHED = 2000

/** Runs a statement; what the server refuses it with, or null. */
export type Attempt = (sql: string) => Promise<StatementError | null>

/**
 * Fills every empty table with plausible rows. Rows that a check, a unique index or a foreign key would
 * refuse are left out.
 *
 * @returns the tables that stay empty
 */
export async function seedMysql(
  client: TraceClient,
  attempt: Attempt,
  { adverse = false, count = ROWS }: SeedOptions,
): Promise<readonly Unseeded[]> {
  const tables = await seedTables(client)
  await client.exec('set session foreign_key_checks = 0')
  // The server writes its log to the disk for each transaction.
  await client.exec('start transaction')
  const errors = new Map<string, StatementError | null>()
  for (const table of tables) {
    // What a trigger has filled by now, too.
    if (await hasRows(client, table.name)) continue
    errors.set(table.name, await fill(client, attempt, table, adverse, count))
  }
  await removeOrphans(client)
  await client.exec('commit')
  await client.exec('set session foreign_key_checks = 1')
  const filled = await tablesWithRows(client, [...errors.keys()])
  const unseeded: Unseeded[] = []
  for (const [name, error] of errors) {
    if (filled.has(name)) continue
    const reason = error?.message ?? 'no row meets its conditions and foreign keys'
    unseeded.push({ schema: '', name, reason })
  }
  return unseeded
}

/**
 * Empties all tables: which one an error is about, the server does not say.
 *
 * @returns the names of those that had rows
 */
export async function emptyMysql(client: TraceClient): Promise<readonly string[]> {
  await client.exec('set session foreign_key_checks = 0')
  const names = (await seedTables(client)).map(({ name }) => name)
  const emptied = [...(await tablesWithRows(client, names))]
  await client.exec('start transaction')
  for (const name of emptied) await client.exec(`delete from ${quoted(name)}`)
  await client.exec('commit')
  await client.exec('set session foreign_key_checks = 1')
  return emptied
}

async function fill(
  client: TraceClient,
  attempt: Attempt,
  table: SeedTable,
  adverse: boolean,
  count: number,
): Promise<StatementError | null> {
  const usual = table.columns.map((column) => usualValue(column))
  const kinds: readonly Rows[] = [
    ...(adverse ? [[table.columns.map(adverseValue), count] as const] : []),
    [usual, count],
    [suggestedValues(table), SEARCHED],
  ]
  return firstRows(
    kinds,
    (values, rows) => attempt(insertion(table, values, rows)),
    () => hasRows(client, table.name),
  )
}

const DIGITS = Array.from({ length: 10 }, (_, n) => `select ${n} as n`).join(' union all ')

/** Rows that a check or a key refuses are left out; what a type cannot take is cut until it fits. */
function insertion({ name, columns }: SeedTable, values: readonly string[], rows: number): string {
  const names = columns.map((column) => quoted(column.name)).join(', ')
  const seed = `select 1 + a.n + 10 * b.n + 100 * c.n + 1000 * d.n as g
    from (${DIGITS}) a, (${DIGITS}) b, (${DIGITS}) c, (${DIGITS}) d`
  return `insert ignore into ${quoted(name)} (${names})
    select ${values.join(', ')} from (${seed}) seed where g <= ${rows}`
}

async function hasRows(client: TraceClient, name: string): Promise<boolean> {
  const { rows } = await client.query(`select exists (select 1 from ${quoted(name)}) as filled`)
  return Number(rows[0]?.filled) === 1
}

const MOST_ROUNDS = 20

/** Rows that refer to one that is not there go, and then those that refer to them. */
async function removeOrphans(client: TraceClient): Promise<void> {
  const keys = await seedKeys(client)
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let removed = 0
    for (const { table, columns, parent, parentColumns } of keys) {
      const pairs = columns.map(
        (column, i) => `p.${quoted(parentColumns[i]!)} = c.${quoted(column)}`,
      )
      const all = columns.map((column) => `c.${quoted(column)} is not null`)
      const where = `${all.join(' and ')} and p.${quoted(parentColumns[0]!)} is null`
      const from = `${quoted(table)} c left join ${quoted(parent)} p on ${pairs.join(' and ')}`
      const { rows } = await client.query(`select count(*) as n from ${from} where ${where}`)
      if (Number(rows[0]?.n) === 0) continue
      removed += Number(rows[0]?.n)
      await client.exec(`delete c from ${from} where ${where}`)
    }
    if (removed === 0) return
  }
}
