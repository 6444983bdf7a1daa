import type { Change, ChangeKind, ChangeOf } from '../../../catalog/change.ts'
import {
  addColumn,
  alterAttributes,
  dropColumn,
  dropExpression,
  dropNotNull,
  renameColumn,
  setDefault,
  setExpression,
  setNotNull,
} from './columns.ts'
import { addCheck, addForeignKey, alterConstraint } from './constraints.ts'
import { addPrimaryKey, createIndex, dropConstraint, dropIndex } from './keys.ts'
import { NOTHING, type Outcome, always, failing } from './outcome.ts'
import type { RunError } from '../../effects.ts'
import { writeRows } from './rows.ts'
import type { Server } from './server.ts'
import {
  createTable,
  createView,
  dropTable,
  dropView,
  renameTable,
  setTableStorage,
  truncateTable,
} from './tables.ts'
import { alterColumnType } from './typeChange.ts'

type Outcomes = {
  readonly [K in ChangeKind]: (change: ChangeOf<K>, server: Server) => Outcome
}

const none = () => NOTHING

/** Every kind of change has an answer; those that MySQL has no statement for have the empty one. */
const OUTCOMES: Outcomes = {
  CreateTable: createTable,
  DropTable: dropTable,
  RenameTable: renameTable,
  TruncateTable: truncateTable,
  SetTableStorage: setTableStorage,
  AddColumn: addColumn,
  DropColumn: dropColumn,
  RenameColumn: renameColumn,
  AlterColumnType: alterColumnType,
  AlterColumnAttributes: alterAttributes,
  SetNotNull: setNotNull,
  DropNotNull: dropNotNull,
  SetDefault: setDefault,
  DropDefault: setDefault,
  SetExpression: setExpression,
  DropExpression: dropExpression,
  AddForeignKey: addForeignKey,
  AlterForeignKey: addForeignKey,
  AddCheck: addCheck,
  AddPrimaryKey: addPrimaryKey,
  DropConstraint: dropConstraint,
  AlterConstraint: alterConstraint,
  CreateIndex: createIndex,
  DropIndex: dropIndex,
  CreateView: createView,
  DropView: dropView,
  WriteRows: writeRows,
  RenameIndex: none,
  RenameView: none,
  CreateTrigger: none,
  DropTrigger: none,
  CreateSchema: none,
  DropSchema: none,
  TransactionControl: none,
  SetVariable: none,
  ReadRows: none,
  Harmless: none,
  OpaqueSql: none,
  UnparsedSql: none,
  Unmodelled: none,
  AddUnique: none,
  RebuildTable: none,
  SetTableSchema: none,
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
  AddExclusion: none,
  ValidateConstraint: none,
  RenameConstraint: none,
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
  RefreshView: none,
  CreatePolicy: none,
  AlterPolicy: none,
  DropPolicy: none,
  CreateRule: none,
  RenameSchema: none,
  CreateSequence: none,
  AlterSequence: none,
  RenameSequence: none,
  DropSequence: none,
  CreateFunction: none,
  DropFunction: none,
  OutsideTransaction: none,
}

/** MySQL knows IF EXISTS for tables and views alone. */
function onlyMariaDb(change: Change): RunError | null {
  const isLenient =
    ((change.kind === 'AddColumn' || change.kind === 'CreateIndex') && change.ifNotExists) ||
    ((change.kind === 'DropColumn' ||
      change.kind === 'DropIndex' ||
      change.kind === 'DropConstraint') &&
      change.ifExists)
  return isLenient
    ? always('syntax', 1064, 'MySQL knows no IF [NOT] EXISTS for columns, indexes and constraints')
    : null
}

/** What a change does on MySQL or MariaDB besides what it says. */
export function outcomeOf(change: Change, server: Server): Outcome {
  const unknown = server.mariadb ? null : onlyMariaDb(change)
  if (unknown) return failing(unknown)
  const outcome = OUTCOMES[change.kind] as (change: Change, server: Server) => Outcome
  return outcome(change, server)
}
