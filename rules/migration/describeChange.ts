import { findTable } from '../../src/catalog/catalog.ts'
import type { Change, ChangeKind, ChangeOf, Part } from '../../src/catalog/change.ts'
import { isNewColumn } from '../../src/catalog/newness.ts'
import { type QualifiedName, displayColumn, displayName } from '../../src/catalog/names.ts'
import type { Session } from '../../src/dialects/effects.ts'
import type { DialectName } from '../../src/dialects/names.ts'
import { remedyOnMysql } from './mysql/longWork.ts'

/** How the nets speak of a change that no rule of its own speaks for. */
export interface ChangeWords {
  /** The statement in SQL words, to begin a sentence with. */
  readonly what: string
  /** What it is about, as findings name it. */
  readonly object: string
  readonly part: Part | undefined
  /** Why it rewrites, if that is not obvious: `, because …`. */
  readonly because: string
  readonly remedy: string
}

/** What to do instead, where that is not what it is on PostgreSQL. */
const REMEDIES: Readonly<Partial<Record<DialectName, (change: Change) => string>>> = {
  mysql: remedyOnMysql,
}

/** The words for one change. */
export function describeChange(
  session: Session,
  change: Change,
  base: DialectName = 'postgresql',
): ChangeWords {
  const describe = DESCRIPTIONS[change.kind] as (change: Change, session: Session) => Described
  const [what, object, more = {}] = describe(change, session)
  const words = { what, object, part: undefined, because: '', remedy: OUTSIDE, ...more }
  const remedy = REMEDIES[base]?.(change)
  return remedy === undefined ? words : { ...words, remedy }
}

/** The object a change is about, as findings name it. */
export function objectOf(change: Change): string {
  const describe = DESCRIPTIONS[change.kind] as (change: Change, session: null) => Described
  return describe(change, null)[1]
}

/** What it is in SQL words, what it is about, and what else is special about it. */
type Described = readonly [
  what: string,
  object: string,
  more?: Partial<Omit<ChangeWords, 'what' | 'object'>>,
]

const VALIDATE_LATER =
  'Ship the code that writes rows which satisfy it first; add it NOT VALID here, and VALIDATE CONSTRAINT in a migration of a later deployment.'
const USING_INDEX =
  'Create the unique index CONCURRENTLY by hand before the deployment. Here, write CREATE UNIQUE INDEX IF NOT EXISTS and then ADD CONSTRAINT … USING INDEX, with this line above the first: -- migration-lint-disable-next-statement create-index -- built concurrently beforehand.'
const USING_INDEX_LATER =
  'This deployment adds one of its columns, so the index cannot be built beforehand. Take this statement out, create the unique index CONCURRENTLY by hand after the deployment, and add CREATE UNIQUE INDEX IF NOT EXISTS and ADD CONSTRAINT … USING INDEX to a migration of a later one.'
const ON_EACH_PARTITION =
  'PostgreSQL refuses CONCURRENTLY and USING INDEX on a partitioned table. Here, add it with ALTER TABLE ONLY, to the parent alone; then, by hand and for each partition, create a unique index CONCURRENTLY, make it a constraint of the partition with USING INDEX, and attach it with ALTER INDEX … ATTACH PARTITION.'
const OUTSIDE =
  'Do it outside the migration, in batches, or in a deployment that locks no busy table.'
const ADD_COLUMN_REMEDY =
  'Add it nullable and without the default; set the default in a statement of its own, and backfill the old rows in batches outside the migration.'
const NEW_COLUMN = 'Add a new column, fill it in batches, and switch the code over.'
const NO_ONLINE_FORM = 'There is no online form; do it in a maintenance window.'

