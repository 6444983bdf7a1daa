import type { Catalog } from '../../catalog/catalog.ts'

/** What a snapshot of drizzle-kit says. */
export interface ReadSnapshot {
  readonly id: string
  /** The snapshots it follows: one in 0.x, several in 1.0 where branches were merged. */
  readonly parents: readonly string[]
  /** The database that it describes. Nothing in it is new; what a snapshot does not know is not in it. */
  readonly catalog: Catalog
  /** Keys of objects (`subjectKey`) of which it cannot be understood. */
  readonly unread: ReadonlySet<string>
}

/**
 * Reads the snapshots of one folder. From one to the next most tables stay as they are; they are then
 * the same objects in both catalogs.
 */
export interface SnapshotReader {
  /**
   * @param json - the whole snapshot; of those that only say what changed, what drizzle-kit puts together
   * @returns null where it cannot be told what it says: another version, another dialect
   */
  read(json: unknown): ReadSnapshot | null
}

/** The versions of the snapshots that drizzle-kit writes; null where nobody knows. */
export interface SnapshotVersions {
  /** drizzle-kit 0.22 to 0.31. */
  readonly journal: number | null
  /** 1.0.0-rc.1 to rc.4. */
  readonly candidates: number | null
  /** 1.0.0-rc.5. */
  readonly folders: number | null
}
