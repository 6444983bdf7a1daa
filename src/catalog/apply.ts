import { applyColumnChange } from './apply/column.ts'
import { applyConstraintChange } from './apply/constraint.ts'
import { applyIndexChange } from './apply/indexes.ts'
import { applyOtherChange } from './apply/others.ts'
import { applyTableChange } from './apply/table.ts'
import { applyTypeChange } from './apply/types.ts'
import type { Catalog } from './catalog.ts'
import type { ChangeBody, ChangeKind } from './change.ts'
import type { ColumnChange } from './change/column.ts'
import type { ConstraintChange } from './change/constraint.ts'
import type { IndexChange } from './change/indexes.ts'
import type { OtherChange } from './change/others.ts'
import type { TableChange } from './change/table.ts'
import type { TypeChange } from './change/types.ts'

type Apply = (catalog: Catalog, change: never) => Catalog

const families = {
  ...family<TableChange['kind']>(applyTableChange, [
    'CreateTable', 'DropTable', 'RenameTable', 'SetTableSchema', 'TruncateTable', 'SetTableStorage',
    'AlterTableSetting', 'SetRowSecurity', 'AttachPartition', 'DetachPartition', 'SetInheritance',
    'ClusterTable', 'VacuumTable', 'AnalyzeTable', 'LockTable',
  ]),
  ...family<ColumnChange['kind']>(applyColumnChange, [
    'AddColumn', 'DropColumn', 'RenameColumn', 'AlterColumnType', 'SetNotNull', 'DropNotNull',
    'SetDefault', 'DropDefault', 'AddIdentity', 'AlterIdentity', 'DropIdentity', 'SetExpression',
    'DropExpression',
  ]),
  ...family<ConstraintChange['kind']>(applyConstraintChange, [
    'AddForeignKey', 'AlterForeignKey', 'AddCheck', 'AddUnique', 'AddPrimaryKey', 'AddExclusion',
    'ValidateConstraint', 'DropConstraint', 'RenameConstraint', 'AlterConstraint',
  ]),
  ...family<IndexChange['kind']>(applyIndexChange, ['CreateIndex', 'DropIndex', 'RenameIndex', 'Reindex']),
  ...family<TypeChange['kind']>(applyTypeChange, [
    'CreateEnum', 'AddEnumValue', 'RenameEnumValue', 'RecreateEnum', 'CreateDomain',
    'AddDomainConstraint', 'ValidateDomainConstraint', 'CreateType', 'DropType', 'RenameType',
  ]),
  ...family<OtherChange['kind']>(applyOtherChange, [
    'CreateView', 'DropView', 'RenameView', 'RefreshView', 'CreatePolicy', 'AlterPolicy', 'DropPolicy',
    'CreateTrigger', 'DropTrigger', 'CreateRule', 'CreateSchema', 'DropSchema', 'RenameSchema',
    'CreateSequence', 'AlterSequence', 'RenameSequence', 'DropSequence', 'CreateFunction', 'WriteRows',
    'ReadRows', 'TransactionControl', 'SetVariable', 'OutsideTransaction', 'Harmless', 'OpaqueSql',
    'UnparsedSql', 'Unmodelled',
  ]),
} satisfies Record<ChangeKind, Apply>

function family<K extends string>(apply: Apply, kinds: readonly K[]): Record<K, Apply> {
  return Object.fromEntries(kinds.map((kind) => [kind, apply])) as Record<K, Apply>
}

/** Every kind of change there is. */
export const CHANGE_KINDS = Object.keys(families) as readonly ChangeKind[]

/**
 * The catalog after a change. It never fails: what the change is about may be unknown, and what
 * PostgreSQL would refuse is for `effects` to say.
 */
export function applyChange(catalog: Catalog, change: ChangeBody): Catalog {
  return families[change.kind](catalog, change as never)
}
