import type { Catalog } from '../catalog/catalog.ts'
import type { Change, Origin, Part } from '../catalog/change.ts'
import type { SqlReader } from '../catalog/reader.ts'
import type { Effects, Session } from './effects.ts'
import type { Range } from '../finding/finding.ts'
import type { Statement } from '../catalog/statement.ts'

/** A pending or deployed migration and its SQL. */
export interface MigrationSource {
  readonly name: string
  readonly file: string
  readonly text: string
}

/** A comment that silences rules for the statement after it. */
export interface Directive {
  readonly rules: readonly string[]
  readonly reason: string
  readonly start: number
  readonly end: number
}

/** What one dialect brings: its parser, its changes, and what they cost. */
export interface Engine {
  /** Runs a migration on a catalog. `first` numbers its first statement. */
  replay(
    catalog: Catalog,
    migration: MigrationSource,
    first: number,
    autocommit: boolean,
  ): { readonly catalog: Catalog; readonly statements: readonly Omit<Statement, 'migration'>[] }
  /** Idioms of several statements become the change they mean. */
  fold(changes: readonly Change[]): readonly Change[]
  effects(change: Change, session: Session): Effects
  /** Where a change, or a part of it, stands in its file. */
  locate(origin: Origin, part: Part | undefined): Range
  directives(text: string): readonly Directive[]
  /** Reads pieces of SQL that stand alone; bare names may mean the catalog's types. */
  reader(catalog: Catalog): SqlReader
}
