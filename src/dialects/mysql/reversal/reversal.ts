import { findTable, findView } from '../../../catalog/catalog.ts'
import type { Change, ChangeOf } from '../../../catalog/change.ts'
import type { ColumnChange } from '../../../catalog/change/column.ts'
import { displayColumn, displayName } from '../../../catalog/names.ts'
import { type Column, findColumn, findConstraint } from '../../../catalog/table.ts'
import { GENERAL, type Reversals, reversals } from '../../reversal/general.ts'
import { NOTHING, type Reversal, byHand, undoneBy } from '../../reversal/reversal.ts'
import {
  alterTable,
  defaultSql,
  definitionSql,
  foreignKeySql,
  indexSql,
  isWidthUnknown,
  positionSql,
  primaryKeySql,
  qualified,
  quoted,
} from './sql.ts'

/** The changes of a column that MODIFY COLUMN undoes, which writes the whole column as it was. */
type Modified = ColumnChange & {
  readonly kind:
    | 'AlterColumnType'
    | 'SetNotNull'
    | 'DropNotNull'
    | 'SetDefault'
    | 'DropDefault'
    | 'AlterColumnAttributes'
}

/** The catalog does not keep the order of an index. */
const ASCENDING = 'its columns come back in ascending order'

const STATEMENTS = {
  CreateTable({ table, before }) {
    if (findTable(before, table) !== undefined) return NOTHING
    return undoneBy(
      `DROP TABLE ${qualified(table)};`,
      `everything written to ${displayName(table)} since then is lost`,
    )
  },
  RenameTable: ({ table, to }) => undoneBy(`RENAME TABLE ${qualified(to)} TO ${qualified(table)};`),
  AddColumn({ table, column, before }) {
    if (findColumn(findTable(before, table), column) !== undefined) return NOTHING
    return undoneBy(
      alterTable(table, `DROP COLUMN ${quoted(column)}`),
      `everything written to ${displayColumn(table, column)} since then is lost`,
    )
  },
  DropColumn(change) {
    const { table, column, before } = change
    const known = findTable(before, table)
    const had = findColumn(known, column)
    const definition = known && had && definitionSql({ ...had, autoIncrement: false }, known)
    if (!definition) return GENERAL.DropColumn(change)
    const isIndexed = known.indexes.some(({ columns }) => columns.includes(column))
    const without = [...(isIndexed ? ['its indexes'] : []), ...widthOf(had)].join(' and ')
    return undoneBy(
      alterTable(table, `ADD COLUMN ${definition}${positionSql(known, column)}`),
      `the data of ${displayColumn(table, column)} is gone${without ? `, and it comes back without ${without}` : ''}`,
    )
  },
  RenameColumn: ({ table, column, to }) =>
    undoneBy(alterTable(table, `RENAME COLUMN ${quoted(to)} TO ${quoted(column)}`)),
  AlterColumnType: (change) =>
    modified(change, `changing ${nameOf(change)} back fails on values that its type cannot hold`),
  SetNotNull: (change) => modified(change),
  DropNotNull: (change) =>
    modified(
      change,
      `making ${nameOf(change)} NOT NULL again fails on rows that were written without it`,
    ),
  SetDefault: defaultAgain,
  DropDefault: defaultAgain,
  AlterColumnAttributes: (change) => modified(change),

  AddForeignKey({ table, constraint, before, after }) {
    // The server has made an index for it, which stays when it goes.
    const old = new Set(findTable(before, table)?.indexes.map(({ name }) => name))
    const made = (findTable(after, table)?.indexes ?? []).filter(
      ({ name, implicit }) => implicit === true && !old.has(name),
    )
    return undoneBy([
      alterTable(table, `DROP FOREIGN KEY ${quoted(constraint)}`),
      ...made.map(({ name }) => alterTable(table, `DROP INDEX ${quoted(name)}`)),
    ])
  },
  AlterForeignKey: ({ table, constraint, from }) =>
    undoneBy([
      alterTable(table, `DROP FOREIGN KEY ${quoted(constraint)}`),
      alterTable(table, foreignKeySql(from)),
    ]),
  AddCheck: ({ table, constraint }) =>
    undoneBy(alterTable(table, `DROP CONSTRAINT ${quoted(constraint)}`)),
  AddPrimaryKey: ({ table, folded }) =>
    folded.length > 0
      ? byHand(`the primary key that ${displayName(table)} had`)
      : undoneBy(alterTable(table, 'DROP PRIMARY KEY')),
  DropConstraint(change) {
    const { table, before, constraint } = change
    const had = findConstraint(findTable(before, table), constraint)
    if (had?.type === 'foreign key') {
      return undoneBy(
        alterTable(table, foreignKeySql(had)),
        `it fails on rows of ${displayName(table)} that point at nothing by then`,
      )
    }
    return had?.type === 'primary key'
      ? undoneBy(
          alterTable(table, primaryKeySql(had.columns)),
          `it fails on rows of ${displayName(table)} that are there twice by then`,
        )
      : GENERAL.DropConstraint(change)
  },

  CreateIndex({ index, table, before }) {
    const isThere = findTable(before, table)?.indexes.some(({ name }) => name === index.name)
    return isThere ? NOTHING : undoneBy(`DROP INDEX ${quoted(index.name)} ON ${qualified(table)};`)
  },
  DropIndex(change) {
    const { table, index, before } = change
    const had = table && findTable(before, table)?.indexes.find(({ name }) => name === index.name)
    const sql = had ? indexSql(had, table) : null
    return sql === null ? GENERAL.DropIndex(change) : undoneBy(sql, ASCENDING)
  },
  RenameIndex: (change) =>
    change.table
      ? undoneBy(
          alterTable(
            change.table,
            `RENAME INDEX ${quoted(change.to)} TO ${quoted(change.index.name)}`,
          ),
        )
      : GENERAL.RenameIndex(change),

  CreateView({ view, before }) {
    if (findView(before, view) !== undefined)
      return byHand(`the view ${displayName(view)} as it was`)
    return undoneBy(`DROP VIEW ${qualified(view)};`)
  },
  CreateTrigger: ({ trigger, replace, ifNotExists }) =>
    replace || ifNotExists === true
      ? byHand(`the trigger ${trigger} as it was`)
      : undoneBy(`DROP TRIGGER ${quoted(trigger)};`),
} satisfies Reversals

