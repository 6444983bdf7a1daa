import type { Column, Table } from '../../../catalog/table.ts'
import type { RunError } from '../../effects.ts'
import { always } from './outcome.ts'

const STRICT_TYPES: ReadonlySet<string> = new Set(['int', 'integer', 'real', 'text', 'blob', 'any'])

/** STRICT tables know six types. */
export function strictType(table: Table, { name, type }: Column): RunError | null {
  if (!table.strict) return null
  if (type.name === '') return always('unsupported', `missing datatype for ${table.name}.${name}`)
  return STRICT_TYPES.has(type.name) && type.modifiers.length === 0
    ? null
    : always('unsupported', `unknown datatype for ${table.name}.${name}: "${type.name}"`)
}
