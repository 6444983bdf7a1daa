import type { DialectName } from '../../dialects/names.ts'
import type { DrizzleConfigReading } from '../find/reading.ts'
import type { Ambiguity } from './ambiguity.ts'
import type { ChildEnvironment, KitTrace } from './request.ts'
import type { UnnoticedIndex } from './unnoticedIndexes.ts'
import type { UnsteadyDefault } from './unsteady.ts'
import type { SchemaDifference, SnapshotJson } from './schemaDifference.ts'

/** What comparing a schema with its migrations takes, whichever drizzle-kit does it. */
export interface Question {
  /** Absolute path of the top folder. */
  readonly root: string
  /** Where drizzle-kit is run; absolute. */
  readonly cwd: string
  readonly dialect: string
  /** Folder of the installed drizzle-kit; absolute. */
  readonly kit: string
  /** The drizzle config; absolute, null where the project has none. */
  readonly config: string | null
  /** The schema's files; absolute. Null where only running the config tells. */
  readonly files: readonly string[] | null
  readonly casing: string | null
  /** What the project's scripts or our configuration give drizzle-kit; files are absolute. */
  readonly environment: Pick<ChildEnvironment, 'files' | 'values'>
  /** Contents that differ from those on disk, by absolute path; null for what is not there. */
  readonly overlay: ReadonlyMap<string, Buffer | null>
  /** Whether there is nothing to compare with, and so nothing to be asked first. */
  readonly fromScratch?: boolean
  /** The newest snapshot, for 0.x; null where there is none. */
  readonly previous: SnapshotJson | null
  /** The whole migrations folder, for 1.0: content by path within it. */
  readonly folder: ReadonlyMap<string, Buffer>
  /** The dialect, if this drizzle-kit passes over changes of its indexes. */
  readonly missesIndexesOf?: DialectName | null
  /** Milliseconds after which there is no answer. */
  readonly patience: number
}

/** A drizzle-kit's answer. */
export type Reply =
  | {
      readonly kind: 'compared'
      /** What the migrations lack. */
      readonly differences: readonly SchemaDifference[]
      readonly ambiguous: readonly Ambiguity[]
      /** What drizzle-kit would write; empty where it cannot tell without an answer. */
      readonly sql: readonly string[]
      /** Defaults that are another value at each load; what only they would change is left out. */
      readonly unsteady: readonly UnsteadyDefault[]
      /** What drizzle-kit does not see. */
      readonly unnoticed?: readonly UnnoticedIndex[]
      /** The schema as a snapshot, of 0.x. */
      readonly current: SnapshotJson | null
      readonly trace: KitTrace
    }
  | {
      readonly kind: 'config'
      readonly reading: DrizzleConfigReading
      readonly trace: KitTrace
    }
  | Unanswered

export interface Unanswered {
  readonly kind: 'unanswered'
  /** Why, in a clause: `src/schema.ts does not compile: …`. */
  readonly reason: string
  readonly help: string
  readonly trace: KitTrace | null
  /** The functions of drizzle-kit cannot be loaded, though its command line may. */
  readonly withoutFunctions?: true
  /** Whether another environment might help. */
  readonly mayRetry: boolean
}