const DESCRIPTIONS: {
  readonly [K in ChangeKind]: (change: ChangeOf<K>, session: Session | null) => Described
} = {
  CreateTable: ({ table }) => ['CREATE TABLE', displayName(table)],
  DropTable: ({ table }) => ['DROP TABLE', displayName(table)],
  RenameTable: ({ table }) => ['Renaming the table', displayName(table)],
  RebuildTable: ({ table }) => ['Rebuilding the table', displayName(table)],
  SetTableSchema: ({ table }) => ['SET SCHEMA', displayName(table)],
  TruncateTable: ({ table }) => ['TRUNCATE', displayName(table)],
  SetTableStorage: ({ table, setting }) => [`SET ${setting.toUpperCase()}`, displayName(table)],
  AlterTableSetting: ({ table, action }) => [`ALTER TABLE … ${action}`, displayName(table)],
  SetRowSecurity: ({ table, enabled }) => [
    `${enabled ? 'ENABLE' : 'DISABLE'} ROW LEVEL SECURITY`,
    displayName(table),
  ],
  AttachPartition: ({ partition }) => ['ATTACH PARTITION', displayName(partition)],
  DetachPartition: ({ partition }) => ['DETACH PARTITION', displayName(partition)],
  SetInheritance: ({ table, inherits }) => [
    inherits ? 'INHERIT' : 'NO INHERIT',
    displayName(table),
  ],
  ClusterTable: ({ table, origin }) => ['CLUSTER', nameOr(table, origin.migration)],
  VacuumTable: ({ table, full, origin }) => [
    full ? 'VACUUM FULL' : 'VACUUM',
    nameOr(table, origin.migration),
  ],
  AnalyzeTable: ({ table }) => ['ANALYZE', displayName(table)],
  LockTable: ({ table }) => ['LOCK TABLE', displayName(table)],

  AddColumn: (change) => {
    const object = displayColumn(change.table, change.column)
    const more = { remedy: ADD_COLUMN_REMEDY, because: whyRewritten(change) }
    return [`Adding ${object}`, object, { part: 'default', ...more }]
  },
  DropColumn: (change) => onColumn('DROP COLUMN', change),
  RenameColumn: (change) => onColumn('Renaming the column', change),
  AlterColumnType: (change) => onColumn('Changing the type', change),
  SetNotNull: (change) => onColumn('SET NOT NULL', change),
  DropNotNull: (change) => onColumn('DROP NOT NULL', change),
  SetDefault: (change) => onColumn('SET DEFAULT', change),
  DropDefault: (change) => onColumn('DROP DEFAULT', change),
  AddIdentity: (change) => onColumn('ADD GENERATED AS IDENTITY', change),
  AlterIdentity: (change) => onColumn('SET GENERATED', change),
  DropIdentity: (change) => onColumn('DROP IDENTITY', change),
  SetExpression: ({ table, column }) => [
    'Changing the expression of a stored generated column',
    displayColumn(table, column),
    { part: 'column', remedy: NEW_COLUMN },
  ],
  DropExpression: (change) => onColumn('DROP EXPRESSION', change),
  AlterColumnAttributes: (change) => {
    const { table, column, gained, lost } = change
    const name = displayColumn(table, column)
    const what =
      gained.length > 0
        ? `Adding ${gained.join(', ')} to ${name}`
        : lost.length > 0
          ? `Dropping ${lost.join(', ')} from ${name}`
          : `Changing ${name}`
    return onColumn(what, change)
  },

  AddForeignKey: (change) => onConstraint('Adding foreign key', change, VALIDATE_LATER),
  AlterForeignKey: (change) => onConstraint('Replacing foreign key', change, VALIDATE_LATER),
  AddCheck: (change) => onConstraint('Adding check', change, VALIDATE_LATER),
  AddUnique: (change) => onConstraint('Adding unique constraint', change, usingIndex(change)),
  AddPrimaryKey: (change) => onConstraint('Adding primary key', change, usingIndex(change)),
  AddExclusion: (change) => onConstraint('Adding exclusion constraint', change, NO_ONLINE_FORM),
  ValidateConstraint: (change, session) =>
    onConstraint(
      'Validating',
      change,
      session?.transaction === 'deployment'
        ? 'Move it to a migration that is deployed later: all pending files run in one transaction, so another file does not help.'
        : 'Move it to a transaction of its own.',
    ),
  DropConstraint: ({ constraint }) => ['DROP CONSTRAINT', constraint],
  RenameConstraint: ({ constraint }) => ['RENAME CONSTRAINT', constraint],
  AlterConstraint: ({ constraint }) => ['ALTER CONSTRAINT', constraint],

  CreateIndex: ({ index }) => ['CREATE INDEX', index.name],
  DropIndex: ({ index }) => ['DROP INDEX', displayName(index)],
  RenameIndex: ({ index }) => ['Renaming the index', displayName(index)],
  Reindex: ({ name, table, target, origin }) => [
    `REINDEX ${target.toUpperCase()}`,
    nameOr(table ?? name, origin.migration),
  ],

  CreateEnum: ({ type }) => ['CREATE TYPE', displayName(type)],
  AddEnumValue: ({ type }) => ['ALTER TYPE … ADD VALUE', displayName(type)],
  RenameEnumValue: ({ type }) => ['ALTER TYPE … RENAME VALUE', displayName(type)],
  RecreateEnum: ({ type }) => ['Replacing the enum', displayName(type)],
  CreateDomain: ({ type }) => ['CREATE DOMAIN', displayName(type)],
  AddDomainConstraint: ({ type }) => ['Adding a constraint to the domain', displayName(type)],
  ValidateDomainConstraint: ({ type }) => [
    'Validating a constraint of the domain',
    displayName(type),
  ],
  CreateType: ({ type }) => ['CREATE TYPE', displayName(type)],
  DropType: ({ type }) => ['DROP TYPE', displayName(type)],
  RenameType: ({ type }) => ['Renaming the type', displayName(type)],

  CreateView: ({ view }) => [
    view.materialized ? 'CREATE MATERIALIZED VIEW' : 'CREATE VIEW',
    displayName(view),
  ],
  DropView: ({ view, materialized }) => [
    materialized ? 'DROP MATERIALIZED VIEW' : 'DROP VIEW',
    displayName(view),
  ],
  RenameView: ({ view }) => ['Renaming the view', displayName(view)],
  RefreshView: ({ view, concurrently }) => [
    'REFRESH MATERIALIZED VIEW',
    displayName(view),
    {
      part: 'name',
      remedy: concurrently ? OUTSIDE : 'Refresh it CONCURRENTLY, outside the migration.',
    },
  ],
  CreatePolicy: ({ table }) => ['CREATE POLICY', displayName(table)],
  AlterPolicy: ({ table }) => ['ALTER POLICY', displayName(table)],
  DropPolicy: ({ table }) => ['DROP POLICY', displayName(table)],
  CreateTrigger: ({ table }) => ['CREATE TRIGGER', displayName(table)],
  DropTrigger: ({ table }) => ['DROP TRIGGER', displayName(table)],
  CreateRule: ({ table }) => ['CREATE RULE', displayName(table)],
  CreateSchema: ({ schema }) => ['CREATE SCHEMA', schema],
  DropSchema: ({ schema }) => ['DROP SCHEMA', schema],
  RenameSchema: ({ schema }) => ['Renaming the schema', schema],
  CreateSequence: ({ sequence }) => ['CREATE SEQUENCE', displayName(sequence)],
  AlterSequence: ({ sequence }) => ['ALTER SEQUENCE', displayName(sequence)],
  RenameSequence: ({ sequence }) => ['Renaming the sequence', displayName(sequence)],
  DropSequence: ({ sequence }) => ['DROP SEQUENCE', displayName(sequence)],
  DropFunction: (change) => ['DROP FUNCTION', displayName(change.function)],
  CreateFunction: (change) => ['CREATE FUNCTION', displayName(change.function)],
  WriteRows: ({ command, table }) => [
    command === 'insert' ? 'INSERT … SELECT' : `This ${command.toUpperCase()}`,
    displayName(table),
    { part: 'table' },
  ],
  ReadRows: ({ reads, stored, origin }) => [
    stored ? 'Filling a table from a query' : 'This SELECT',
    nameOr(reads[0] ?? null, origin.migration),
  ],
  TransactionControl: ({ command, origin }) => [command.toUpperCase(), origin.migration],
  SetVariable: ({ name, origin }) => [`SET ${name}`, origin.migration],
  OutsideTransaction: ({ command, origin }) => [command, origin.migration],
  Harmless: ({ command, table, origin }) => [command, nameOr(table, origin.migration)],
  OpaqueSql: ({ origin }) => ['SQL built at run time', origin.migration],
  UnparsedSql: ({ origin }) => ['SQL that cannot be parsed', origin.migration],
  Unmodelled: ({ origin }) => ['This statement', origin.migration],
}

