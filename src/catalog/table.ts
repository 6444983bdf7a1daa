import type { Expression } from './expression.ts'
import type { QualifiedName } from './names.ts'
import type { DataType } from './type.ts'
import type { ViewSource } from './viewSource.ts'

/** The number of the deployment that made or changed something; see `Catalog.deployment`. */
export type Epoch = number

export interface Column {
  readonly name: string
  readonly type: DataType
  readonly notNull: boolean
  readonly default: Expression | null
  readonly identity: 'always' | 'by default' | null
  readonly generated: { readonly expression: Expression; readonly stored: boolean } | null
  /** Its default draws from a sequence that the column owns (`serial`). */
  readonly serial: boolean
  /** It counts by itself and never uses a number again (AUTOINCREMENT, AUTO_INCREMENT). */
  readonly autoIncrement?: boolean
  /** Every UPDATE of its row sets it to the time (MySQL's ON UPDATE CURRENT_TIMESTAMP). */
  readonly onUpdate?: boolean
  readonly comment?: string
  readonly createdIn: Epoch
  /** The last deployment that gave it another default, where that came after the column. */
  readonly defaultedIn: Epoch | null
  /** The last deployment that set it in every row that had none. */
  readonly filledIn: Epoch | null
  /** The last deployment that may have set it in any row at all. */
  readonly writtenIn: Epoch | null
}

interface ConstraintBase {
  readonly name: string
  /** False after NOT VALID until it is validated: rows that were there first are not proved. */
  readonly valid: boolean
  /** The column in whose definition it stands: where that matters, it goes with it. */
  readonly ofColumn?: string
  /** Nobody named it: its name here is made up, and the database has none. */
  readonly unnamed?: boolean
  readonly createdIn: Epoch
}

export interface CheckConstraint extends ConstraintBase {
  readonly type: 'check'
  readonly expression: Expression
}

export type ReferentialAction = 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default'

export interface ForeignKeyConstraint extends ConstraintBase {
  readonly type: 'foreign key'
  readonly columns: readonly string[]
  readonly references: QualifiedName
  /** Empty while the referenced table is not known. */
  readonly referencedColumns: readonly string[]
  readonly onDelete: ReferentialAction
  readonly onUpdate: ReferentialAction
  readonly enforced: boolean
  /** It can be checked at the end of the transaction (DEFERRABLE), and when it is by itself. */
  readonly deferrable?: 'immediate' | 'deferred'
  /** It was written without the columns it points at: the primary key's are meant. */
  readonly toPrimaryKey?: boolean
}

export interface KeyConstraint extends ConstraintBase {
  readonly type: 'unique' | 'primary key'
  readonly columns: readonly string[]
}

export interface ExclusionConstraint extends ConstraintBase {
  readonly type: 'exclude'
  readonly columns: readonly string[]
}

export interface NotNullConstraint extends ConstraintBase {
  readonly type: 'not null'
  readonly columns: readonly string[]
}

export type Constraint =
  CheckConstraint | ForeignKeyConstraint | KeyConstraint | ExclusionConstraint | NotNullConstraint

export interface Index {
  readonly name: string
  readonly method: string
  readonly unique: boolean
  readonly nullsNotDistinct: boolean
  /** Key columns in order; null where the key is an expression. */
  readonly columns: readonly (string | null)[]
  /** The operator class of each key, where one is written. */
  readonly operatorClasses?: readonly (string | null)[]
  readonly included: readonly string[]
  /** Columns that its key expressions read. */
  readonly expressionColumns: readonly string[]
  /** Functions that its key expressions call. */
  readonly functions?: readonly QualifiedName[]
  readonly predicate: Expression | null
  /** The constraint it stands behind, if any. */
  readonly constraint: string | null
  /** How many characters of each column it holds, where that is not all of them (MySQL). */
  readonly prefixes?: readonly (number | null)[]
  /** The server has made it for a foreign key, and drops it for another one that serves (MySQL). */
  readonly implicit?: boolean
  readonly createdIn: Epoch
}

export interface Policy {
  readonly name: string
  readonly command: string
  /** Columns of its own table. */
  readonly columns: readonly string[]
  /** What its sub-selects read of other tables. */
  readonly reads?: readonly ViewSource[]
  /** Functions that it calls. */
  readonly functions?: readonly QualifiedName[]
  /** The roles that it names; none where it holds for everybody. */
  readonly roles?: readonly string[]
}

/** A trigger, and what the statements in it read and write. */
export interface Trigger {
  readonly name: string
  readonly calls?: QualifiedName
  readonly mentions: readonly ViewSource[]
}

/** Rows of another table that were copied into a table: the first half of a rebuild. */
export interface TableCopy {
  /** The other table as it was then. */
  readonly source: Table
  /** What each column is filled with: another's column as it is, or an expression. */
  readonly columns: readonly CopiedColumn[]
  /** Nothing keeps a row back. */
  readonly everyRow: boolean
}

