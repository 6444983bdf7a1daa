import type { Change, ChangeKind, ChangeOf } from '../../../catalog/change.ts'
import { isEmpty } from '../../../catalog/newness.ts'
import { addColumn, alterColumnType, dropColumn, renameColumn, setNotNull } from './columns.ts'
import { addCheck, addForeignKey, addKey, dropConstraint } from './constraints.ts'
import { createIndex, dropIndex } from './indexes.ts'
import { NOTHING, type Outcome } from './outcome.ts'
import { createTrigger, createView, dropTrigger, dropView } from './programs.ts'
import { rebuildTable } from './rebuild.ts'
import { controlTransaction, outsideTransaction, writeRows } from './rows.ts'
import type { Session } from '../../effects.ts'
import { isRedefinition, unknownSyntax } from './syntax.ts'
import { createTable, dropTable, renameTable } from './tables.ts'

type Outcomes = {
  readonly [K in ChangeKind]: (change: ChangeOf<K>, session: Session) => Outcome
}

const none = () => NOTHING

/** Every kind of change has an answer; those that SQLite has no statement for have the empty one. */
const OUTCOMES: Outcomes = {
  CreateTable: createTable,
  DropTable: dropTable,
  RenameTable: renameTable,
  RebuildTable: rebuildTable,
  AddColumn: addColumn,
  DropColumn: dropColumn,
  RenameColumn: renameColumn,
  AlterColumnType: alterColumnType,
  SetNotNull: setNotNull,
  DropNotNull: none,
  SetDefault: none,
  DropDefault: none,
  SetExpression: none,
  DropExpression: none,
  AlterColumnAttributes: none,
  AddForeignKey: addForeignKey,
  AddCheck: addCheck,
  AddUnique: addKey,
  AddPrimaryKey: addKey,
  DropConstraint: dropConstraint,
  CreateIndex: createIndex,
  DropIndex: dropIndex,
  CreateView: createView,
  DropView: dropView,
  CreateTrigger: createTrigger,
  DropTrigger: dropTrigger,
  WriteRows: writeRows,
  TransactionControl: controlTransaction,
  OutsideTransaction: outsideTransaction,
  ReadRows: none,
  SetVariable: none,
  Harmless: none,
  OpaqueSql: none,
  UnparsedSql: none,
  Unmodelled: none,
  SetTableSchema: none,
  TruncateTable: none,
  SetTableStorage: none,
  AlterTableSetting: none,
  SetRowSecurity: none,
  AttachPartition: none,
  DetachPartition: none,
  SetInheritance: none,
  ClusterTable: none,
  VacuumTable: none,
  AnalyzeTable: none,
  LockTable: none,
  AddIdentity: none,
  AlterIdentity: none,
  DropIdentity: none,
  AlterForeignKey: none,
  AddExclusion: none,
  ValidateConstraint: none,
  RenameConstraint: none,
  AlterConstraint: none,
  RenameIndex: none,
  Reindex: none,
  CreateEnum: none,
  AddEnumValue: none,
  RenameEnumValue: none,
  RecreateEnum: none,
  CreateDomain: none,
  AddDomainConstraint: none,
  ValidateDomainConstraint: none,
  CreateType: none,
  DropType: none,
  RenameType: none,
  RenameView: none,
  RefreshView: none,
  CreatePolicy: none,
  AlterPolicy: none,
  DropPolicy: none,
  CreateRule: none,
  CreateSchema: none,
  DropSchema: none,
  RenameSchema: none,
  CreateSequence: none,
  AlterSequence: none,
  RenameSequence: none,
  DropSequence: none,
  CreateFunction: none,
  DropFunction: none,
}

/** What a change does on SQLite besides what it says: how it fails, and what is lost. */
export function outcomeOf(change: Change, session: Session): Outcome {
  const unknown = unknownSyntax(change, session)
  if (unknown) return { errors: [unknown], losses: [] }
  if (isRedefinition(change)) return redefined(change)
  const outcome = OUTCOMES[change.kind] as (change: Change, session: Session) => Outcome
  return outcome(change, session)
}

/** libSQL looks at no row: NULLs and orphans stay where they are no longer allowed. */
function redefined(change: Change): Outcome {
  if (change.kind !== 'SetNotNull' && change.kind !== 'AddForeignKey') return NOTHING
  const { table } = change
  if (isEmpty(change.before, table)) return NOTHING
  const columns = change.kind === 'SetNotNull' ? [change.column] : change.key.columns
  return { errors: [], losses: [{ why: 'unchecked', table, columns }] }
}
