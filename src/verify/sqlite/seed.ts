import { type Rows, firstRows } from '../firstRows.ts'
import type { StatementError } from '../trace/client.ts'
import { quoteIdentifier } from '../trace/client.ts'
import type { SeedOptions, Unseeded } from '../trace/seed.ts'
import { type SeedTable, seedTables } from './columns.ts'
import type { RemoteDatabase } from './remote.ts'
import { attempt } from './run.ts'
import { adverseValue, suggestedValues, usualValue } from './seedValue.ts'

/** No planner goes by their number here. */
const ROWS = 50

/** Where conditions restrict a table, so many rows are made to find those that meet them. */
const SEARCHED = 5000

/**
 * Fills every empty table with plausible rows. Rows that a CHECK, a unique index or a foreign key would
 * refuse are left out; where none remains, values that the conditions mention are tried.
 *
 * @returns the tables that stay empty
 */
export async function seedSqlite(
  database: RemoteDatabase,
  { adverse = false, count = ROWS }: SeedOptions,
): Promise<readonly Unseeded[]> {
  await database.exec('pragma foreign_keys = off')
  const all = await seedTables(database)
  const filled = await filledOf(database, all)
  const tables = all.filter((table) => !filled.has(table))
  const triggers = await withoutTriggers(database)
  const errors = new Map<SeedTable, StatementError | null>()
  for (const table of tables) errors.set(table, await fill(database, table, adverse, count))
  await removeOrphans(database)
  for (const sql of triggers) await database.exec(sql)
  const now = await filledOf(database, tables)
  return [...errors].flatMap(([table, error]) =>
    now.has(table)
      ? []
      : [
          {
            schema: '',
            name: table.name,
            reason: error?.message ?? 'no row meets its conditions and foreign keys',
          },
        ],
  )
}

/**
 * Empties a table, and those whose rows refer to it; all tables where none is named, or it is not there.
 *
 * @returns the names of those that had rows
 */
export async function emptySqlite(
  database: RemoteDatabase,
  name: string | null,
): Promise<readonly string[]> {
  await database.exec('pragma foreign_keys = off')
  const all = await seedTables(database)
  const filled = [...(await filledOf(database, all))]
  const triggers = await withoutTriggers(database)
  const named = filled.filter((table) => table.name === name)
  for (const { sql } of named.length > 0 ? named : filled) await database.exec(`delete from ${sql}`)
  await removeOrphans(database)
  for (const sql of triggers) await database.exec(sql)
  const left = await filledOf(database, filled)
  return filled.flatMap((table) => (left.has(table) ? [] : [table.name]))
}

/** From the most to the least ordinary rows. */
async function fill(
  database: RemoteDatabase,
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
    (values, rows) => attempt(database, insertion(table, values, rows)),
    async () => (await filledOf(database, [table])).size > 0,
  )
}

function insertion({ sql, columns }: SeedTable, values: readonly string[], rows: number): string {
  const seed = `with recursive seed(g) as (select 1 union all select g + 1 from seed where g < ${rows})`
  const names = columns.map(({ name }) => quoteIdentifier(name)).join(', ')
  return `${seed} insert or ignore into ${sql} (${names}) select ${values.join(', ')} from seed`
}

/** Those of the tables that hold rows. */
async function filledOf(
  database: RemoteDatabase,
  tables: readonly SeedTable[],
): Promise<ReadonlySet<SeedTable>> {
  const asked = tables.map(({ sql }) => `select exists (select 1 from ${sql}) as filled`)
  const rows = await database.many(asked)
  return new Set(tables.filter((_, at) => Number(rows[at]?.[0]?.filled) === 1))
}

/** Drops the triggers, which would have a say in rows that are made up; returns how they are made again. */
async function withoutTriggers(database: RemoteDatabase): Promise<readonly string[]> {
  const triggers = await database.all("select name, sql from sqlite_master where type = 'trigger'")
  for (const { name } of triggers) {
    await database.exec(`drop trigger ${quoteIdentifier(String(name))}`)
  }
  return triggers.map(({ sql }) => String(sql))
}

/** Rows that refer to one that is not there go, and then those that refer to them. */
async function removeOrphans(database: RemoteDatabase): Promise<void> {
  for (let more = true; more;) {
    let found: Record<string, unknown>[]
    try {
      found = await database.all(
        'select distinct "table" as tbl, rowid as id from pragma_foreign_key_check',
      )
    } catch {
      // A foreign key to what is no key: every statement about it fails the same way.
      return
    }
    more = found.length > 0
    const statements: string[] = []
    for (const { tbl, id } of found) {
      const table = quoteIdentifier(String(tbl))
      // Without rowids nothing tells which row it is.
      const where = id === null ? '' : ` where rowid = ${Number(id)}`
      statements.push(`delete from ${table}${where}`)
    }
    if (more) await database.exec(`begin; ${statements.join('; ')}; commit`)
  }
}
