import type { Config, RuleFamily } from '../config/config.ts'
import type { JsonReport } from '../report/json.ts'

/** What `lint` judges, and against what. */
export type Selection =
  /** The working directory against the production branch. */
  | { readonly kind: 'default' }
  /** What the index changes. */
  | { readonly kind: 'staged' }
  /** The working directory against a branch, tag or commit. */
  | { readonly kind: 'base'; readonly ref: string }
  /** Everything after a migration, as one deployment. */
  | { readonly kind: 'since'; readonly tag: string }
  /** Every migration, each as a deployment of its own. */
  | { readonly kind: 'all' }
  /** SQL files, as one deployment; relative to `cwd`. */
  | { readonly kind: 'files'; readonly files: readonly string[] }

/** What `lint` is asked to do; what is left out is as on the command line. */
export interface LintOptions {
  /** The folder to work in; default: the process's. */
  readonly cwd?: string
  /** Default: the working directory against the production branch. */
  readonly selection?: Selection
  /** Projects by folder or drizzle config, relative to `cwd`; default: those at or around `cwd`. */
  readonly projects?: readonly string[]
  /** Families of checks; default: what the configuration says. */
  readonly only?: readonly RuleFamily[]
  /** The configuration itself, or where it is, relative to `cwd`; default: the repository's. */
  readonly config?: Config | string
  /** More warnings than this make `exitCode` 1; default: any number is fine. */
  readonly maxWarnings?: number
  /** CI's and git's variables are read from it; default: the process's. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Stops the run. */
  readonly signal?: AbortSignal
}

/** What `--format json` prints, and the exit code that the command line would have. */
export interface LintResult extends JsonReport {
  readonly exitCode: 0 | 1 | 2
}
