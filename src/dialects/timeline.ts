import type { Stretch } from '../catalog/change.ts'
import { type QualifiedName, displayName } from '../catalog/names.ts'
import { type Exclusion, type Lock, keepsOut } from './effects.ts'

/**
 * A deployment as everybody else sees it: for whom each table is locked from which statement to which,
 * and what the locks are held for meanwhile. Measured by `verify`, computed by the linter.
 */
export interface Timeline {
  /** The project's name. */
  readonly project: string
  /** Whether a server did it, or the effects of its changes say so. */
  readonly source: 'measured' | 'computed'
  /** In the order in which they run; a lock's `from` and `to` are positions in this list. */
  readonly statements: readonly TimelineStatement[]
  /** Tables that were there before the deployment, in the order in which they are first touched. */
  readonly tables: readonly TimelineTable[]
}

/** A statement of a pending migration, or all that a driver sends at once where it was run at once. */
export interface TimelineStatement extends Stretch {
  /** Journal tag (0.x) or folder (1.0). */
  readonly migration: string
  /** Relative to the root. */
  readonly file: string
  readonly sql: string
  /**
   * Statements with the same number share a transaction and the end of its locks. Counts from 0 over
   * the deployment.
   */
  readonly transaction: number
  /** What it fails with; nothing after it runs then. */
  readonly error: { readonly code: string; readonly message: string } | null
}

/** One row of the picture. */
export interface TimelineTable {
  /** As messages name it. */
  readonly name: string
  /** In order; they do not overlap, and within one transaction they only get stronger. */
  readonly locks: readonly LockSpan[]
  /** What grows with the table, in order. */
  readonly work: readonly TableWork[]
}

/** A lock from the statement that takes it to the one that ends its transaction, or strengthens it. */
export interface LockSpan {
  readonly from: number
  /** Inclusive. */
  readonly to: number
  readonly keepsOut: Exclusion
  /** The server's own name of it. */
  readonly mode: string
}

/** Long work on a table, done by one statement. A rewrite and a build include reading it. */
export interface TableWork {
  readonly statement: number
  readonly kind: 'rewrite' | 'build' | 'scan'
}

/** A statement with what it does, from which a timeline is drawn. */
export interface TimelineStep {
  readonly statement: TimelineStatement
  readonly locks: readonly Lock[]
  readonly rewrites: readonly QualifiedName[]
  readonly builds: readonly QualifiedName[]
  readonly scans: readonly QualifiedName[]
}

/**
 * Draws the timeline of a deployment.
 *
 * @param steps - in the order in which they run
 */
export function timelineOf(
  project: string,
  source: Timeline['source'],
  steps: readonly TimelineStep[],
): Timeline {
  const rows = new Map<string, { locks: LockSpan[]; work: TableWork[] }>()
  const rowOf = (relation: QualifiedName) => {
    const name = displayName(relation)
    const row = rows.get(name) ?? { locks: [], work: [] }
    rows.set(name, row)
    return row
  }
  const ends = lastOfTransaction(steps)
  steps.forEach(({ locks, rewrites, builds, scans }, at) => {
    for (const lock of locks) take(rowOf(lock.relation).locks, lock, at, ends[at] ?? at)
    const kinds = [
      ['rewrite', rewrites],
      ['build', builds],
      ['scan', scans],
    ] as const
    const told = new Set<string>()
    for (const [kind, relations] of kinds) {
      for (const relation of relations) {
        const name = displayName(relation)
        if (told.has(name)) continue
        told.add(name)
        rowOf(relation).work.push({ statement: at, kind })
      }
    }
  })
  const tables = [...rows].map(([name, row]) => ({ name, ...row }))
  return { project, source, statements: steps.map(({ statement }) => statement), tables }
}

/** For each step, the last one of its transaction. */
function lastOfTransaction(steps: readonly TimelineStep[]): readonly number[] {
  const last = new Map(steps.map(({ statement }, at) => [statement.transaction, at]))
  return steps.map(({ statement }, at) => last.get(statement.transaction) ?? at)
}

/** Adds a lock; a weaker one under one that is held adds nothing. */
function take(spans: LockSpan[], { keepsOut: whom, mode }: Lock, at: number, to: number): void {
  const held = spans.at(-1)
  if (held !== undefined && held.to >= at) {
    if (keepsOut(held, whom)) return
    spans.pop()
    if (held.from < at) spans.push({ ...held, to: at - 1 })
  }
  spans.push({ from: at, to, keepsOut: whom, mode })
}
