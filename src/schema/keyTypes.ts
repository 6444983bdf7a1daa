import { displayType } from '../catalog/type.ts'
import { comparable } from '../dialects/postgres/effects/comparable.ts'
import type { DeclaredColumn } from './model.ts'
import type { SchemaDialect } from './value.ts'

/** Whole numbers by the bytes they take. */
const BYTES: Readonly<Record<string, number>> = {
  tinyint: 1,
  smallint: 2,
  int2: 2,
  mediumint: 3,
  int: 4,
  int4: 4,
  bigint: 8,
  int8: 8,
}

/** What is no number and never compared with one. */
const TEXTS = new Set(['char', 'varchar', 'text', 'tinytext', 'mediumtext', 'longtext'])

/**
 * What is wrong with a foreign key between two columns.
 *
 * @returns `refused` if the database does not take it, `narrower` if it does but not every id fits;
 *   null if nothing is wrong or a type is not known. SQLite takes every pair.
 */
export function typeMismatch(
  dialect: SchemaDialect,
  { type, unsigned }: DeclaredColumn,
  referenced: DeclaredColumn,
): 'refused' | 'narrower' | null {
  const target = referenced.type
  if (type === null || target === null) return null
  const own = BYTES[type.name]
  const other = BYTES[target.name]
  if (dialect === 'mysql') {
    if (own !== undefined && other !== undefined) {
      return own === other && unsigned === referenced.unsigned ? null : 'refused'
    }
    const mixed =
      (own !== undefined && TEXTS.has(target.name)) || (other !== undefined && TEXTS.has(type.name))
    return mixed ? 'refused' : null
  }
  if (dialect !== 'postgresql') return null
  const kindOf = ({ schema }: typeof type) => (schema === null ? 'base' : 'enum')
  if (!comparable({ ...type, kind: kindOf(type) }, { ...target, kind: kindOf(target) }))
    return 'refused'
  return own !== undefined && other !== undefined && own < other ? 'narrower' : null
}

/** A column's type as messages name it. */
export function sqlType({ type, unsigned }: DeclaredColumn): string {
  return `${type === null ? 'of another type' : displayType({ ...type, modifiers: [] })}${unsigned ? ' unsigned' : ''}`
}
