import {
  type Catalog,
  type View,
  findIndex,
  findTable,
  referencesTo,
  relationExists,
} from '../../../catalog/catalog.ts'
import type { ChangeOf } from '../../../catalog/change.ts'
import type { IndexChange } from '../../../catalog/change/indexes.ts'
import { displayName } from '../../../catalog/names.ts'
import { type Index, type Table, findColumn, indexBehind } from '../../../catalog/table.ts'
import type { Effects, Session } from '../../effects.ts'
import { isAllNull } from './allNull.ts'
import { EffectsBuilder } from './build.ts'
import { requireColumn, requireTable } from './existence.ts'
import { isDuplicateOnNulls } from './keys.ts'
import { ordersPlainly, requireOrder, requireStored } from './operatorClass.ts'
import type { SqlState } from './sqlStates.ts'

/** What PostgreSQL says to CONCURRENTLY and its like in a transaction block. */
export const IN_TRANSACTION = '25001' satisfies SqlState

/** What a change of an index costs. */
export function indexEffects(change: ChangeOf<IndexChange['kind']>, session: Session): Effects {
  switch (change.kind) {
    case 'CreateIndex':
      return createEffects(change)
    case 'DropIndex':
      return dropEffects(change)
    case 'RenameIndex':
      return new EffectsBuilder(change.before).done()
    case 'Reindex':
      return reindexEffects(change, session)
  }
}

/** CREATE INDEX: SHARE for as long as the build takes; CONCURRENTLY blocks nobody. */
function createEffects(change: ChangeOf<'CreateIndex'>): Effects {
  const { before: catalog, table, index } = change
  const effects = new EffectsBuilder(catalog)
  const mode = change.concurrently ? 'ShareUpdateExclusive' : 'Share'
  if (change.only) effects.lockOnly(table, mode)
  else effects.lock(table, mode)
  if (change.concurrently && catalog.transactionOpen) {
    return effects
      .fails(IN_TRANSACTION, 'CREATE INDEX CONCURRENTLY cannot run inside a transaction block')
      .done()
  }
  if (!requireTable(effects, catalog, table)) return effects.done()
  const known = findTable(catalog, table)
  if (change.concurrently && known?.partitionKey) {
    return effects
      .fails(
        '0A000',
        `cannot create index on partitioned table "${displayName(table)}" concurrently`,
      )
      .done()
  }
  if (relationExists(catalog, { schema: table.schema, name: index.name })) {
    if (!change.ifNotExists) effects.fails('42P07', `relation "${index.name}" already exists`)
    return effects.done()
  }
  for (const column of index.columns) {
    if (column !== null) requireColumn(effects, catalog, table, column)
  }
  const plain = index.columns.filter((name) => name !== null && ordersPlainly(index, name))
  requireOrder(effects, catalog, table, plain)
  requireStored(effects, catalog, table, index.columns, 'indexes')
  if (index.unique) {
    const message = `could not create unique index "${index.name}"`
    if (isDuplicateOnNulls(catalog, table, index)) effects.failsOnRows(table, '23505', message)
    else if (!holdsNothing(catalog, known, index)) effects.mayFail(table, '23505', message)
  }
  if (!(change.only && known?.partitionKey)) effects.build(table)
  return effects.done()
}

/** Rows without a value are no duplicates of each other, unless NULLS NOT DISTINCT says so. */
function holdsNothing(catalog: Catalog, table: Table | undefined, index: Index): boolean {
  if (index.nullsNotDistinct) return false
  return index.columns.some((name) => name !== null && isAllNull(catalog, findColumn(table, name)))
}

function dropEffects(change: ChangeOf<'DropIndex'>): Effects {
  const { before: catalog } = change
  const effects = new EffectsBuilder(catalog)
  if (change.table !== null) {
    effects.lock(change.table, change.concurrently ? 'ShareUpdateExclusive' : 'AccessExclusive')
  }
  if (change.concurrently && catalog.transactionOpen) {
    return effects
      .fails(IN_TRANSACTION, 'DROP INDEX CONCURRENTLY cannot run inside a transaction block')
      .done()
  }
  const found = findIndex(catalog, change.index)
  const index = found?.index
  if (found && index && !index.constraint) dropKeys(effects, change, found.on, index)
  if (index?.constraint) {
    effects.fails(
      '2BP01',
      `cannot drop index ${index.name} because constraint ${index.constraint} requires it`,
    )
  }
  return effects.done()
}

/** Foreign keys that hang on a unique index go with it, or keep it where it is. */
function dropKeys(
  effects: EffectsBuilder,
  { before: catalog, cascade }: ChangeOf<'DropIndex'>,
  on: Table | View,
  index: Index,
): void {
  if (!('columns' in on)) return
  const hanging = referencesTo(catalog, on).filter(({ key }) => indexBehind(on, key) === index)
  for (const { table } of hanging) effects.lock(table, 'AccessExclusive')
  if (hanging.length === 0 || cascade) return
  const names = hanging.map(
    ({ key, table }) => `constraint ${key.name} on table ${displayName(table)}`,
  )
  effects.fails(
    '2BP01',
    `cannot drop index ${index.name} because other objects depend on it: ${names.join(', ')}`,
  )
}

function reindexEffects(change: ChangeOf<'Reindex'>, { version }: Session): Effects {
  const { before: catalog, table } = change
  const effects = new EffectsBuilder(catalog)
  // REINDEX of a schema or database commits after every table, whatever is written behind it.
  const outside = change.concurrently || change.target === 'schema' || change.target === 'database'
  if (outside && catalog.transactionOpen) {
    const what = change.concurrently ? 'CONCURRENTLY' : change.target.toUpperCase()
    return effects
      .fails(IN_TRANSACTION, `REINDEX ${what} cannot run inside a transaction block`)
      .done()
  }
  if (table === null) return effects.done()
  const mode = change.concurrently ? 'ShareUpdateExclusive' : 'Share'
  const known = findTable(catalog, table)
  // Before 14 it passes over partitioned tables with a warning.
  if (known?.partitionKey && version !== null && version < 14) return effects.done()
  effects.lock(table, mode)
  const hasNone = known?.complete === true && known.indexes.length === 0
  return hasNone ? effects.done() : effects.build(table).done()
}
