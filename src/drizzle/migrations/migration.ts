import type { Journal } from './journal.ts'

/** `journal`: drizzle-kit 0.x; `folders`: 1.0. */
export type FolderLayout = 'journal' | 'folders'

/** One migration as the migrator would find it. */
export interface Migration {
  /** Journal tag (0.x) or folder name (1.0). */
  readonly name: string
  /** Path of its SQL, relative to the root. */
  readonly file: string
  /** Git's blob id of the SQL where the tree knows it. */
  readonly blob?: string
  /** Where its snapshot belongs, relative to the root. */
  readonly snapshot: string
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
