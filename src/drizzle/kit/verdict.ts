import type { Ambiguity } from './ambiguity.ts'
import type { UnnoticedIndex } from './unnoticedIndexes.ts'
import type { UnsteadyDefault } from './unsteady.ts'
import type { SchemaDifference, SnapshotJson } from './schemaDifference.ts'

/** Whether a schema needs a migration that is not there. */
export type Verdict = (
  | {
      readonly kind: 'same'
      readonly unsteady: readonly UnsteadyDefault[]
      readonly unnoticed: readonly UnnoticedIndex[]
    }
  | {
      readonly kind: 'different'
      /** What the migrations lack. */
      readonly differences: readonly SchemaDifference[]
      readonly ambiguous: readonly Ambiguity[]
      /** What drizzle-kit would write; empty where it would ask first. */
      readonly sql: readonly string[]
      /** Defaults that are another value each time the schema is loaded. */
      readonly unsteady: readonly UnsteadyDefault[]
      /** Indexes that drizzle-kit does not see to have changed. */
      readonly unnoticed: readonly UnnoticedIndex[]
      /** The schema as a snapshot; null with drizzle-kit 1.0. */
      readonly current: SnapshotJson | null
    }
  | {
      readonly kind: 'unknown'
      /** A clause: `src/schema.ts: Unexpected "}"`. */
      readonly reason: string
      readonly help: string
      /** Whether loading the schema failed, so that what it would have imported is not known. */
      readonly isHalfRead: boolean
    }
) & {
  /** The files it depends on, relative to the root: what the schema imports, the config. */
  readonly watched: readonly string[]
  /** Those of them that git ignores: what a build wrote. */
  readonly built: readonly string[]
  /** Where imports were looked for in vain; null where nobody knows what else it depends on. */
  readonly absent: readonly string[] | null
}
