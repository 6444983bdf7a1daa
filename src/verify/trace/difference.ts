import { type QualifiedName, displayName } from '../../catalog/names.ts'
import type { LockMode } from '../../dialects/postgres/lockModes.ts'
import { LOCK_MODES } from '../../dialects/postgres/lockModes.ts'
import type { RelationKind, State } from './state.ts'

/**
 * What one statement did to relations that existed before the traced transaction. A relation goes
 * by the name it had when the statement began (`name`, or `schema.name` outside public). Sorted,
 * so that two traces of the same SQL are equal.
 */
export interface Footprint {
  /** The strongest lock on each relation whose lock the statement took or strengthened. */
  readonly locks: Readonly<Record<string, LockMode>>
  /** Tables and materialized views that have another file now: rewritten, or emptied. */
  readonly rewritten: readonly string[]
  /** Tables and materialized views of which a sequential scan returned rows. */
  readonly scanned: readonly string[]
  /** Indexes that were built, or rebuilt, by reading the table they stand on. */
  readonly built: readonly string[]
  /** The tables of `built`, without those that the same statement rewrote (as `Effects.builds`). */
  readonly builtOn: readonly string[]
  /** What each name above is. */
  readonly kinds: Readonly<Record<string, RelationKind>>
  /** Each name above with its schema apart. */
  readonly names: Readonly<Record<string, QualifiedName>>
}

export const NO_FOOTPRINT: Footprint = {
  locks: {},
  rewritten: [],
  scanned: [],
  built: [],
  builtOn: [],
  kinds: {},
  names: {},
}

/**
 * Compares two looks at the server. Leaves AccessShare on indexes out: whether it shows depends on
 * what the session has cached (measured on PostgreSQL 12 to 18).
 *
 * @param start what there was before the transaction; nothing else is reported on
 * @param before as the statement found it
 * @param after as the statement left it
 */
export function difference(start: State, before: State, after: State): Footprint {
  const kinds: Record<string, RelationKind> = {}
  const told: Record<string, QualifiedName> = {}
  const nameOf = (oid: number): string => {
    const relation = before.relations.get(oid) ?? after.relations.get(oid)
    if (!relation) return String(oid)
    const name = displayName(relation)
    kinds[name] = relation.kind
    told[name] = { schema: relation.schema, name: relation.name }
    return name
  }
  const names = (oids: Iterable<number>): string[] => [...new Set([...oids].map(nameOf))].sort()

  const rewritten = new Set(
    existing(start, after.relations.keys()).filter((oid) => {
      const old = before.relations.get(oid)
      return old && isHeap(old.kind) && old.filenode !== after.relations.get(oid)?.filenode
    }),
  )
  const scanned = new Set(
    existing(start, after.read.keys()).filter(
      (oid) => (after.read.get(oid) ?? 0) > (before.read.get(oid) ?? 0),
    ),
  )
  const built = builtIndexes(before, after).filter(({ table }) => scanned.has(table))
  const locks = existing(start, after.locks.keys())
    .filter((oid) => isStronger(after.locks.get(oid), before.locks.get(oid)))
    .filter((oid) => !isIndexNoise(start, oid, after.locks.get(oid)))

  return {
    locks: Object.fromEntries(
      locks
        .map((oid): [string, LockMode] => [nameOf(oid), after.locks.get(oid) ?? 'AccessShare'])
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
    rewritten: names(rewritten),
    scanned: names(scanned),
    built: names(built.map(({ index }) => index)),
    builtOn: names(built.map(({ table }) => table).filter((table) => !rewritten.has(table))),
    kinds: Object.fromEntries(Object.entries(kinds).sort(([a], [b]) => (a < b ? -1 : 1))),
    names: told,
  }
}

function existing(start: State, oids: Iterable<number>): number[] {
  return [...oids].filter((oid) => start.relations.has(oid))
}

/**
 * Indexes stored in a file that was not there before. An index that ALTER TABLE drops and makes
 * again around the file it had is not built, so files are compared and not oids.
 */
function builtIndexes(before: State, after: State): { index: number; table: number }[] {
  const files = new Set([...before.relations.values()].map(({ filenode }) => filenode))
  return [...after.relations].flatMap(([index, { kind, filenode, table }]) =>
    kind === 'index' && table !== null && filenode !== null && !files.has(filenode)
      ? [{ index, table }]
      : [],
  )
}

function isHeap(kind: RelationKind): boolean {
  return kind === 'table' || kind === 'materialized view'
}

function isStronger(mode: LockMode | undefined, held: LockMode | undefined): boolean {
  return strength(mode) > strength(held)
}

function strength(mode: LockMode | undefined): number {
  return mode ? LOCK_MODES.indexOf(mode) : -1
}

function isIndexNoise(start: State, oid: number, mode: LockMode | undefined): boolean {
  const kind = start.relations.get(oid)?.kind
  return mode === 'AccessShare' && (kind === 'index' || kind === 'partitioned index')
}
