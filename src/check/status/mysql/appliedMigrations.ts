import type { ReadOnly } from '../../../verify/onlySelect.ts'
import type { AppliedMigrations, Question } from '../asked.ts'
import { drizzlesRow, recordTable } from '../recordTable.ts'

/** Where drizzle-orm keeps them unless it is told otherwise (src/mysql-core/dialect.ts). */
const DRIZZLES = '__drizzle_migrations'

/**
 * What the connection's database says it has applied.
 *
 * @throws ProblemError where several tables look like the record
 */
export async function appliedMigrations(
  database: ReadOnly,
  { bookkeeping }: Question['project'],
): Promise<AppliedMigrations> {
  const columns = await database.select(`
    select table_name as name, lower(column_name) as col from information_schema.columns
    where table_schema = database() and table_name like '%migrations%' order by 1`)
  const has = (name: string, column: string) =>
    columns.some((one) => one.name === name && one.col === column)
  const names = [...new Set(columns.map(({ name }) => String(name)))]
  const table = recordTable(
    [bookkeeping.table ?? DRIZZLES],
    names.filter((name) => has(name, 'hash') && has(name, 'created_at')),
    "table: '…'",
  )
  if (table === null) return { table, rows: [], byName: false }
  const rows = await database.select(`
    select hash, created_at, ${has(table, 'name') ? 'name' : 'null as name'}
    from \`${table.replaceAll('`', '``')}\` order by created_at, id`)
  return { table, rows: rows.map(drizzlesRow), byName: false }
}
