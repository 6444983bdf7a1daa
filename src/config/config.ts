import type { DialectName } from '../dialects/names.ts'
import type { PluginConfig } from './plugins.ts'
import type { Severity } from '../finding/finding.ts'

/** How the project's migrations are applied; decides what shares a transaction. */
export type MigratorKind = 'drizzle' | 'per-file' | 'by-name' | 'none'

export type RuleFamily = 'sync' | 'history' | 'migration'

/** `'off'`, a severity, or a severity with the rule's options. */
export type RuleSetting =
  'off' | Severity | readonly ['off' | Severity, Readonly<Record<string, unknown>>]

/** Settings of one Drizzle project; given values win over what its drizzle config says. */
export interface ProjectConfig {
  /** Path of the drizzle config, relative to the repository root. */
  readonly config?: string
  readonly dialect?: DialectName
  /** The migrations folder, relative to the repository root. */
  readonly out?: string
  readonly schema?: string | readonly string[]
  readonly casing?: 'snake_case' | 'camelCase'
  /**
   * `drizzle`: all pending migrations in one transaction (default); `per-file`: one each; `by-name`:
   * a runner of one's own that applies every file whose name it has not recorded, in a transaction
   * each, so that times in the journal mean nothing; `none`: statement by statement (neon-http).
   */
  readonly migrator?: MigratorKind
  /** Who runs the migrations, where the project's dependencies do not tell (SQLite). */
  readonly driver?: string
  readonly postgres?: {
    /** Major version. Unknown means the worst of the supported ones (12 to 18). */
    readonly version?: number
    /** TimeZone of the session that migrates; default `UTC`. */
    readonly timezone?: string
  }
  readonly mysql?: {
    /** The server, if neither the dependencies nor a compose file name it; default MySQL. */
    readonly product?: string
    /** `8.4`, `10.11`. Unknown means the worst of the product's versions. */
    readonly version?: string
  }
  /** Which families of check run; default all. */
  readonly families?: readonly RuleFamily[]
  /** Findings located at or before this migration are dropped. */
  readonly baseline?: string
  /** Tables that stay small, by name or glob: what only grows with rows is not reported for them. */
  readonly smallTables?: readonly string[]
  /** Tables with fewer rows than this count as `smallTables`, where `status --sizes --save` has kept it. */
  readonly smallBelow?: number
  /**
   * Nobody uses the database while migrations run, and no old code runs beside new: locks and running
   * code are of no interest then.
   */
  readonly downtime?: boolean
}

/** A finding somebody has looked at and accepted; for migrations that must not be edited. */
export interface Acknowledgement {
  readonly migration: string
  readonly rule: string
  readonly object?: string
  readonly reason: string
}

/** When schema and migrations are compared: at every commit, or only when pushing. */
export type SyncConfig = { readonly at: 'commit' | 'push' } | 'off'

/** What a database has before the first migration, for `verify`. */
export interface VerifyConfig {
  /** SQL files, relative to the repository root. */
  readonly setup?: string | readonly string[]
  /** Services whose roles, schemas and functions the migrations build on. */
  readonly presets?: readonly ('supabase' | 'neon')[]
}

/** What `migration-lint.config.*` or package.json's `migrationLint` holds. */
export interface Config {
  /** Where a JSON configuration names its schema, for editors. */
  readonly $schema?: string
  /** The production branch; default: CI's variables, origin's default branch, main or master. */
  readonly base?: string
  readonly projects?: readonly ProjectConfig[]
  /** Which rules run that `rules` does not name; default `recommended`. */
  readonly preset?: 'recommended' | 'strict'
  readonly rules?: Readonly<Record<string, RuleSetting>>
  /** Rules of one's own, by the name that stands before theirs: `acme/no-enums`. */
  readonly plugins?: Readonly<Record<string, PluginConfig>>
  readonly acknowledged?: readonly Acknowledgement[]
  readonly sync?: SyncConfig
  readonly verify?: VerifyConfig
  /**
   * Env files to load a schema with where it cannot be loaded without them, relative to the repository
   * root; default: those that the project's scripts name.
   */
  readonly env?: string | readonly string[]
}
