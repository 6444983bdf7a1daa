import { findTable } from '../../catalog/catalog.ts'
import type { Change, ChangeKind, ChangeOf } from '../../catalog/change.ts'
import { type QualifiedName, displayColumn, displayName } from '../../catalog/names.ts'
import { isNewTable } from '../../catalog/newness.ts'
import { byHand, gone, NOTHING, type Reversal } from './reversal.ts'

interface OnTable {
  readonly table: QualifiedName
}
interface OnColumn extends OnTable {
  readonly column: string
}
interface OnConstraint {
  readonly constraint: string
}

const nothing = () => NOTHING
const tableAsItWas = ({ table }: OnTable) => byHand(`the table ${displayName(table)} as it was`)
const columnAsItWas = ({ table, column }: OnColumn) =>
  byHand(`the column ${displayColumn(table, column)} as it was`)
const expressionOf = ({ table, column }: OnColumn) =>
  byHand(`the expression that ${displayColumn(table, column)} had`)
const defaultOf = ({ table, column }: OnColumn) =>
  byHand(`the default that ${displayColumn(table, column)} had`)
const constraintThatCame = ({ constraint }: OnConstraint) =>
  byHand(`drop the constraint ${constraint}`)
const constraintAsItWas = ({ constraint }: OnConstraint) =>
  byHand(`the constraint ${constraint} as it was`)
const typeAsItWas = ({ type }: { readonly type: QualifiedName }) =>
  byHand(`the type ${displayName(type)} as it was`)
const viewAsItWas = ({ view }: { readonly view: QualifiedName }) =>
  byHand(`the view ${displayName(view)} as it was`)
const what = ({ command }: { readonly command: string }) => byHand(`what ${command} did`)

/** What a dialect says of some kinds of change. */
export type Reversals = { readonly [K in ChangeKind]?: (change: ChangeOf<K>) => Reversal }

/**
 * What is known of undoing a change without a single statement of a dialect: nothing to do, gone, or to
 * be written by hand. A dialect puts its statements in place of these.
 */
