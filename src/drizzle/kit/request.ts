import type { UnsteadyDefault } from './unsteady.ts'
import type { SnapshotJson } from './schemaDifference.ts'

/** Names the folder with `request.json`; the children find it in their environment. */
export const REQUEST = 'MIGRATION_LINT_REQUEST'

/** When a child process ends, whatever it is doing. */
export interface ChildLimits {
  /** The process that asks. */
  readonly parent: number
  /** Milliseconds. */
  readonly patience: number
}

/** The exit code of a child that could not write its answer: the disk is full. */
export const CANNOT_WRITE = 73

/** What a child process that runs the user's code is asked. */
export interface KitRequest {
  /** Absolute path of the top folder. */
  readonly root: string
  /** Where drizzle-kit is run; absolute. */
  readonly cwd: string
  /** Files whose content is not what lies on disk: absolute path → file with the content, or null. */
  readonly overlay: Readonly<Record<string, string | null>>
  readonly environment: ChildEnvironment
  /** For drizzle-kit 0.x, which the child calls itself. */
  readonly evaluation?: Evaluation
  /** For drizzle-kit 1.0: snapshots to put together. */
  readonly reconstruction?: { readonly kit: string; readonly histories: readonly SnapshotHistory[] }
}

/** What the code of the user is to find in its environment, besides what is there. */
export interface ChildEnvironment {
  /** Whether unset variables get a value that most code accepts. */
  readonly placeholders: boolean
  /** Env files, absolute; what is set already stays. */
  readonly files: readonly string[]
  readonly values: Readonly<Record<string, string>>
}

/** Snapshots that build on each other, and which of them are wanted as a whole. */
export interface SnapshotHistory {
  /** Their contents, by path. */
  readonly files: Readonly<Record<string, string>>
  readonly ids: readonly string[]
}

export interface Evaluation {
  readonly dialect: string
  /** Folder of the installed drizzle-kit. */
  readonly kit: string
  /** The drizzle config to run, where its text does not tell; absolute. */
  readonly config: string | null
  /** The schema's files, absolute; null where only the config tells. */
  readonly files: readonly string[] | null
  readonly casing: string | null
  /** What the schema is compared with; null where there is no migration yet. */
  readonly previous: SnapshotJson | null
}

/** What the child that calls drizzle-kit 0.x leaves in `answer.json`. */
export type KitAnswer =
  | {
      readonly status: 'ok'
      readonly current: SnapshotJson
      /** The SQL drizzle-kit would write, drops first. */
      readonly statements: readonly string[]
      readonly unsteady: readonly UnsteadyDefault[]
    }
  | {
      readonly status: 'error'
      readonly message: string
      readonly file: string | null
      /** The functions of drizzle-kit cannot be loaded. */
      readonly withoutFunctions?: true
    }
  /** The config was run: what it exports, as JSON. */
  | { readonly status: 'config'; readonly config: unknown }

/** What it leaves where it was given snapshots to put together. */
export type SnapshotAnswer =
  | {
      readonly status: 'ok'
      /** For each history, the wanted snapshots by id. */
      readonly snapshots: readonly Readonly<Record<string, unknown>>[]
    }
  | Extract<KitAnswer, { status: 'error' }>

/** What a child's answer depends on; left in `trace.json`. Paths are absolute. */
export interface KitTrace {
  /** Files of the project that were read. */
  readonly reads: readonly string[]
  /** Paths that were looked for and were not there. */
  readonly absent: readonly string[]
  /** Variables of the environment that were read, with what they held at the start. */
  readonly env: Readonly<Record<string, string | null>>
  /** What those of them held in the end: also what comes from `.env`. */
  readonly values: Readonly<Record<string, string>>
  /** Folders of installed packages that were read from. */
  readonly packages: readonly string[]
  /** The file of the project that ended the process by itself; null where none did. */
  readonly endedBy: string | null
}
