import type { Catalog } from '../../catalog/catalog.ts'
import type { ChangeBody } from '../../catalog/change.ts'
import type { Subject } from '../../catalog/subject.ts'
import type { Range } from '../../finding/finding.ts'

/** One object that the SQL of the migrations leaves otherwise than a snapshot says. */
export interface Mismatch {
  /** The migration beside whose snapshot it first differs. */
  readonly snapshotOf: string
  /** The migration to blame: the one that touched it last, else the one with the snapshot. */
  readonly migration: string
  /** Its SQL, relative to the root. */
  readonly file: string
  /** The statement that touched it last; null where none did. */
  readonly range: Range | null
  readonly subject: Subject
  /** What the database would need to become what the snapshot says. */
  readonly changes: readonly ChangeBody[]
  /** The database as the migrations leave it. */
  readonly actual: Catalog
  /** The database of the snapshot. */
  readonly expected: Catalog
}

/** What a rule about snapshots judges: where SQL and snapshots of a project part. */
export interface SnapshotComparison {
  /** Those that are still there at the newest snapshot, in the order of the migrations. */
  readonly mismatches: readonly Mismatch[]
  /** Differences that nobody is told of, with the reason. */
  readonly setAside: readonly SetAside[]
}

export interface SetAside {
  readonly migration: string
  /** Key of the object (`subjectKey`). */
  readonly key: string
  /**
   * `deployed`: it was so before; `fork`: the snapshot does not follow the one before it; `harmless`:
   * see drop-column; `condition`, `opaque`, `fails`, `introspected`: SQL does not tell.
   */
  readonly reason:
    'deployed' | 'fork' | 'harmless' | 'condition' | 'opaque' | 'fails' | 'introspected'
}
