import type { View } from '../catalog.ts'
import type { Expression } from '../expression.ts'
import type { QualifiedName } from '../names.ts'
import type { CopiedColumn, Policy } from '../table.ts'
import type { ViewSource } from '../viewSource.ts'

export interface CreateView {
  readonly kind: 'CreateView'
  readonly view: View
  readonly replace: boolean
  readonly ifNotExists: boolean
  readonly withData: boolean
}

export interface DropView {
  readonly kind: 'DropView'
  readonly view: QualifiedName
  readonly materialized: boolean
  readonly cascade: boolean
  readonly ifExists: boolean
}

export interface RenameView {
  readonly kind: 'RenameView'
  readonly view: QualifiedName
  readonly to: QualifiedName
}

export interface RefreshView {
  readonly kind: 'RefreshView'
  readonly view: QualifiedName
  readonly concurrently: boolean
}

export interface CreatePolicy {
  readonly kind: 'CreatePolicy'
  readonly table: QualifiedName
  readonly policy: Policy
}

export interface AlterPolicy {
  readonly kind: 'AlterPolicy'
  readonly table: QualifiedName
  readonly policy: string
  readonly to: string | null
}

export interface DropPolicy {
  readonly kind: 'DropPolicy'
  readonly table: QualifiedName
  readonly policy: string
  readonly ifExists: boolean
}

export interface CreateTrigger {
  readonly kind: 'CreateTrigger'
  readonly table: QualifiedName
  readonly trigger: string
  readonly replace: boolean
  readonly ifNotExists?: boolean
  /** BEFORE … FOR EACH ROW. */
  readonly beforeRow?: boolean
  /** What the statements in it read and write, where they are its own and not a function's. */
  readonly mentions: readonly ViewSource[]
  /** The function that it calls. */
  readonly calls?: QualifiedName
}

export interface DropTrigger {
  readonly kind: 'DropTrigger'
  readonly table: QualifiedName
  readonly trigger: string
  readonly ifExists: boolean
}

export interface CreateRule {
  readonly kind: 'CreateRule'
  readonly table: QualifiedName
}

export interface CreateSchema {
  readonly kind: 'CreateSchema'
  readonly schema: string
  readonly ifNotExists: boolean
}

export interface DropSchema {
  readonly kind: 'DropSchema'
  readonly schema: string
  readonly cascade: boolean
  readonly ifExists: boolean
}

export interface RenameSchema {
  readonly kind: 'RenameSchema'
  readonly schema: string
  readonly to: string
}

export interface CreateSequence {
  readonly kind: 'CreateSequence'
  readonly sequence: QualifiedName
  readonly ifNotExists: boolean
  readonly ownedBy: { readonly table: QualifiedName; readonly column: string } | null
}

export interface AlterSequence {
  readonly kind: 'AlterSequence'
  readonly sequence: QualifiedName
  /** null where it says nothing of an owner. */
  readonly ownedBy: { readonly table: QualifiedName; readonly column: string } | 'none' | null
  /** Where it counts on from; absent where it goes on as before. */
  readonly restart?: Restart
}

/**
 * The next number of a sequence: a number; the first it ever had; the one after the greatest that rows
 * hold (`max(id) + 1`), or that very one; or what cannot be read.
 */
export interface Restart {
  readonly at: number | 'the start' | 'past the rows' | 'the last row' | 'unknown'
}

export interface RenameSequence {
  readonly kind: 'RenameSequence'
  readonly sequence: QualifiedName
  readonly to: QualifiedName
}

export interface DropSequence {
  readonly kind: 'DropSequence'
  readonly sequence: QualifiedName
  readonly cascade: boolean
  readonly ifExists: boolean
}

export interface CreateFunction {
  readonly kind: 'CreateFunction'
  readonly function: QualifiedName
  readonly volatility: 'volatile' | 'stable' | 'immutable'
  readonly language: string
  readonly inlined: Expression | null
  /** It RETURNS trigger, so that only triggers can call it. */
  readonly forTriggers?: boolean
}

