import type { Change, ChangeKind, ChangeOf } from '../../catalog/change.ts'
import { type QualifiedName, displayColumn, displayName } from '../../catalog/names.ts'
import { isNewTable } from '../../catalog/newness.ts'
import type { Column, ForeignKeyConstraint } from '../../catalog/table.ts'
import { displayType } from '../../catalog/type.ts'

/** Columns of a new table beyond these are counted. */
const MOST_COLUMNS = 12

/** What goes without saying of a table that the same deployment makes. */
const PARTS_OF_A_TABLE: ReadonlySet<ChangeKind> = new Set([
  'AddPrimaryKey',
  'AddUnique',
  'AddCheck',
  'CreateIndex',
  'SetRowSecurity',
])

/** What a migration does, a line for each change that a reviewer wants to know of. */
export function changesInWords(changes: readonly Change[]): string[] {
  return changes.filter((change) => !isPartOfNewTable(change)).map(changeInWords)
}

function isPartOfNewTable(change: Change): boolean {
  const isPart = PARTS_OF_A_TABLE.has(change.kind) && 'table' in change && change.table !== null
  return isPart && isNewTable(change.before, change.table as QualifiedName)
}

/** What a change does, in the words of somebody who tells a colleague: `adds the column a.b (text)`. */
export function changeInWords(change: Change): string {
  return (WORDS[change.kind] as (change: Change) => string)(change)
}