export const GENERAL: { readonly [K in ChangeKind]: (change: ChangeOf<K>) => Reversal } = {
  CreateTable: ({ table }) => byHand(`drop the table ${displayName(table)}`),
  DropTable: ({ table, ifExists, before }) =>
    ifExists && findTable(before, table) === undefined
      ? NOTHING
      : gone(`the table ${displayName(table)} with its rows`),
  RenameTable: tableAsItWas,
  RebuildTable: tableAsItWas,
  SetTableSchema: tableAsItWas,
  TruncateTable: ({ table }) => gone(`the rows of ${displayName(table)}`),
  SetTableStorage: ({ table, setting }) => byHand(`the ${setting} of ${displayName(table)}`),
  AlterTableSetting: ({ table, action }) => byHand(`${action} of ${displayName(table)}`),
  SetRowSecurity: tableAsItWas,
  AttachPartition: ({ partition }) => byHand(`detach ${displayName(partition)}`),
  DetachPartition: ({ partition }) => byHand(`the bounds of ${displayName(partition)}`),
  SetInheritance: tableAsItWas,
  ClusterTable: nothing,
  VacuumTable: nothing,
  AnalyzeTable: nothing,
  LockTable: nothing,

  AddColumn: ({ table, column }) => byHand(`drop the column ${displayColumn(table, column)}`),
  DropColumn: ({ table, column }) => gone(`the data of ${displayColumn(table, column)}`),
  RenameColumn: columnAsItWas,
  AlterColumnType: columnAsItWas,
  SetNotNull: columnAsItWas,
  DropNotNull: columnAsItWas,
  SetDefault: defaultOf,
  DropDefault: defaultOf,
  AddIdentity: columnAsItWas,
  AlterIdentity: columnAsItWas,
  DropIdentity: columnAsItWas,
  AlterColumnAttributes: columnAsItWas,
  SetExpression: expressionOf,
  DropExpression: expressionOf,

  AddForeignKey: constraintThatCame,
  AlterForeignKey: constraintAsItWas,
  AddCheck: constraintThatCame,
  AddUnique: constraintThatCame,
  AddPrimaryKey: constraintThatCame,
  AddExclusion: constraintThatCame,
  ValidateConstraint: nothing,
  DropConstraint: ({ table, constraint }) =>
    byHand(`the constraint ${constraint} of ${displayName(table)}`),
  RenameConstraint: constraintAsItWas,
  AlterConstraint: constraintAsItWas,

  CreateIndex: ({ index }) => byHand(`drop the index ${index.name}`),
  DropIndex: ({ index }) => byHand(`the index ${displayName(index)}`),
  RenameIndex: ({ index, to }) => byHand(`rename the index ${to} to ${index.name}`),
  Reindex: nothing,

  CreateEnum: ({ type }) => byHand(`drop the type ${displayName(type)}`),
  AddEnumValue: ({ type, label }) =>
    byHand(`nothing removes ${label} from ${displayName(type)} again; unused it does no harm`),
  RenameEnumValue: typeAsItWas,
  RecreateEnum: ({ type }) => byHand(`the labels that ${displayName(type)} had`),
  CreateDomain: ({ type }) => byHand(`drop the domain ${displayName(type)}`),
  AddDomainConstraint: ({ type }) => byHand(`the constraint of ${displayName(type)}`),
  ValidateDomainConstraint: nothing,
  CreateType: ({ type }) => byHand(`drop the type ${displayName(type)}`),
  DropType: ({ type }) => byHand(`the type ${displayName(type)}`),
  RenameType: typeAsItWas,

  CreateView: ({ view }) => viewAsItWas({ view }),
  DropView: ({ view }) => byHand(`the view ${displayName(view)}`),
  RenameView: viewAsItWas,
  RefreshView: nothing,
  CreatePolicy: ({ policy }) => byHand(`drop the policy ${policy.name}`),
  AlterPolicy: ({ policy }) => byHand(`the policy ${policy} as it was`),
  DropPolicy: ({ table, policy }) => byHand(`the policy ${policy} of ${displayName(table)}`),
  CreateTrigger: ({ trigger }) => byHand(`the trigger ${trigger} as it was`),
  DropTrigger: ({ table, trigger }) => byHand(`the trigger ${trigger} of ${displayName(table)}`),
  CreateRule: ({ table }) => byHand(`the rule on ${displayName(table)}`),
  CreateSchema: ({ schema }) => byHand(`the schema ${schema}, if it was not there before`),
  DropSchema: ({ schema }) => gone(`the schema ${schema} with all that was in it`),
  RenameSchema: ({ schema, to }) => byHand(`rename the schema ${to} to ${schema}`),
  CreateSequence: ({ sequence }) =>
    byHand(`the sequence ${displayName(sequence)}, if it was not there before`),
  AlterSequence: ({ sequence }) => byHand(`the sequence ${displayName(sequence)} as it was`),
  RenameSequence: ({ sequence }) => byHand(`the sequence ${displayName(sequence)} as it was`),
  DropSequence: ({ sequence }) => byHand(`the sequence ${displayName(sequence)}, and its count`),
  CreateFunction: (change) => byHand(`the function ${displayName(change.function)}`),
  DropFunction: (change) => byHand(`the function ${displayName(change.function)}`),
  WriteRows: ({ table, command }) =>
    command === 'insert' || command === 'copy'
      ? byHand(`the rows that were inserted into ${displayName(table)}`)
      : gone(
          `what the ${command.toUpperCase()} of ${displayName(table)} has ${command === 'delete' ? 'deleted' : 'overwritten'}`,
        ),
  ReadRows: nothing,
  TransactionControl: nothing,
  SetVariable: nothing,
  OutsideTransaction: what,
  Harmless: what,
  OpaqueSql: () => byHand('what SQL that is built at run time did'),
  UnparsedSql: () => byHand('a statement that cannot be read'),
  Unmodelled: what,
}

/**
 * What stands on a table of the same deployment goes when that is dropped; a foreign key, though, may
 * keep the table that it points at from being dropped first. What a new column brings goes with it.
 */
function isUndoneWithItsTable(change: Change): boolean {
  if ('withColumn' in change && change.withColumn !== null) return true
  if (change.kind === 'CreateTable' || change.kind === 'AddForeignKey') return false
  const { table = null } = change as { table?: Parameters<typeof isNewTable>[1] | null }
  return table !== null && isNewTable(change.before, table)
}

/** How a dialect undoes a change, by its own statements where it has them. */
export function reversals(own: Reversals): (change: Change) => Reversal {
  const all = { ...GENERAL, ...own } as Record<ChangeKind, (change: Change) => Reversal>
  return (change) => (isUndoneWithItsTable(change) ? NOTHING : all[change.kind](change))
}
