import type { RuleFamily } from '../config/config.ts'
import type { PushTarget } from '../git/base.ts'

/** What is to be judged, and against what. */
export type Selection =
  /** The working directory against the production branch. */
  | { readonly kind: 'default' }
  /** What the index changes. */
  | { readonly kind: 'staged' }
  /** A commit that is pushed over another one; null: over nothing that is known. */
  | {
      readonly kind: 'pushed'
      readonly from: string | null
      readonly to: string
      /** Where to: the remote's name or URL, and the ref there; absent where nobody says. */
      readonly onto?: PushTarget
    }
  /** The working directory against this ref. */
  | { readonly kind: 'base'; readonly ref: string }
  /** Every migration, each as a deployment of its own. */
  | { readonly kind: 'all' }
  /** Everything after this migration, as one deployment. */
  | { readonly kind: 'since'; readonly tag: string }
  /** These SQL files, as one deployment; absolute paths. */
  | { readonly kind: 'files'; readonly files: readonly string[] }

/** What `check` is asked to do. */
export interface CheckOptions {
  /** Absolute. */
  readonly cwd: string
  readonly selection: Selection
  /** Folders or drizzle configs as they were given, relative to `cwd`; empty means all. */
  readonly projects: readonly string[]
  /** Families to run; null means what the configuration says. */
  readonly only: readonly RuleFamily[] | null
  /** Absolute path of our own configuration; null means find it. */
  readonly config: string | null
  readonly env: NodeJS.ProcessEnv
}
