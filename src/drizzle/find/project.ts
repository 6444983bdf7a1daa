import type { MigratorKind, RuleFamily } from '../../config/config.ts'
import type { Dialect } from '../../dialects/names.ts'
import type { Journal } from '../migrations/journal.ts'

/** One Drizzle project: one drizzle config, or one entry of our own configuration. */
export interface Project {
  /** For messages and `--project`: the drizzle config's path, else the migrations folder. */
  readonly name: string
  /** Path of the drizzle config, if it has one; relative to the root. */
  readonly config: string | null
  /** Other configs with the same migrations folder: another database of the same schema. */
  readonly otherConfigs: readonly string[]
  /** What the migrations are written in. */
  readonly dialect: Dialect
  /** What its config says the schema is written in; null where that cannot be read. */
  readonly schemaDialect: Dialect | null
  /** The folder drizzle-kit is run in, relative to the root: what its config's paths start from. */
  readonly folder: string
  /** The migrations folder, relative to the root. */
  readonly out: string
  readonly schema: readonly string[]
  readonly casing: 'snake_case' | 'camelCase' | null
  /** `migrations.prefix` of the drizzle config, where it can be read: how 0.x names its files. */
  readonly prefix: string | null
  /** Of the drizzle config, where it can be read. */
  readonly breakpoints: boolean | null
  /** `driver` of the drizzle config, where it can be read. */
  readonly driver: string | null
  /** Whether the drizzle config makes `out` an absolute path, as `path.join(__dirname, …)` does. */
  readonly absoluteOut: boolean
  readonly migrator: MigratorKind
  readonly postgres: { readonly version: number | null; readonly timezone: string }
  readonly families: readonly RuleFamily[]
  readonly baseline: string | null
  readonly smallTables: readonly string[]
  /**
   * Keys of the drizzle config that only running it would tell and that judging migrations can do
   * without: `schema` and `casing`, which sync needs. Their fields here are empty.
   */
  readonly unread: readonly { readonly key: 'schema' | 'casing'; readonly reason: string }[]
}

export type FolderLayout = 'journal' | 'folders'

/** One migration as the migrator would find it. */
export interface Migration {
  /** Journal tag (0.x) or folder name (1.0). */
  readonly name: string
  /** Path of its SQL, relative to the root. */
  readonly file: string
  /** Git's blob id of the SQL where the tree knows it. */
  readonly blob?: string
  /** Position in the order of application, from 0; in a journal those without SQL count too. */
  readonly position: number
}

/** The migrations folder in one tree. */
export interface MigrationFolder {
  readonly layout: FolderLayout
  /** Folder, relative to the root. */
  readonly path: string
  /** The journal as it stands; null in layout 1.0 and in a folder without migrations. */
  readonly journal: Journal | null
  /** Those that have SQL, in the order in which the migrator would apply them. */
  readonly migrations: readonly Migration[]
  /** SQL files that no migrator will ever run. */
  readonly orphans: readonly string[]
  /** Journaled migrations whose SQL is not in the tree. */
  readonly missing: readonly Migration[]
}
