import { displayType } from '../catalog/type.ts'
import type { SchemaDialect } from '../dialects/core/core.ts'
import { coreOf } from '../dialects/cores.ts'
import type { DeclaredColumn } from './model.ts'

/**
 * What is wrong with a foreign key between two columns.
 *
 * @returns as `Core.keyMismatch`; null also where a type is not known
 */
export function typeMismatch(
  dialect: SchemaDialect,
  { type, unsigned }: DeclaredColumn,
  referenced: DeclaredColumn,
): 'refused' | 'narrower' | null {
  if (type === null || referenced.type === null) return null
  const target = { type: referenced.type, unsigned: referenced.unsigned }
  return coreOf(dialect).keyMismatch({ type, unsigned }, target)
}

/** A column's type as messages name it. */
export function sqlType({ type, unsigned }: DeclaredColumn): string {
  return `${type === null ? 'of another type' : displayType({ ...type, modifiers: [] })}${unsigned ? ' unsigned' : ''}`
}
