import type { RunError, Session } from '../../effects.ts'
import type { Change } from '../../../catalog/change.ts'
import { always } from './outcome.ts'

/**
 * Whether the change was written as libSQL's `ALTER COLUMN c TO …`. It writes the catalog and looks at
 * no row, and no other SQLite knows it.
 */
export function isRedefinition({ origin, kind, folded }: Change): boolean {
  if (folded.length > 0) return false
  return kind !== 'RenameColumn' && kind !== 'RenameTable' && origin.placeOf('to') !== null
}

/** Statements that only some of SQLite's products know. */
export function unknownSyntax(change: Change, { driver }: Session): RunError | null {
  if (change.folded.length > 0) return null
  const isLibsql = driver === 'libsql' || driver === 'turso'
  if (isRedefinition(change)) {
    return isLibsql || !driver ? null : always('syntax', 'near "TO": syntax error')
  }
  // SQLite 3.53 and later; libSQL stands at 3.45.
  if (!isLibsql) return null
  switch (change.kind) {
    case 'SetNotNull':
      return always('syntax', 'near "SET": syntax error')
    case 'DropNotNull':
    case 'DropConstraint':
      return always('syntax', 'near "CONSTRAINT": syntax error')
    case 'AddCheck':
      return change.withColumn === null ? always('syntax', 'near "CHECK": syntax error') : null
    default:
      return null
  }
}