export interface CopiedColumn {
  readonly column: string
  /** The source's column, where it is copied as it is. */
  readonly from: string | null
  readonly value: Expression
}

/** Rows that were written and that deferred foreign keys have not been checked for yet. */
export interface PendingEvents {
  readonly transaction: Epoch
  /** How many times SET CONSTRAINTS … IMMEDIATE had run by then. */
  readonly checks: number
  /** Whether the write was of every row, or of those that a WHERE finds. */
  readonly rows: 'every row' | 'some'
}

export interface Table {
  readonly schema: string
  readonly name: string
  readonly columns: readonly Column[]
  readonly constraints: readonly Constraint[]
  readonly indexes: readonly Index[]
  readonly policies: readonly Policy[]
  readonly triggers: readonly Trigger[]
  readonly rowSecurity: boolean
  /** Its policies hold for its owner, too (FORCE ROW LEVEL SECURITY). */
  readonly rowSecurityForced?: boolean
  /** The plain columns it is partitioned by; null for a table without partitions. */
  readonly partitionKey: readonly string[] | null
  readonly partitionOf: QualifiedName | null
  readonly defaultPartition: boolean
  readonly inherits: readonly QualifiedName[]
  readonly createdIn: Epoch
  /** The last deployment that wrote rows into it. */
  readonly filledIn: Epoch | null
  /** The last deployment that deleted every row of it and has written none since. */
  readonly emptiedIn: Epoch | null
  /** The last deployment that gave it an empty file (TRUNCATE) and has written no rows since. */
  readonly truncatedIn?: Epoch | null
  /** False if its columns are not all known (LIKE, AS SELECT, INHERITS of something unknown). */
  readonly complete: boolean
  /** SQLite's STRICT: types are checked, and only a few exist. */
  readonly strict?: boolean
  /** What columns get that name no character set or collation of their own (MySQL). */
  readonly charset?: string
  readonly collation?: string
  /** Kept by a module of SQLite (FTS5, R-Tree): no schema file can declare it. */
  readonly virtual?: boolean
  readonly copiedFrom?: TableCopy
  readonly pendingEvents?: PendingEvents
  /** Its rows are not in the write-ahead log (UNLOGGED). */
  readonly unlogged?: boolean
}

/** A table that is known by its name alone. */
export function emptyTable(name: QualifiedName, createdIn: Epoch): Table {
  return {
    schema: name.schema,
    name: name.name,
    columns: [],
    constraints: [],
    indexes: [],
    policies: [],
    triggers: [],
    rowSecurity: false,
    partitionKey: null,
    partitionOf: null,
    defaultPartition: false,
    inherits: [],
    createdIn,
    filledIn: null,
    emptiedIn: null,
    complete: true,
  }
}

/** The column of that name, if the table is known to have it. */
export function findColumn(table: Table | undefined, name: string): Column | undefined {
  return table?.columns.find((column) => column.name === name)
}

/** The constraint of that name, if the table is known to have it. */
export function findConstraint(table: Table | undefined, name: string): Constraint | undefined {
  return table?.constraints.find((constraint) => constraint.name === name)
}

/** Every column that an index needs: when one of them is dropped, the index goes with it. */
export function indexColumns(index: Index): readonly string[] {
  return [
    ...index.columns.filter((column) => column !== null),
    ...index.included,
    ...index.expressionColumns,
    ...(index.predicate?.columns ?? []),
  ]
}

/** Whether the index keeps just these columns unique, so that a foreign key can point at them. */
export function isKeyOn(index: Index, columns: readonly string[]): boolean {
  return (
    index.unique &&
    index.predicate === null &&
    index.columns.every((column) => column !== null) &&
    sameColumns(index.columns, columns)
  )
}

/**
 * The unique index that a foreign key hangs on: the server chooses one when the key is made, and it
 * cannot be dropped while the key is there. That is the primary key's where the key names no columns,
 * else the oldest that fits (`transformFkeyCheckAttrs`, tablecmds.c).
 */
export function indexBehind(target: Table, key: ForeignKeyConstraint): Index | undefined {
  const fitting = target.indexes.filter((index) => isKeyOn(index, key.referencedColumns))
  const primary = key.toPrimaryKey === true ? primaryKeyOf(target)?.name : undefined
  return (
    fitting.find(({ constraint }) => primary !== undefined && constraint === primary) ?? fitting[0]
  )
}

/** The table's primary key, if it is known to have one. */
export function primaryKeyOf(
  table: Pick<Table, 'constraints'> | undefined,
): Constraint | undefined {
  return table?.constraints.find(({ type }) => type === 'primary key')
}

/** The columns a constraint is about. */
export function constraintColumns(constraint: Constraint): readonly string[] {
  return constraint.type === 'check' ? constraint.expression.columns : constraint.columns
}

/** Whether two lists name the same columns, in any order. */
export function sameColumns(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((column) => b.includes(column))
}
