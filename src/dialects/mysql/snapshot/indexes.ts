import type { Catalog } from '../../../catalog/catalog.ts'
import type { Index } from '../../../catalog/table.ts'
import { readPiece } from '../reader.ts'
import { readKeys } from '../statements/tableElement.ts'
import { PRIMARY, indexOf } from '../translate/elements.ts'
import { freeIndexName } from '../translate/names.ts'
import type { SnapshotIndex, SnapshotTable } from './snapshot.ts'

interface ReadIndexes {
  readonly indexes: readonly Index[]
  /** Names of those whose keys are not understood. */
  readonly unread: readonly string[]
}

/**
 * The indexes of a table as a CREATE TABLE makes them, but for those that the server adds for foreign
 * keys.
 *
 * @param serials - columns that are SERIAL, each with a unique index of its own
 * @param spelled - how the table spells its columns
 */
export function readIndexes(
  empty: Catalog,
  { primaryKey, indexes: sources }: SnapshotTable,
  serials: readonly string[],
  spelled: (name: string) => string,
): ReadIndexes {
  const indexes: Index[] = []
  const unread: string[] = []
  for (const column of serials) {
    indexes.push(plain(freeIndexName({ indexes }, column), [column], true))
  }
  if (primaryKey.length > 0) {
    indexes.push({ ...plain(PRIMARY, primaryKey, true), constraint: PRIMARY })
  }
  for (const source of sources) {
    const { name, unique } = source
    const keys = readPiece(keysText(source), (cursor) => readKeys(cursor).keys)
    if (keys === null) {
      unread.push(name)
      indexes.push(plain(name, [null], unique))
      continue
    }
    const element = { kind: unique ? ('unique' as const) : ('index' as const), keys }
    const named = { text: name, doubleQuoted: false, start: 0, end: 0 }
    const place = { ifNotExists: false, start: 0, end: 0 }
    indexes.push(indexOf(empty, { indexes }, { ...element, ...place, name: named }, spelled))
  }
  return { indexes, unread }
}

/** As drizzle-kit writes it: expressions as they are, columns in backquotes. */
function keysText({ keys }: SnapshotIndex): string {
  const parts = keys.map(({ text, isExpression }) =>
    isExpression ? text : `\`${text.replaceAll('`', '``')}\``,
  )
  return `(${parts.join(',')})`
}

function plain(name: string, columns: readonly (string | null)[], unique: boolean): Index {
  return {
    name,
    method: 'btree',
    unique,
    nullsNotDistinct: false,
    columns,
    included: [],
    expressionColumns: [],
    predicate: null,
    constraint: null,
    createdIn: 0,
  }
}
