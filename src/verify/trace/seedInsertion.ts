import type { TraceClient } from './client.ts'
import { quoteIdentifier } from './client.ts'
import { seedCandidates } from './seedCandidates.ts'
import type { SeedCatalog, SeedColumn, SeedTable } from './seedCatalog.ts'
import { extremeValue, seedValue } from './seedValue.ts'

/** For each column a value, as SQL over the row's number `seed.g`. */
export type SeedValues = ReadonlyMap<SeedColumn, string>

/** Where conditions restrict a table, so many rows are made to find those that meet them. */
export const SEARCHED = 20_000

/**
 * An INSERT of the first rows that meet the conditions.
 *
 * @param made - how many rows are made to choose from
 */
export function insertion(
  table: SeedTable,
  values: SeedValues,
  conditions: readonly string[],
  count: number,
  made = count,
): string {
  const source = `from generate_series(1, ${made}) as seed(g)`
  if (table.columns.length === 0) return `insert into ${table.sql} select ${source}`
  const names = table.columns.map(({ name }) => quoteIdentifier(name))
  const selected = table.columns.map((column, index) => `${values.get(column)} as ${names[index]}`)
  const where = ['true', ...conditions.map((condition) => `(${condition}) is not false`)]
  return `insert into ${table.sql} (${names.join(', ')}) overriding system value
    select * from (select ${selected.join(', ')} ${source}) as made
    where ${where.join(' and ')} limit ${count}`
}

/** The value of its type in every column. */
export function usualValues(catalog: SeedCatalog, table: SeedTable): SeedValues {
  return new Map(
    table.columns.map((column) => [
      column,
      seedValue(catalog.types, column.type, column.modifier, 'seed.g') ??
        typedNull(catalog, column),
    ]),
  )
}

/** NULL in every column that admits it. */
export function sparseValues(catalog: SeedCatalog, table: SeedTable): SeedValues {
  return new Map(
    [...usualValues(catalog, table)].map(([column, value]) => [
      column,
      column.notNull ? value : typedNull(catalog, column),
    ]),
  )
}

/**
 * The values that give trouble: of three rows one has NULL where that is admitted, one the longest text
 * and the largest number, and where nothing keeps them apart all have the same.
 */
export function adverseValues(catalog: SeedCatalog, table: SeedTable): SeedValues {
  return new Map(
    [...usualValues(catalog, table)].map(([column, usual]) => {
      const one = seedValue(catalog.types, column.type, column.modifier, '1') ?? usual
      const most =
        column.refers || column.distinct
          ? null
          : extremeValue(catalog.types, column.type, column.modifier)
      const plain = column.distinct ? usual : one
      const nothing = column.notNull ? plain : typedNull(catalog, column)
      const cases = `when 1 then ${nothing} when 2 then ${most ?? plain}`
      return [column, `case seed.g % 3 ${cases} else ${plain} end`]
    }),
  )
}

/** Candidate values, combined so that counting rows runs through every combination of them. */
export async function mixedValues(
  client: TraceClient,
  catalog: SeedCatalog,
  table: SeedTable,
): Promise<SeedValues> {
  const mixed = new Map<SeedColumn, string>()
  let stride = 1
  for (const [column, usual] of usualValues(catalog, table)) {
    const conditions = table.conditions.filter((condition) => condition.includes(column.name))
    if (conditions.length === 0) {
      mixed.set(column, usual)
      continue
    }
    const type = catalog.types.get(column.type)
    const candidates = await seedCandidates(client, column, type, usual, conditions)
    const cases = candidates.map((candidate, index) => `when ${index} then ${candidate}`)
    mixed.set(column, `case seed.g / ${stride} % ${cases.length} ${cases.join(' ')} end`)
    stride *= cases.length
  }
  return mixed
}

function typedNull(catalog: SeedCatalog, column: SeedColumn): string {
  return `null::${catalog.types.get(column.type)?.sql ?? 'text'}`
}