export interface DropFunction {
  readonly kind: 'DropFunction'
  readonly function: QualifiedName
  readonly cascade: boolean
  readonly ifExists: boolean
}

/** Rows written by the migration itself. */
export interface WriteRows {
  readonly kind: 'WriteRows'
  readonly table: QualifiedName
  readonly command: 'insert' | 'update' | 'delete' | 'merge' | 'copy'
  /** The columns it sets, with whether they are set to something other than NULL. */
  readonly sets: readonly { readonly column: string; readonly toNull: boolean }[]
  /** The columns that a value of its own is written into: not DEFAULT, nor OVERRIDING … VALUE. */
  readonly given?: readonly string[]
  /** No WHERE: every row. */
  readonly everyRow: boolean
  /** Columns whose every NULL its WHERE finds: `c IS NULL [OR …]`. */
  readonly whereNull: readonly string[]
  /** Columns that are NULL in every row its WHERE finds: `c IS NULL [AND …]`. */
  readonly onlyNull?: readonly string[]
  /** Columns its WHERE compares with `=` or IN, as far as they stand alone in an AND. */
  readonly keyedBy: readonly string[]
  readonly strings: readonly string[]
  /** Other relations it reads. */
  readonly reads: readonly QualifiedName[]
  /** All it does is copy one table's rows into another's. */
  readonly copies?: {
    readonly source: QualifiedName
    readonly columns: readonly CopiedColumn[]
    readonly everyRow: boolean
  }
}

/** A query: it locks nothing that matters. */
export interface ReadRows {
  readonly kind: 'ReadRows'
  /** Its rows are stored (CREATE TABLE … AS), so it is sure to read what it reads. */
  readonly stored: boolean
  /** It has no WHERE and no LIMIT that would spare it a row of what it reads. */
  readonly everyRow?: boolean
  readonly reads: readonly QualifiedName[]
}

/** BEGIN, COMMIT, ROLLBACK and their kin, written in a migration. */
export interface TransactionControl {
  readonly kind: 'TransactionControl'
  readonly command: 'begin' | 'commit' | 'rollback' | 'savepoint'
}

export interface SetVariable {
  readonly kind: 'SetVariable'
  readonly name: string
  readonly values: readonly string[]
  readonly local: boolean
}

/** A statement PostgreSQL runs outside transaction blocks only, that has no kind of its own. */
export interface OutsideTransaction {
  readonly kind: 'OutsideTransaction'
  readonly command: string
}

/** Brief and harmless: comments, grants, extensions, roles. `command` names it in SQL words. */
export interface Harmless {
  readonly kind: 'Harmless'
  readonly command: string
  /** The relation it locks SHARE UPDATE EXCLUSIVE, if it locks one. */
  readonly table: QualifiedName | null
  /** The extension that it creates. */
  readonly extension?: string
  /** Whom it grants something to. */
  readonly grantsTo?: readonly string[]
}

/** SQL built at run time: what it does cannot be read. */
export interface OpaqueSql {
  readonly kind: 'OpaqueSql'
  readonly reason: string
}

/** Text the server's parser does not accept. */
export interface UnparsedSql {
  readonly kind: 'UnparsedSql'
  /** The parser's own words. */
  readonly reason: string
}

/** A statement the catalog has no model for; `command` is the parser's name of it. */
export interface Unmodelled {
  readonly kind: 'Unmodelled'
  readonly command: string
}

export type OtherChange =
  | CreateView
  | DropView
  | RenameView
  | RefreshView
  | CreatePolicy
  | AlterPolicy
  | DropPolicy
  | CreateTrigger
  | DropTrigger
  | CreateRule
  | CreateSchema
  | DropSchema
  | RenameSchema
  | CreateSequence
  | AlterSequence
  | RenameSequence
  | DropSequence
  | CreateFunction
  | DropFunction
  | WriteRows
  | ReadRows
  | TransactionControl
  | SetVariable
  | OutsideTransaction
  | Harmless
  | OpaqueSql
  | UnparsedSql
  | Unmodelled
