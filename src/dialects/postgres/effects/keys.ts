import { type Catalog, findTable, relationExists } from '../../../catalog/catalog.ts'
import type { ChangeOf } from '../../../catalog/change.ts'
import { displayName } from '../../../catalog/names.ts'
import { type Index, findColumn } from '../../../catalog/table.ts'
import type { Effects } from '../../effects.ts'
import { isAllNull } from './allNull.ts'
import { EffectsBuilder } from './build.ts'
import { requireColumn, requireTable } from './existence.ts'
import { isProvedNotNull } from './notNull.ts'
import { requireOrder, requireStored } from './operatorClass.ts'

/** ADD UNIQUE and ADD PRIMARY KEY: an index is built under ACCESS EXCLUSIVE, unless it is given. */
export function addKeyEffects(change: ChangeOf<'AddUnique' | 'AddPrimaryKey'>): Effects {
  const { before: catalog, table } = change
  const known = findTable(catalog, table)
  // Such an index is a shell that the partitions' indexes are attached to (CREATE INDEX, "ONLY").
  const isShell = change.only === true && known?.partitionKey != null
  const effects = new EffectsBuilder(catalog)
  if (isShell) effects.lockOnly(table, 'AccessExclusive')
  else effects.lock(table, 'AccessExclusive')
  if (!requireTable(effects, catalog, table)) return effects.done()
  for (const column of change.columns) requireColumn(effects, catalog, table, column)
  const index = known?.indexes.find((candidate) => candidate.name === change.usingIndex)
  const columns =
    change.columns.length > 0
      ? change.columns
      : (index?.columns.filter((column) => column !== null) ?? [])
  if (change.usingIndex === null) {
    if (!isShell) effects.build(table)
    const name = { schema: table.schema, name: change.constraint }
    if (relationExists(catalog, name)) {
      effects.fails('42P07', `relation "${change.constraint}" already exists`)
    }
    requireOrder(effects, catalog, table, columns)
    const what = change.kind === 'AddUnique' ? 'unique constraints' : 'primary keys'
    requireStored(effects, catalog, table, columns, what)
    if (!isShell) duplicates(effects, catalog, change, columns)
  }
  if (change.kind === 'AddPrimaryKey') {
    if (known?.constraints.some((constraint) => constraint.type === 'primary key')) {
      effects.fails(
        '42P16',
        `multiple primary keys for table "${displayName(table)}" are not allowed`,
      )
    }
    for (const column of columns) {
      const own = findColumn(known, column)
      // CREATE TABLE AS makes columns that may be NULL, and that the catalog does not know.
      const isUnknown = own === undefined && known?.complete !== false
      if (isUnknown || own?.notNull || isProvedNotNull(known, column)) continue
      effects.scan(table)
      effects.mayFail(
        table,
        '23502',
        `column "${column}" of relation "${displayName(table)}" contains null values`,
      )
    }
  }
  return effects.done()
}

function duplicates(
  effects: EffectsBuilder,
  catalog: Catalog,
  change: ChangeOf<'AddUnique' | 'AddPrimaryKey'>,
  columns: readonly string[],
): void {
  const message = `could not create unique index "${change.constraint}"`
  const table = findTable(catalog, change.table)
  if (
    change.kind === 'AddUnique' &&
    change.nullsNotDistinct &&
    holdOnlyNulls(catalog, change.table, columns)
  ) {
    effects.failsOnRows(change.table, '23505', message)
  } else if (change.withColumn === null) {
    const isDistinct = change.kind === 'AddUnique' && !change.nullsNotDistinct
    const holdsNothing = columns.some((name) => isAllNull(catalog, findColumn(table, name)))
    // Rows without a value are no duplicates of each other.
    if (!isDistinct || !holdsNothing) effects.mayFail(change.table, '23505', message)
  } else {
    const added = findColumn(table, change.withColumn)
    // The same constant in every row, which two rows are enough for.
    if (added?.default && added.default.functions.length === 0) {
      effects.failsOnRows(change.table, '23505', message)
    }
  }
}

/** Two rows without a value are duplicates under NULLS NOT DISTINCT. */
function holdOnlyNulls(
  catalog: Catalog,
  table: ChangeOf<'AddUnique'>['table'],
  columns: readonly (string | null)[],
): boolean {
  const known = findTable(catalog, table)
  return (
    columns.length > 0 && columns.every((name) => isAllNull(catalog, findColumn(known, name ?? '')))
  )
}

/** Whether an index would be unique on rows that hold nothing yet. */
export function isDuplicateOnNulls(
  catalog: Catalog,
  table: ChangeOf<'CreateIndex'>['table'],
  index: Index,
): boolean {
  return (
    index.nullsNotDistinct &&
    index.predicate === null &&
    holdOnlyNulls(catalog, table, index.columns)
  )
}
