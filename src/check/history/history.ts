import type { HistoryFolder, HistoryMigration } from '../../drizzle/migrations/history.ts'
import type { Project } from '../../drizzle/find/project.ts'
import type { SnapshotHeader } from '../../drizzle/snapshot/header.ts'
import type { Range } from '../../finding/finding.ts'
import type { Bundle } from './bundle.ts'
import type { HistoryCommands } from './commands.ts'
import type { PlacedRule } from '../../lint/placedRule.ts'

export type { HistoryFolder, HistoryMigration } from '../../drizzle/migrations/history.ts'
export type { SnapshotHeader } from '../../drizzle/snapshot/header.ts'

/** A file that git's merge or an editor left unreadable. */
export interface BrokenFile {
  readonly path: string
  /** Of the migration it belongs to. */
  readonly migration: string | null
  readonly kind: 'conflict-markers' | 'invalid-json'
  /** What is wrong, as an end of a sentence. */
  readonly reason: string
  readonly range: Range | null
}

/** A deployed migration that is not any more what was deployed. */
export interface ChangedMigration {
  /** As it was. */
  readonly before: HistoryMigration
  /** As it is; null where it is gone. */
  readonly after: HistoryMigration | null
  readonly kind: 'edited' | 'restamped' | 'renamed' | 'deleted'
  /** Where its text first differs. */
  readonly range: Range | null
}

/** A place where `drizzle-kit push` is run on more than somebody's own database. */
export interface PushCommand {
  readonly file: string
  readonly range: Range
  /** As it stands there. */
  readonly command: string
  /** What makes it more than local: `script "deploy"`. */
  readonly where: string
}

/** What the rules of this family judge: a migrations folder and its past. */
export interface History {
  readonly project: Project
  /** The folder in the tree under check. */
  readonly after: HistoryFolder
  /** The folder as it is deployed; null where nothing is known of that. */
  readonly deployed: HistoryFolder | null
  /** The folder at the tip of the production branch; null where nothing more is known of that. */
  readonly target: HistoryFolder | null
  /** The snapshots of `after` that were read, by path, in the order of their migrations. */
  readonly snapshots: ReadonlyMap<string, SnapshotHeader>
  /** Whether those are all there are. */
  readonly isComplete: boolean
  /** Those that only the tip of the production branch has. */
  readonly others: ReadonlyMap<string, SnapshotHeader>
  readonly broken: readonly BrokenFile[]
  readonly changed: readonly ChangedMigration[]
  /** New migrations whose SQL says nothing; `template`: it is the text of `generate --custom`. */
  readonly empty: readonly { readonly migration: HistoryMigration; readonly template: boolean }[]
  readonly pushes: readonly PushCommand[]
  /** What an app without a file system imports its migrations from; null where there is none. */
  readonly bundle: Bundle | null
  /** What of the setup breaks drizzle-kit or the migrator. */
  readonly setup: SetupFacts
  /** Version of the installed drizzle-kit; null where there is none. */
  readonly kit: string | null
  /** The version of the snapshots it reads and writes; null where that is not known. */
  readonly snapshotVersion: number | null
  readonly commands: HistoryCommands
  /** Milliseconds. */
  readonly now: number
  /** A source file that seems to apply the migrations by itself; null where none does. */
  ownRunner(): string | null
  /** The configuration that has every file of the folder run; null where the journal decides. */
  fileRunner(): string | null
  /** Whether a migration's SQL may change something that a schema declares. */
  changesSchema(migration: HistoryMigration): boolean
  /** Whether production does not have a migration. */
  isNew(migration: HistoryMigration): boolean
  /** Whether a file of `after` is not what is deployed. */
  isChanged(path: string): boolean
  /** Whether findings on a file are reported at all. */
  isTouched(path: string): boolean
  /** Where a value of a JSON file of `after` stands. */
  rangeOf(path: string, keys: readonly (string | number)[]): Range | null
}

/** What the drizzle config and the package say that concerns the folder. */
export interface SetupFacts {
  /** The config, and whether it changed or is about to be used: only then it is reported on. */
  readonly config: string | null
  readonly prefix: string | null
  readonly breakpoints: boolean | null
  /** The driver that takes one statement at a time, if the project uses one. */
  readonly singleStatementDriver: string | null
  /** Whether that driver fails on a file without any statement. */
  readonly failsOnEmpty: boolean
  readonly absoluteOut: boolean
}

/** A migration with the header of its snapshot. */
export interface LinkedSnapshot {
  readonly migration: HistoryMigration
  readonly header: SnapshotHeader
}

/** The snapshots that were read, in order; where two migrations share one it is the later one's. */
export function snapshotsOf({ after, snapshots }: History): readonly LinkedSnapshot[] {
  const owner = new Map(after.migrations.map((migration) => [migration.snapshot, migration]))
  return [...owner.values()].flatMap((migration) => {
    const header = snapshots.get(migration.snapshot)
    return header ? [{ migration, header }] : []
  })
}

export type HistoryRule = PlacedRule<History>

/** Lets TypeScript check a rule where it is written; returns it as it is. */
export function defineHistoryRule<R extends HistoryRule>(rule: R): R {
  return rule
}
