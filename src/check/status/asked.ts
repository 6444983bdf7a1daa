import type { Project } from '../../drizzle/find/project.ts'
import type { TableSize } from '../../finding/tableSize.ts'

/** What a database is asked for. */
export interface Question {
  /** Its address; in no output. */
  readonly url: string
  /** What a relative path is relative to, absolute. */
  readonly cwd: string
  /** Folders whose node_modules are asked for a driver, absolute. */
  readonly from: readonly string[]
  readonly project: Pick<Project, 'bookkeeping'>
  /** Whether the files of the folder are run by name, by wrangler or the like. */
  readonly runsFiles: boolean
  /** Whether sizes of tables are asked for. */
  readonly sizes: boolean
}

/** One row of the table in which a migrator keeps what it has applied. */
export interface AppliedRow {
  /** Empty where none is kept. */
  readonly hash: string
  /** Milliseconds: the time of the journal's entry; of files that are run by name, when that was. */
  readonly createdAt: number | null
  /** Of 1.0 the migration's folder, of wrangler the file without its extension; null: 0.x wrote it. */
  readonly name: string | null
}

export interface AppliedMigrations {
  /** As messages name it; null where there is none. */
  readonly table: string | null
  readonly rows: readonly AppliedRow[]
  /** Files are run by name: nothing is passed over because of its time. */
  readonly byName: boolean
}

/** What a database answered. */
export interface Asked {
  /** `PostgreSQL 16.4`. */
  readonly server: string
  /** Null where there are no roles. */
  readonly role: { readonly name: string; readonly writes: boolean } | null
  readonly applied: AppliedMigrations
  /** Of all tables; null where nobody asked. */
  readonly sizes: ReadonlyMap<string, TableSize> | null
}

/**
 * Asks a database, without any way to change it.
 *
 * @throws ProblemError where it cannot be reached or may not be read; without its address
 */
export type Ask = (question: Question) => Promise<Asked>
