import type { ColumnChange } from './column.ts'
import type { ConstraintChange } from './constraint.ts'
import type { IndexChange } from './indexes.ts'
import type { OtherChange } from './others.ts'
import type { TableChange } from './table.ts'
import type { TypeChange } from './types.ts'

/** The kinds of change by what they change, for tables that dispatch on them. */

export const TABLE_CHANGES = [
  'CreateTable',
  'DropTable',
  'RenameTable',
  'RebuildTable',
  'SetTableSchema',
  'TruncateTable',
  'SetTableStorage',
  'AlterTableSetting',
  'SetRowSecurity',
  'AttachPartition',
  'DetachPartition',
  'SetInheritance',
  'ClusterTable',
  'VacuumTable',
  'AnalyzeTable',
  'LockTable',
] as const satisfies readonly TableChange['kind'][]

export const COLUMN_CHANGES = [
  'AddColumn',
  'DropColumn',
  'RenameColumn',
  'AlterColumnType',
  'SetNotNull',
  'DropNotNull',
  'SetDefault',
  'DropDefault',
  'AddIdentity',
  'AlterIdentity',
  'DropIdentity',
  'SetExpression',
  'DropExpression',
  'AlterColumnAttributes',
] as const satisfies readonly ColumnChange['kind'][]

export const CONSTRAINT_CHANGES = [
  'AddForeignKey',
  'AlterForeignKey',
  'AddCheck',
  'AddUnique',
  'AddPrimaryKey',
  'AddExclusion',
  'ValidateConstraint',
  'DropConstraint',
  'RenameConstraint',
  'AlterConstraint',
] as const satisfies readonly ConstraintChange['kind'][]

export const INDEX_CHANGES = [
  'CreateIndex',
  'DropIndex',
  'RenameIndex',
  'Reindex',
] as const satisfies readonly IndexChange['kind'][]

export const TYPE_CHANGES = [
  'CreateEnum',
  'AddEnumValue',
  'RenameEnumValue',
  'RecreateEnum',
  'CreateDomain',
  'AddDomainConstraint',
  'ValidateDomainConstraint',
  'CreateType',
  'DropType',
  'RenameType',
] as const satisfies readonly TypeChange['kind'][]

export const OTHER_CHANGES = [
  'CreateView',
  'DropView',
  'RenameView',
  'RefreshView',
  'CreatePolicy',
  'AlterPolicy',
  'DropPolicy',
  'CreateTrigger',
  'DropTrigger',
  'CreateRule',
  'CreateSchema',
  'DropSchema',
  'RenameSchema',
  'CreateSequence',
  'AlterSequence',
  'RenameSequence',
  'DropSequence',
  'CreateFunction',
  'DropFunction',
  'WriteRows',
  'ReadRows',
  'TransactionControl',
  'SetVariable',
  'OutsideTransaction',
  'Harmless',
  'OpaqueSql',
  'UnparsedSql',
  'Unmodelled',
] as const satisfies readonly OtherChange['kind'][]
