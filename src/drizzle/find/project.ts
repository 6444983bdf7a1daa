import type { MigratorKind, RuleFamily } from '../../config/config.ts'
import type { DialectName } from '../../dialects/names.ts'

/** One Drizzle project: one drizzle config, or one entry of our own configuration. */
export interface Project {
  /** For messages and `--project`: the drizzle config's path, else the migrations folder. */
  readonly name: string
  /** Path of the drizzle config, if it has one; relative to the root. */
  readonly config: string | null
  /** Other configs with the same migrations folder: another database of the same schema. */
  readonly otherConfigs: readonly string[]
  /** What the migrations are written in. */
  readonly dialect: DialectName
  /** What its config says the schema is written in; null where that cannot be read. */
  readonly schemaDialect: DialectName | null
  /** The folder drizzle-kit is run in, relative to the root: what its config's paths start from. */
  readonly folder: string
  /** The migrations folder, relative to the root. */
  readonly out: string
  readonly schema: readonly string[]
  readonly casing: 'snake_case' | 'camelCase' | null
  /** `migrations.prefix` of the drizzle config, where it can be read: how 0.x names its files. */
  readonly prefix: string | null
  /** Where the migrator keeps what it has applied, as far as the drizzle config says. */
  readonly bookkeeping: { readonly table: string | null; readonly schema: string | null }
  /** `tablesFilter` and `schemaFilter` of the drizzle config; null where it has none that can be read. */
  readonly filters: {
    readonly tables: readonly string[] | null
    readonly schemas: readonly string[] | null
  }
  /** Of the drizzle config, where it can be read. */
  readonly breakpoints: boolean | null
  /** Who runs the migrations, as our own configuration has it. */
  readonly client: string | null
  /** `driver` of the drizzle config, where it can be read. */
  readonly driver: string | null
  /** Whether the drizzle config makes `out` an absolute path, as `path.join(__dirname, …)` does. */
  readonly absoluteOut: boolean
  readonly migrator: MigratorKind
  readonly postgres: { readonly version: number | null; readonly timezone: string }
  readonly mysql: { readonly product: string | null; readonly version: string | null }
  readonly families: readonly RuleFamily[]
  readonly baseline: string | null
  readonly smallTables: readonly string[]
  /** Rows below which a table counts as one of them, where its size is known; null: none does. */
  readonly smallBelow: number | null
  /** Whether nobody uses the database while migrations run; null where nobody has said. */
  readonly downtime: boolean | null
  /**
   * Keys of the drizzle config that only running it would tell and that judging migrations can do
   * without: `schema` and `casing`, which sync needs. Their fields here are empty.
   */
  readonly unread: readonly { readonly key: 'schema' | 'casing'; readonly reason: string }[]
}