function nameOr(name: QualifiedName | null, otherwise: string): string {
  return name === null ? otherwise : displayName(name)
}

function onColumn(
  what: string,
  { table, column }: { readonly table: QualifiedName; readonly column: string },
): Described {
  return [what, displayColumn(table, column)]
}

function onConstraint(
  what: string,
  { constraint }: { readonly constraint: string },
  remedy: string,
): Described {
  return [`${what} ${constraint}`, constraint, { part: 'constraint', remedy }]
}

/** An index can be built beforehand where its columns exist and CONCURRENTLY is allowed. */
function usingIndex({ before, table, columns }: ChangeOf<'AddUnique' | 'AddPrimaryKey'>): string {
  if (columns.some((column) => isNewColumn(before, table, column))) return USING_INDEX_LATER
  return findTable(before, table)?.partitionKey ? ON_EACH_PARTITION : USING_INDEX
}

function whyRewritten({ definition }: ChangeOf<'AddColumn'>): string {
  if (definition.serial) return ', because serial numbers every existing row'
  if (definition.identity !== null) return ', because an identity numbers every existing row'
  if (definition.generated !== null)
    return ', because a stored generated column is computed for every row'
  if (definition.default !== null) return ', because its default is computed for every row'
  return ', because its domain has to be checked for every row'
}
