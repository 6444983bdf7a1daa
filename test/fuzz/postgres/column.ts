import { type DataType, displayType } from '../../../src/catalog/type.ts'
import type { Random } from '../random.ts'

/** A type as SQL writes it, and some values of it. */
export interface ColumnType {
  readonly sql: string
  readonly values: readonly string[]
}

export const TYPES: readonly ColumnType[] = [
  { sql: 'integer', values: ['0', '1', '42'] },
  { sql: 'bigint', values: ['0', '7'] },
  { sql: 'smallint', values: ['1'] },
  { sql: 'text', values: [`'x'`, `'longer than ten'`, `''`] },
  { sql: 'varchar(10)', values: [`'x'`] },
  { sql: 'varchar(255)', values: [`'y'`] },
  { sql: 'boolean', values: ['true', 'false'] },
  { sql: 'timestamp', values: ['now()', `'2024-01-01'`] },
  { sql: 'timestamp with time zone', values: ['now()', `'2024-01-01'`] },
  { sql: 'date', values: [`'2024-01-01'`] },
  { sql: 'numeric(10, 2)', values: ['1.5'] },
  { sql: 'uuid', values: ['gen_random_uuid()', `'00000000-0000-0000-0000-000000000001'`] },
  { sql: 'jsonb', values: [`'{}'`, `'[]'`] },
  { sql: 'json', values: [`'{}'`] },
  { sql: 'text[]', values: [`'{}'`] },
  { sql: 'double precision', values: ['1.5', 'random()'] },
]

/** A column's type as `TYPES` would write it. */
export function typeOf(type: DataType): string {
  return displayType(type).replace('timestamp without time zone', 'timestamp')
}

/** A constant or call of a type; null for a type that is not among `TYPES`. */
export function literal(random: Random, sql: string): string | null {
  const type = TYPES.find((one) => one.sql.replace(', ', ',') === sql.replace(', ', ','))
  return type ? random.pick(type.values) : null
}

/**
 * A column's definition.
 *
 * @param how - `required`: NOT NULL, with a default more often than not; `any`: also generated,
 *   unique, checked
 */
export function column(
  random: Random,
  name: string,
  { sql, values }: ColumnType,
  how: 'nullable' | 'required' | 'any',
): string {
  const value = values.length > 0 ? random.pick(values) : 'NULL'
  const start = `"${name}" ${sql}`
  if (how === 'nullable') return random.chance(0.3) ? `${start} DEFAULT ${value}` : start
  if (how === 'required') {
    return random.chance(0.7) ? `${start} DEFAULT ${value} NOT NULL` : `${start} NOT NULL`
  }
  return random.pick([
    start,
    `${start} DEFAULT ${value}`,
    `${start} UNIQUE`,
    `${start} CHECK ("${name}" IS NOT NULL)`,
    `"${name}" serial`,
    `"${name}" serial NOT NULL`,
    `"${name}" integer GENERATED ALWAYS AS IDENTITY`,
    `"${name}" integer GENERATED ALWAYS AS (1 + 1) STORED`,
    `"${name}" integer GENERATED ALWAYS AS (1 + 1) VIRTUAL`,
  ])
}
