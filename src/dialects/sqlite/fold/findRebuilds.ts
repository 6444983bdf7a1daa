import { findTable } from '../../../catalog/catalog.ts'
import type { Change, ChangeOf } from '../../../catalog/change.ts'
import { type QualifiedName, sameName } from '../../../catalog/names.ts'
import { type Index, indexColumns } from '../../../catalog/table.ts'
import { isSameIndex } from './recreatedIndexes.ts'

/** The changes that a rebuild is made of. */
export interface Rebuild {
  readonly rename: ChangeOf<'RebuildTable'>
  /** The new table, if this deployment creates it. */
  readonly create: ChangeOf<'CreateTable'> | undefined
  /** In order, the rename and the indexes that are made again included. */
  readonly parts: readonly Change[]
  /** Indexes of the old table that are not made again. */
  readonly lostIndexes: readonly Index[]
}

/** PRAGMAs that drizzle-kit writes around a rebuild. */
const AROUND: ReadonlySet<string> = new Set(['foreign_keys', 'defer_foreign_keys'])

export function findRebuilds(changes: readonly Change[]): readonly Rebuild[] {
  return changes.flatMap((change, position) =>
    change.kind === 'RebuildTable' ? [rebuildAt(changes, change, position)] : [],
  )
}

function rebuildAt(
  changes: readonly Change[],
  rename: ChangeOf<'RebuildTable'>,
  position: number,
): Rebuild {
  const { through, table } = rename
  const earlier = changes.slice(0, position)
  const start = earlier.findLastIndex(
    (change) => change.kind === 'CreateTable' && sameName(change.table, through),
  )
  const own = earlier.slice(Math.max(start, 0)).filter((change) => isPart(change, through, table))
  const before = start < 0 ? [] : pragmasBefore(changes, start)
  const { again, pragmas } = after(changes, position, rename)
  const create = earlier[start]
  const remade = new Set(again.map(({ index }) => index.name))
  return {
    rename,
    create: create?.kind === 'CreateTable' ? create : undefined,
    parts: [...before, ...own, rename, ...again, ...pragmas],
    lostIndexes: rename.copy.source.indexes.filter(
      (index) => index.constraint === null && !remade.has(index.name) && canStand(index, rename),
    ),
  }
}

/** What belongs to making and filling the new table, and to dropping the old one. */
function isPart(change: Change, through: QualifiedName, table: QualifiedName): boolean {
  switch (change.kind) {
    case 'CreateTable':
    case 'AddForeignKey':
    case 'WriteRows':
      return sameName(change.table, through)
    case 'DropTable':
      return sameName(change.table, table)
    default:
      return false
  }
}

function pragmasBefore(changes: readonly Change[], start: number): readonly Change[] {
  const before = changes[start - 1]
  return before && isAround(before) ? [before] : []
}

/** Directly behind the rename: foreign keys are switched on again, and the old indexes made again. */
function after(
  changes: readonly Change[],
  position: number,
  { table, copy }: ChangeOf<'RebuildTable'>,
): { readonly again: readonly ChangeOf<'CreateIndex'>[]; readonly pragmas: readonly Change[] } {
  const again: ChangeOf<'CreateIndex'>[] = []
  const pragmas: Change[] = []
  for (const change of changes.slice(position + 1)) {
    if (isAround(change)) {
      if (pragmas.length === 0 && again.length === 0) pragmas.push(change)
    } else if (change.kind === 'CreateIndex' && sameName(change.table, table)) {
      const old = copy.source.indexes.find(({ name }) => name === change.index.name)
      if (old && isSameIndex(old, change.index)) again.push(change)
    }
  }
  return { again, pragmas }
}

function isAround(change: Change): boolean {
  return change.kind === 'SetVariable' && AROUND.has(change.name)
}

/** Whether the rebuilt table still has what the index is on. */
function canStand(index: Index, { after, table }: ChangeOf<'RebuildTable'>): boolean {
  const now = findTable(after, table)
  return indexColumns(index).every((column) => now?.columns.some(({ name }) => name === column))
}
