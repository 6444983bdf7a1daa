import type { Change, ChangeKind } from '../../../catalog/change.ts'
import { displayName } from '../../../catalog/names.ts'
import { hasPendingEvents } from '../../../catalog/pendingEvents.ts'
import { findTable } from '../../../catalog/catalog.ts'
import type { RunError } from '../../effects.ts'
import { errorKind } from './sqlStates.ts'

/**
 * What PostgreSQL refuses while deferred foreign keys of the table have rows to check
 * (`CheckTableNotInUse`, tablecmds.c). Renames, triggers and policies do not mind.
 */
const REFUSED: Readonly<Partial<Record<ChangeKind, string>>> = {
  AddColumn: 'ALTER TABLE',
  DropColumn: 'ALTER TABLE',
  AlterColumnType: 'ALTER TABLE',
  SetNotNull: 'ALTER TABLE',
  DropNotNull: 'ALTER TABLE',
  SetDefault: 'ALTER TABLE',
  DropDefault: 'ALTER TABLE',
  AddIdentity: 'ALTER TABLE',
  AlterIdentity: 'ALTER TABLE',
  DropIdentity: 'ALTER TABLE',
  SetExpression: 'ALTER TABLE',
  DropExpression: 'ALTER TABLE',
  AddForeignKey: 'ALTER TABLE',
  AddCheck: 'ALTER TABLE',
  AddUnique: 'ALTER TABLE',
  AddPrimaryKey: 'ALTER TABLE',
  AddExclusion: 'ALTER TABLE',
  ValidateConstraint: 'ALTER TABLE',
  DropConstraint: 'ALTER TABLE',
  AlterConstraint: 'ALTER TABLE',
  SetTableStorage: 'ALTER TABLE',
  AlterTableSetting: 'ALTER TABLE',
  SetRowSecurity: 'ALTER TABLE',
  AttachPartition: 'ALTER TABLE',
  DetachPartition: 'ALTER TABLE',
  CreateIndex: 'CREATE INDEX',
  TruncateTable: 'TRUNCATE',
  ClusterTable: 'CLUSTER',
  DropTable: 'DROP TABLE',
}

/** The error that a change runs into where the same transaction has written rows before it (55006). */
export function pendingEventsError(change: Change): RunError | null {
  const command = REFUSED[change.kind]
  if (command === undefined || !('table' in change) || change.table === null) return null
  const { before: catalog, table } = change
  const pending = hasPendingEvents(catalog, findTable(catalog, table))
  if (pending === null) return null
  const code = '55006'
  const message = `cannot ${command} "${displayName(table)}" because it has pending trigger events`
  const when = pending === 'every row' ? 'rows' : 'some-rows'
  return { kind: errorKind(code), code, message, detail: null, when }
}
