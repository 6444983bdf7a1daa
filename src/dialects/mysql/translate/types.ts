import type { Table } from '../../../catalog/table.ts'
import type { DataType } from '../../../catalog/type.ts'
import { typeModifiers } from '../typeModifiers.ts'
import type { ColumnType } from '../typeName.ts'

/** Types that have characters, and so a character set and a collation. */
export function hasCharacters(name: string): boolean {
  return /^(?:var)?char$|text$|^(?:enum|set)$/.test(name)
}

/**
 * A type in the catalog's words: `int unsigned`, `varchar` `[50]`, `enum` with its labels.
 *
 * @param table - whose character set and collation a column has that names none of its own
 * @param collation - what the column names besides its type
 */
export function dataType(
  type: ColumnType,
  table: Pick<Table, 'charset' | 'collation'> | undefined,
  collation: string | null,
): DataType {
  const base = type.name === 'boolean' ? 'tinyint' : type.name === 'serial' ? 'bigint' : type.name
  const name = type.unsigned ? `${base} unsigned` : base
  return {
    schema: null,
    name,
    modifiers: typeModifiers(base, type.numbers),
    dimensions: 0,
    ...(hasCharacters(base)
      ? characters(type, table, type.collation ?? collation)
      : { collation: null }),
    ...(type.labels === null ? {} : { labels: type.labels }),
  }
}

/** The character set that comes with a collation stands in front of it: `utf8mb4_bin`. */
function characters(
  { charset }: ColumnType,
  table: Pick<Table, 'charset' | 'collation'> | undefined,
  collation: string | null,
): Pick<DataType, 'charset' | 'collation'> {
  const named = charset ?? (collation === null ? null : (collation.split('_')[0] ?? null))
  const own = named ?? table?.charset
  const inherited = charset === null ? (table?.collation ?? null) : null
  const set = own === undefined ? {} : { charset: own === 'utf8' ? 'utf8mb3' : own }
  return { collation: collation ?? inherited, ...set }
}
