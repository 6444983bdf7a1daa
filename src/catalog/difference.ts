import { applyChange } from './apply.ts'
import type { Catalog } from './catalog.ts'
import type { Change, ChangeBody, Origin } from './change.ts'
import { addedEnums, alteredEnums, droppedEnums } from './difference/enums.ts'
import type { Comparison } from './difference/comparison.ts'
import {
  createdSchemas,
  createdSequences,
  droppedSchemas,
  droppedSequences,
} from './difference/others.ts'
import { areAlike, createdTable, droppedForeignKeys, tableChanges } from './difference/tables.ts'
import { createdViews, droppedViews } from './difference/views.ts'
import type { Table } from './table.ts'

export interface DifferenceOptions {
  /**
   * Changes that come first, because nobody can tell them from the catalogs: renames. What is left
   * is found on the catalog after them.
   */
  readonly first?: readonly ChangeBody[]
  /**
   * What to do where the structure of two expressions does not tell whether they mean the same:
   * leave it (default), or take it for a change, as drizzle-kit does, which compares texts.
   */
  readonly unsure?: 'leave' | 'change'
}

/**
 * The changes that lead from one catalog to another, in an order in which a migration could make
 * them: what depends on something else is dropped before it and created after it. Columns of a
 * table that is not wholly known (`complete`), and names of constraints and indexes whose definition
 * is the same, are no differences.
 *
 * It only reads the two catalogs, and knows no renames but those it is given.
 */
export function difference(
  from: Catalog,
  to: Catalog,
  { first = [], unsure = 'leave' }: DifferenceOptions = {},
): readonly ChangeBody[] {
  const comparison: Comparison = { from: first.reduce(applyChange, from), to, unsure }
  const before = comparison.from.tables
  const created = sorted(to.tables, (_, key) => !before.has(key)).map(createdTable)
  const dropped = sorted(before, (_, key) => !to.tables.has(key))
  const mayDiffer = (table: Table, key: string): boolean => {
    const was = before.get(key)
    return was !== undefined && !areAlike(was, table)
  }
  const altered = sorted(to.tables, mayDiffer).map((table) => tableChanges(comparison, table))
  return [
    ...first,
    ...droppedViews(comparison),
    ...dropped.flatMap((table) => droppedForeignKeys(table)),
    ...altered.flatMap(({ drops }) => drops),
    ...createdSchemas(comparison),
    ...addedEnums(comparison),
    ...createdSequences(comparison),
    ...created.flatMap(({ table }) => table),
    ...alteredEnums(comparison),
    ...altered.flatMap(({ columns }) => columns),
    ...created.flatMap(({ keys }) => keys),
    ...altered.flatMap(({ keys }) => keys),
    ...created.flatMap(({ foreignKeys }) => foreignKeys),
    ...altered.flatMap(({ foreignKeys }) => foreignKeys),
    ...created.flatMap(({ indexes }) => indexes),
    ...altered.flatMap(({ indexes }) => indexes),
    ...created.flatMap(({ policies }) => policies),
    ...altered.flatMap(({ policies }) => policies),
    ...createdViews(comparison),
    ...dropped.map(({ schema, name }): ChangeBody => {
      const table = { schema, name }
      return { kind: 'DropTable', table, cascade: false, ifExists: false, together: [table] }
    }),
    ...droppedEnums(comparison),
    ...droppedSequences(comparison),
    ...droppedSchemas(comparison),
  ]
}

/**
 * Puts changes in their places: each with the catalogs before and after it, as rules want them.
 *
 * @param originOf - where a change comes from: the table in a schema file, say
 */
export function placeChanges(
  from: Catalog,
  bodies: readonly ChangeBody[],
  originOf: (body: ChangeBody) => Origin,
): readonly Change[] {
  let before = from
  return bodies.map((body) => {
    const after = applyChange(before, body)
    const change = { ...body, before, after, folded: [], origin: originOf(body) } as Change
    before = after
    return change
  })
}

/** Some tables by schema and name: a map's own order depends on its past. */
function sorted(
  tables: Catalog['tables'],
  isWanted: (table: Table, key: string) => boolean,
): readonly Table[] {
  const wanted = [...tables].filter(([key, table]) => isWanted(table, key))
  return wanted.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, table]) => table)
}