const WORDS: { readonly [K in ChangeKind]: (change: ChangeOf<K>) => string } = {
  CreateTable: ({ table, definition: { columns } }) =>
    columns.length > MOST_COLUMNS
      ? `creates the table ${displayName(table)} (${columns.length} columns)`
      : `creates the table ${displayName(table)} (${columns.map(({ name }) => name).join(', ')})`,
  DropTable: ({ table }) => `drops the table ${displayName(table)}`,
  RenameTable: ({ table, to }) => `renames the table ${displayName(table)} to ${displayName(to)}`,
  RebuildTable: ({ table }) => `rebuilds the table ${displayName(table)} (copies its rows)`,
  SetTableSchema: ({ table, to }) => `moves the table ${displayName(table)} to ${displayName(to)}`,
  TruncateTable: ({ table }) => `deletes every row of ${displayName(table)} (TRUNCATE)`,
  SetTableStorage: ({ table, setting }) => `sets ${setting} of the table ${displayName(table)}`,
  AlterTableSetting: ({ table, action }) => `${action} on ${displayName(table)}`,
  SetRowSecurity: ({ table, enabled }) =>
    `switches row-level security of ${displayName(table)} ${enabled ? 'on' : 'off'}`,
  AttachPartition: ({ table, partition }) =>
    `attaches ${displayName(partition)} to ${displayName(table)} as a partition`,
  DetachPartition: ({ table, partition }) =>
    `detaches the partition ${displayName(partition)} from ${displayName(table)}`,
  SetInheritance: ({ table, parent, inherits }) =>
    `makes ${displayName(table)} ${inherits ? 'inherit' : 'no longer inherit'} from ${displayName(parent)}`,
  ClusterTable: ({ table }) =>
    `stores ${nameOr(table, 'tables')} in the order of an index (CLUSTER)`,
  VacuumTable: ({ table, full }) =>
    `runs VACUUM${full ? ' FULL' : ''} on ${nameOr(table, 'tables')}`,
  AnalyzeTable: ({ table }) => `runs ANALYZE on ${displayName(table)}`,
  LockTable: ({ table }) => `locks ${displayName(table)} (LOCK TABLE)`,

  AddColumn: ({ table, column, definition }) =>
    `adds the column ${displayColumn(table, column)} (${columnInWords(definition)})`,
  DropColumn: ({ table, column }) => `drops the column ${displayColumn(table, column)}`,
  RenameColumn: ({ table, column, to }) =>
    `renames the column ${displayColumn(table, column)} to ${to}`,
  AlterColumnType: ({ table, column, from, to }) =>
    `changes ${displayColumn(table, column)} ${from === null ? '' : `from ${displayType(from)} `}to ${displayType(to)}`,
  SetNotNull: ({ table, column }) => `makes ${displayColumn(table, column)} NOT NULL`,
  DropNotNull: ({ table, column }) => `allows NULL in ${displayColumn(table, column)}`,
  SetDefault: ({ table, column }) => `gives ${displayColumn(table, column)} a default`,
  DropDefault: ({ table, column }) => `drops the default of ${displayColumn(table, column)}`,
  AddIdentity: ({ table, column }) => `makes ${displayColumn(table, column)} an identity column`,
  AlterIdentity: ({ table, column }) => `alters the identity of ${displayColumn(table, column)}`,
  DropIdentity: ({ table, column }) => `drops the identity of ${displayColumn(table, column)}`,
  AlterColumnAttributes: ({ table, column, gained, lost, position }) => {
    const parts = [...gained.map((one) => `gains ${one}`), ...lost.map((one) => `loses ${one}`)]
    return `${displayColumn(table, column)} ${parts.join(', ') || (position ? 'comes to another place' : 'gets another comment')}`
  },
  SetExpression: ({ table, column }) =>
    `changes the expression of the generated column ${displayColumn(table, column)}`,
  DropExpression: ({ table, column }) =>
    `makes the generated column ${displayColumn(table, column)} a plain one`,

  AddForeignKey: ({ table, key }) => `adds the foreign key ${foreignKeyInWords(table, key)}`,
  AlterForeignKey: ({ table, key }) =>
    `gives the foreign key ${foreignKeyInWords(table, key)} another action`,
  AddCheck: ({ table, constraint }) => `adds the check ${constraint} to ${displayName(table)}`,
  AddUnique: ({ table, columns }) => `makes ${columnsOf(table, columns)} unique`,
  AddPrimaryKey: ({ table, columns }) => `makes ${columnsOf(table, columns)} the primary key`,
  AddExclusion: ({ table, constraint }) =>
    `adds the exclusion constraint ${constraint} to ${displayName(table)}`,
  ValidateConstraint: ({ table, constraint }) =>
    `validates the constraint ${constraint} of ${displayName(table)}`,
  DropConstraint: ({ table, constraint }) =>
    `drops the constraint ${constraint} of ${displayName(table)}`,
  RenameConstraint: ({ constraint, to }) => `renames the constraint ${constraint} to ${to}`,
  AlterConstraint: ({ constraint }) => `alters the constraint ${constraint}`,

  CreateIndex: ({ table, index, concurrently }) =>
    `builds the ${index.unique ? 'unique ' : ''}index ${index.name} on ${displayName(table)}${concurrently ? ' concurrently' : ''}`,
  DropIndex: ({ index }) => `drops the index ${displayName(index)}`,
  RenameIndex: ({ index, to }) => `renames the index ${displayName(index)} to ${to}`,
  Reindex: ({ name }) => `rebuilds ${nameOr(name, 'indexes')} (REINDEX)`,

  CreateEnum: ({ type, labels }) => `creates the enum ${displayName(type)} (${labels.join(', ')})`,
  AddEnumValue: ({ type, label }) => `adds ${label} to the enum ${displayName(type)}`,
  RenameEnumValue: ({ type, label, to }) =>
    `renames ${label} of the enum ${displayName(type)} to ${to}`,
  RecreateEnum: ({ type, labels }) =>
    `recreates the enum ${displayName(type)} (${labels.join(', ')})`,
  CreateDomain: ({ type }) => `creates the domain ${displayName(type)}`,
  AddDomainConstraint: ({ type }) => `adds a constraint to the domain ${displayName(type)}`,
  ValidateDomainConstraint: ({ type }) =>
    `validates a constraint of the domain ${displayName(type)}`,
  CreateType: ({ type }) => `creates the type ${displayName(type)}`,
  DropType: ({ type }) => `drops the type ${displayName(type)}`,
  RenameType: ({ type, to }) => `renames the type ${displayName(type)} to ${displayName(to)}`,

  CreateView: ({ view }) => `creates the ${viewWord(view.materialized)} ${displayName(view)}`,
  DropView: ({ view, materialized }) => `drops the ${viewWord(materialized)} ${displayName(view)}`,
  RenameView: ({ view, to }) => `renames the view ${displayName(view)} to ${displayName(to)}`,
  RefreshView: ({ view }) => `refreshes the materialized view ${displayName(view)}`,
  CreatePolicy: ({ table, policy }) => `creates the policy ${policy.name} on ${displayName(table)}`,
  AlterPolicy: ({ table, policy }) => `alters the policy ${policy} on ${displayName(table)}`,
  DropPolicy: ({ table, policy }) => `drops the policy ${policy} on ${displayName(table)}`,
  CreateTrigger: ({ table, trigger }) => `creates the trigger ${trigger} on ${displayName(table)}`,
  DropTrigger: ({ table, trigger }) => `drops the trigger ${trigger} on ${displayName(table)}`,
  CreateRule: ({ table }) => `creates a rule on ${displayName(table)}`,
  CreateSchema: ({ schema }) => `creates the schema ${schema}`,
  DropSchema: ({ schema }) => `drops the schema ${schema}`,
  RenameSchema: ({ schema, to }) => `renames the schema ${schema} to ${to}`,
  CreateSequence: ({ sequence }) => `creates the sequence ${displayName(sequence)}`,
  AlterSequence: ({ sequence }) => `alters the sequence ${displayName(sequence)}`,
  RenameSequence: ({ sequence, to }) =>
    `renames the sequence ${displayName(sequence)} to ${displayName(to)}`,
  DropSequence: ({ sequence }) => `drops the sequence ${displayName(sequence)}`,
  CreateFunction: (change) => `creates the function ${displayName(change.function)}`,
  DropFunction: (change) => `drops the function ${displayName(change.function)}`,
  WriteRows: ({ table, command, everyRow }) =>
    `${ROWS[command]} ${everyRow && command !== 'insert' && command !== 'copy' ? 'every row' : 'rows'} of ${displayName(table)}`,
  ReadRows: () => 'runs a query',
  TransactionControl: ({ command }) => `runs ${command.toUpperCase()}`,
  SetVariable: ({ name }) => `sets ${name}`,
  OutsideTransaction: ({ command }) => `runs ${command}`,
  Harmless: ({ command }) => `runs ${command}`,
  OpaqueSql: () => 'runs SQL that is built at run time',
  UnparsedSql: () => 'has a statement that cannot be read',
  Unmodelled: ({ command }) => `runs ${command}, which is not modelled`,
}

const ROWS = {
  insert: 'inserts',
  copy: 'copies in',
  update: 'updates',
  delete: 'deletes',
  merge: 'merges',
} as const

function columnInWords({ type, notNull, default: standard, generated, identity }: Column): string {
  return [
    displayType(type),
    ...(notNull ? ['NOT NULL'] : []),
    ...(standard ? ['with a default'] : []),
    ...(generated ? ['generated'] : []),
    ...(identity ? ['identity'] : []),
  ].join(', ')
}

function foreignKeyInWords(
  table: QualifiedName,
  { columns, references, onDelete, valid }: ForeignKeyConstraint,
): string {
  const action = onDelete === 'no action' ? '' : `, on delete ${onDelete}`
  return `from ${columnsOf(table, columns)} to ${displayName(references)}${action}${valid ? '' : ', not validated'}`
}

function columnsOf(table: QualifiedName, columns: readonly string[]): string {
  return columns.length === 1
    ? displayColumn(table, columns[0]!)
    : `${displayName(table)} (${columns.join(', ')})`
}

function nameOr(name: QualifiedName | null, otherwise: string): string {
  return name === null ? otherwise : displayName(name)
}

function viewWord(materialized: boolean): string {
  return materialized ? 'materialized view' : 'view'
}
