import { descendants, findTable } from '../../../catalog/catalog.ts'
import type { Change } from '../../../catalog/change.ts'
import type { RunError, Session } from '../../effects.ts'
import { type SqlState, errorKind } from './sqlStates.ts'

/**
 * What a server refuses because it is too old for it, where its version is known. Measured on
 * PostgreSQL 12 to 18 (docs/postgres-versions.md).
 */
export function newerServerError(change: Change, { version }: Session): RunError | null {
  if (version === null) return null
  const { needs } = change.origin
  if (needs && version < needs.version) {
    return error(needs.isParameter ? '22023' : '42601', needs.what, needs.version)
  }
  if (version < 17 && change.kind === 'AddColumn' && change.definition.identity !== null) {
    const { before: catalog, table } = change
    if (findTable(catalog, table)?.partitionKey && descendants(catalog, table).length > 0) {
      return error('42P16', 'an identity column of a table with partitions', 17)
    }
  }
  if (version < 13 && change.kind === 'CreateTrigger' && change.beforeRow) {
    if (findTable(change.before, change.table)?.partitionKey) {
      return error('42809', 'a BEFORE trigger for each row of a partitioned table', 13)
    }
  }
  return null
}

function error(code: SqlState, what: string, version: number): RunError {
  const message = `${what} needs PostgreSQL ${version}`
  return { kind: errorKind(code), code, message, detail: what, when: 'always' }
}
