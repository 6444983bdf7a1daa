import type { Answers } from '../cache/answers.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Change, ChangeBody, Stretch } from '../catalog/change.ts'
import type { SqlReader } from '../catalog/reader.ts'
import type { Statement } from '../catalog/statement.ts'
import type { Effects, Session, TransactionSpan } from './effects.ts'
import type { BaseName, DialectName } from './names.ts'
import type { Reversal } from './reversal/reversal.ts'
import type { SnapshotReader, SnapshotVersions } from './snapshot/reader.ts'

/**
 * Everything that is one dialect's own. What is found in `registry.ts` under its name is all that the
 * rest of the program knows of it: nothing outside its folder asks which dialect there is.
 */
export interface Dialect {
  /** As drizzle-kit's config names it. */
  readonly name: DialectName
  /** Other names of it in configs, journals and snapshots of some drizzle-kit. */
  readonly aliases: readonly string[]
  /** Values of a config's `driver` that tell it, where the config has no `dialect`. */
  readonly drivers: readonly string[]
  /** The dialect whose SQL and schema files it has: its own name, or `sqlite` for Turso. */
  readonly base: BaseName
  readonly transactions: Transactions
  readonly singleStatement: SingleStatement
  /** A migration that does nothing, whichever driver runs it; without single quotes. */
  readonly emptyMigration: string
  /** Who can run the migrations, where that makes a difference; empty where it makes none. */
  readonly clients: readonly Client[]
  /** Servers that speak the dialect, each in its own way; the first where it is not known. */
  readonly products?: readonly Product[]
  readonly words: Words
  readonly snapshotVersions: SnapshotVersions
  /**
   * What of a migration's text reaches the database, for comparing two versions of it: no comments,
   * no layout; strings and quoted names to the letter. Empty where there is no statement.
   */
  significantText(text: string): string
  /** Reads and judges SQL; null for a dialect whose SQL is not judged yet. */
  readonly sql: SqlSupport | null
}

/** What of a migration is undone if a later part of it fails. */
export interface Transactions {
  /** `commits`: every DDL statement commits at once what came before it, and itself. */
  readonly ddl: 'transactional' | 'commits'
  /**
   * What Drizzle's own migrator puts into one transaction.
   *
   * @param driver - a config's `driver`; null where it is not known
   */
  migrator(driver: string | null): TransactionSpan
}

/** Drivers that send what stands between two breakpoints as one statement. */
export interface SingleStatement {
  /** Values of a config's `driver`. */
  readonly drivers: readonly string[]
  /** npm packages in a project's package.json. */
  readonly packages: readonly string[]
  /** Whether these drivers fail on a chunk without any statement. */
  readonly failOnEmpty: boolean
}

/** A driver that can run the migrations, and how to tell that a project has it. */
export interface Client {
  /** As `projects[].driver` of the configuration and `Session.driver` name it. */
  readonly name: string
  /** npm packages of which one is in the project's package.json. */
  readonly packages: readonly string[]
  /** The folder of its migrator: `drizzle-orm/<migrator>/migrator`. */
  readonly migrator: string
  /** Text in a wrangler file that says that it is there. */
  readonly wrangler?: string
  /** Whether `drizzle-kit migrate` can take it; the first of those that are installed is taken. */
  readonly kit: boolean
  /**
   * Every device has a database of its own, migrated from whatever it has when the app is started: any
   * suffix of the history may be pending, and nobody can ask production anything.
   */
  readonly onDevices?: boolean
}

/** A server that speaks a dialect, and how to tell that a project has it. */
export interface Product {
  /** As `projects[].mysql.product` of the configuration and `Session.product` name it. */
  readonly name: string
  /** npm packages of which one is in the project's package.json. */
  readonly packages: readonly string[]
  /** What is to be said once of judging it, where not all of it is known. */
  readonly notice?: string
  /** Images of a compose file, without the registry in front; null for a service. */
  readonly images: RegExp | null
}

/** What messages call things. */
export interface Words {
  /** The server: `PostgreSQL`. */
  readonly server: string
  /** A lock (`Lock.mode`) as the server's documentation names it: `ACCESS EXCLUSIVE`. */
  lock(mode: string): string
  /** What names stand in between; double quotes where it is not said. */
  readonly quote?: string
}

/** How a dialect's SQL gets judged. */
export interface SqlSupport {
  /**
   * Loads its parser, once; it costs, so only when there is something to parse.
   *
   * @param answers - of earlier runs, where its parser takes long to load
   */
  load(answers?: Answers): Promise<Engine>
}

/** A pending or deployed migration and its SQL. */
export interface MigrationSource {
  readonly name: string
  readonly file: string
  readonly text: string
}

/** A comment that silences rules for the statement after it. */
export interface Directive extends Stretch {
  readonly rules: readonly string[]
  /** What stands behind the second `--`; empty if nothing does. */
  readonly reason: string
}

/** A comment as it stands in a file. */
export interface SqlComment extends Stretch {
  /** With its dashes, or slashes and asterisks. */
  readonly text: string
}

/** A statement as it stands in a file. */
export interface SqlStatement extends Stretch {
  /** The parser's name of it (`DropStmt`); null for one that it refuses. */
  readonly command: string | null
}

/** A statement that the tool itself fails on; it is replayed as if nothing were known about it. */
export interface Failure {
  readonly file: string
  readonly migration: string
  /** Null where it is not known which statement it was. */
  readonly range: Stretch | null
  readonly error: unknown
}

/** What a migration does to a catalog. */
export interface Replay {
  readonly catalog: Catalog
  readonly failures?: readonly Failure[]
  readonly statements: readonly Omit<Statement, 'migration'>[]
}

/** A dialect with its parser loaded. */
export interface Engine {
  /** Whose it is. */
  readonly dialect: DialectName
  /** The database before the first migration. */
  readonly emptyCatalog: Catalog
  /**
   * Runs a migration on a catalog: every statement becomes changes. It does not stop at what the
   * server would refuse; that is for `effects` to say.
   *
   * @param first - the number of its first statement within the deployment
   * @param autocommit - statements run one by one, in no transaction (migrator `none`)
   */
  replay(catalog: Catalog, migration: MigrationSource, first: number, autocommit: boolean): Replay
  /** Idioms of several statements become the one change they mean, before anyone judges them. */
  fold(changes: readonly Change[]): readonly Change[]
  /**
   * Changes that a schema file asks for as drizzle-kit makes them. Without it: one by one, as they are.
   *
   * @param before - the database that they start from
   */
  plan?(before: Catalog, changes: readonly ChangeBody[]): readonly ChangeBody[]
  /** What a change costs. */
  effects(change: Change, session: Session): Effects
  /** How a change is undone. */
  reversal(change: Change): Reversal
  /** The directives in the comments of a migration. */
  directives(text: string): readonly Directive[]
  /** The statements of a whole migration, those that are refused too. */
  statements(text: string): readonly SqlStatement[]
  /** The comments of a whole migration, without statement breakpoints. */
  comments(text: string): readonly SqlComment[]
  /** Whether a text is plainly another dialect's: it quotes names in another way. */
  looksForeign(text: string): boolean
  /** Reads pieces of SQL that stand alone; bare names may mean the catalog's types. */
  reader(catalog: Catalog): SqlReader
  /** Reads the snapshots of one folder, in any order. */
  snapshots(): SnapshotReader
}
