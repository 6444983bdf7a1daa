import type { ReadOnly } from '../../../verify/onlySelect.ts'
import { quoteIdentifier } from '../../../verify/trace/client.ts'
import type { AppliedMigrations, AppliedRow, Question } from '../asked.ts'
import { drizzlesRow, recordTable } from '../recordTable.ts'

/** Where drizzle-orm keeps them (src/sqlite-core/dialect.ts), and where wrangler does. */
const DRIZZLES = '__drizzle_migrations'
const WRANGLERS = 'd1_migrations'

interface Found {
  readonly name: string
  readonly columns: ReadonlySet<string>
}

/**
 * What a database says it has applied: drizzle-orm's record, or wrangler's. Where the table is not in its
 * place, the one that looks like it is taken.
 *
 * @throws ProblemError where several tables look like it
 */
export async function appliedMigrations(
  database: ReadOnly,
  { project, runsFiles }: Pick<Question, 'project' | 'runsFiles'>,
): Promise<AppliedMigrations> {
  const rows = await database.select(`
    select m.name as name, lower(c.name) as "column"
    from sqlite_master m, pragma_table_info(m.name) c
    where m.type = 'table' and m.name like '%migrations%' order by 1`)
  const tables = [...new Set(rows.map(({ name }) => String(name)))].map((name): Found => {
    const own = rows.filter((row) => row.name === name)
    return { name, columns: new Set(own.map(({ column }) => String(column))) }
  })
  const fitting = tables.filter((table) => isDrizzles(table) || isWranglers(table))
  const wanted = project.bookkeeping.table ?? DRIZZLES
  const names = runsFiles ? [WRANGLERS, wanted] : [wanted, WRANGLERS]
  const chosen = recordTable(
    names,
    fitting.map(({ name }) => name),
    "table: '…'",
  )
  const found = fitting.find(({ name }) => name === chosen)
  if (found === undefined) return { table: null, rows: [], byName: false }
  const read = isDrizzles(found) ? drizzlesRows : wranglersRows
  return { table: found.name, rows: await read(database, found), byName: !isDrizzles(found) }
}

function isDrizzles({ columns }: Found): boolean {
  return columns.has('hash') && columns.has('created_at')
}

function isWranglers({ columns }: Found): boolean {
  return columns.has('name') && columns.has('applied_at')
}

async function drizzlesRows(
  database: ReadOnly,
  { name, columns }: Found,
): Promise<readonly AppliedRow[]> {
  const rows = await database.select(`
    select hash, created_at, ${columns.has('name') ? 'name' : 'null as name'}
    from ${quoteIdentifier(name)} order by created_at`)
  return rows.map(drizzlesRow)
}

/** File names, and in UTC when they were applied. */
async function wranglersRows(database: ReadOnly, { name }: Found): Promise<readonly AppliedRow[]> {
  const rows = await database.select(`
    select name, 1000 * unixepoch(applied_at) as at from ${quoteIdentifier(name)} order by id`)
  return rows.map((row) => ({
    hash: '',
    createdAt: row.at === null ? null : Number(row.at),
    name: String(row.name).replace(/(?:\/migration)?\.sql$/, ''),
  }))
}
