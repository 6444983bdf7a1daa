import type { Loss, Session } from '../../effects.ts'
import { type Catalog, findTable, referencesTo } from '../../../catalog/catalog.ts'
import type { ChangeOf } from '../../../catalog/change.ts'
import { isEmpty } from '../../../catalog/newness.ts'
import { sameName } from '../../../catalog/names.ts'
import { brokenProgram } from './broken.ts'
import { afterDeletion } from './children.ts'
import { noColumn } from './existence.ts'
import type { Outcome } from './outcome.ts'
import { foreignKeysAct } from './session.ts'

/**
 * A rebuild drops the table that others point at. Where foreign keys are enforced, that deletes its rows one by
 * one first: rows that point at them go, lose their reference, or stand in the way. `PRAGMA
 * foreign_keys=OFF`, which drizzle-kit writes around it, has no effect inside a transaction.
 */
export function rebuildTable(change: ChangeOf<'RebuildTable'>, session: Session): Outcome {
  const { table, copy } = change
  const dropped = change.folded.find((part) => part.kind === 'DropTable')
  const atDrop = dropped?.before ?? change.before
  const children =
    foreignKeysAct(session, atDrop) && isDropped(atDrop, change)
      ? afterDeletion(atDrop, copy.source)
      : { errors: [], losses: [] }
  const read = copy.columns.flatMap(({ value }) => value.columns)
  const missing = noColumn(atDrop, copy.source, read)
  const atRename = change.folded.findLast(({ kind }) => kind === 'RebuildTable') ?? change
  const broken = brokenProgram(atRename.before, '')
  return {
    errors: [...(missing ? [missing] : []), ...children.errors, ...(broken ? [broken] : [])],
    losses: [
      ...children.losses.map((loss) => named(loss, change)),
      ...notCopied(change),
      ...counter(change, table),
    ],
  }
}

/** Rows of the new table that point at rows of the old one: it is the same table, for its users. */
function named(loss: Loss, { table, through }: ChangeOf<'RebuildTable'>): Loss {
  return sameName(loss.table, through) ? { ...loss, table } : loss
}

function isDropped(catalog: Catalog, { copy }: ChangeOf<'RebuildTable'>): boolean {
  return !isEmpty(catalog, copy.source) && referencesTo(catalog, copy.source).length > 0
}

/** Columns that the new table has as well, but that nothing fills from the old ones. */
function notCopied({ copy, table, after }: ChangeOf<'RebuildTable'>): readonly Loss[] {
  const now = [...after.tables.values()].find((candidate) => sameName(candidate, table))
  const lost = copy.source.columns
    .filter(({ name, generated }) => {
      const kept = now?.columns.find((column) => column.name === name)
      const isFilled = copy.columns.some(({ column }) => column === name)
      return generated === null && kept !== undefined && kept.generated === null && !isFilled
    })
    .map(({ name }) => name)
  return lost.length > 0 ? [{ why: 'left out', table, columns: lost }] : []
}

/** What AUTOINCREMENT counts up to is kept per table; a new table starts from its highest row. */
function counter({ copy, after }: ChangeOf<'RebuildTable'>, table: Loss['table']): readonly Loss[] {
  const counts = findTable(after, table)?.columns.some(({ autoIncrement }) => autoIncrement)
  const column = counts && copy.source.columns.find(({ autoIncrement }) => autoIncrement)
  return column ? [{ why: 'counted again', table, columns: [column.name] }] : []
}