/** How MySQL undoes a change. Each statement commits by itself. */
export const reversalOf = reversals(STATEMENTS)

/** ALTER COLUMN says nothing of the column but its default. */
function defaultAgain(change: ChangeOf<'SetDefault'> | ChangeOf<'DropDefault'>): Reversal {
  const { table, column, before } = change
  const had = findColumn(findTable(before, table), column)
  const initial = had ? defaultSql(had) : null
  if (!had || initial === null)
    return byHand(`the default that ${displayColumn(table, column)} had`)
  const set = initial === '' && had.notNull ? 'DROP DEFAULT' : `SET DEFAULT ${initial || 'NULL'}`
  // What is computed, ALTER COLUMN does not take on every server.
  const isComputed = /CURRENT_TIMESTAMP|^SET DEFAULT \(/.test(set)
  if (isComputed) return modified(change)
  return undoneBy(alterTable(table, `ALTER COLUMN ${quoted(column)} ${set}`))
}

function widthOf(column: Column): readonly string[] {
  return isWidthUnknown(column) ? ['the width that clients may show'] : []
}

function modified(change: Change<Modified>, but: string | null = null): Reversal {
  const { table, column, before } = change
  const known = findTable(before, table)
  const had = findColumn(known, column)
  const definition = known && had && definitionSql(had, known)
  if (!definition) return GENERAL[change.kind](change as never)
  const at = change.kind === 'AlterColumnAttributes' && change.position !== undefined
  const position = at ? movedBack(known, column) : ''
  const width = widthOf(had).map((what) => `it comes back without ${what}`)
  const left = [...(but === null ? [] : [but]), ...width].join('; ')
  return undoneBy(
    alterTable(table, `MODIFY COLUMN ${definition}${position}`),
    left === '' ? null : left,
  )
}

/** The place that a column had, also if it was the last one. */
function movedBack(table: Parameters<typeof positionSql>[0], column: string): string {
  const last = table.columns.at(-2)
  return positionSql(table, column) || (last ? ` AFTER ${quoted(last.name)}` : '')
}

function nameOf({ table, column }: ChangeOf<'AlterColumnType' | 'DropNotNull'>): string {
  return displayColumn(table, column)
}
