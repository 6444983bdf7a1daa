import type { ChangeOf } from '../../../catalog/change.ts'
import type { OtherChange } from '../../../catalog/change/others.ts'
import { dependentViews, findTable, findView, relationExists } from '../../../catalog/catalog.ts'
import { functionUsers } from '../../../catalog/functionUsers.ts'
import { displayName, nameKey } from '../../../catalog/names.ts'
import { findColumn } from '../../../catalog/table.ts'
import type { Effects, Session } from '../../effects.ts'
import { EffectsBuilder } from './build.ts'
import { lockViews } from './dependents.ts'
import { requireTable } from './existence.ts'
import { IN_TRANSACTION } from './indexes.ts'
import { childrenOf, findsNothing, readsEveryRow } from './reading.ts'
import { sequenceEffects } from './sequences.ts'

/** What a change of anything but tables, columns, constraints, indexes and types costs. */
export function otherEffects(change: ChangeOf<OtherChange['kind']>, session: Session): Effects {
  const { before: catalog } = change
  const effects = new EffectsBuilder(catalog)
  switch (change.kind) {
    case 'CreateView':
      if (change.ifNotExists && relationExists(catalog, change.view)) return effects.done()
      for (const source of change.view.reads) effects.lock(source.relation, 'AccessShare')
      if (!change.replace && relationExists(catalog, change.view)) {
        return effects
          .fails('42P07', `relation "${displayName(change.view)}" already exists`)
          .done()
      }
      if (change.replace && findView(catalog, change.view)) {
        effects.lock(change.view, 'AccessExclusive')
      }
      if (change.withData) for (const source of change.view.reads) effects.scan(source.relation)
      return effects.done()
    case 'DropView': {
      const dependents = dependentViews(catalog, change.view, null)
      if (findView(catalog, change.view)) effects.lock(change.view, 'AccessExclusive')
      if (dependents.length > 0 && !change.cascade) {
        effects.fails(
          '2BP01',
          `cannot drop view ${displayName(change.view)} because other objects depend on it: ${dependents.map(displayName).join(', ')}`,
        )
      } else lockViews(effects, catalog, dependents)
      return effects.done()
    }
    case 'RenameView':
      return effects.lock(change.view, 'AccessExclusive').done()
    case 'RefreshView':
      return refreshEffects(effects, change)
    case 'CreatePolicy':
      if (
        findTable(catalog, change.table)?.policies.some(({ name }) => name === change.policy.name)
      ) {
        effects.fails(
          '42710',
          `policy "${change.policy.name}" for table "${displayName(change.table)}" already exists`,
        )
      }
      return effects.lock(change.table, 'AccessExclusive').done()
    case 'DropPolicy':
    case 'DropTrigger':
      if (!isAbsent(change)) effects.lock(change.table, 'AccessExclusive')
      return effects.done()
    case 'AlterPolicy':
    case 'CreateRule':
      return effects.lock(change.table, 'AccessExclusive').done()
    case 'CreateTrigger':
      return effects.lock(change.table, 'ShareRowExclusive').done()
    case 'CreateSchema':
      if (catalog.schemas.has(change.schema) && !change.ifNotExists) {
        effects.fails('42P06', `schema "${change.schema}" already exists`)
      }
      return effects.done()
    case 'DropSchema':
      return dropSchemaEffects(effects, change)
    case 'WriteRows':
      return writeEffects(effects, change, session)
    case 'ReadRows':
      for (const relation of change.reads) {
        effects.lock(relation, 'AccessShare')
        if (change.stored || change.everyRow) effects.scan(relation)
      }
      return effects.done()
    case 'OutsideTransaction':
      if (catalog.transactionOpen) {
        effects.fails(IN_TRANSACTION, `${change.command} cannot run inside a transaction block`)
      }
      return effects.done()
    case 'UnparsedSql':
      return effects.fails('42601', change.reason).done()
    case 'Harmless':
      if (change.table !== null) effects.lock(change.table, 'ShareUpdateExclusive')
      return effects.done()
    case 'DropFunction':
      for (const { table } of change.cascade ? functionUsers(catalog, change.function) : []) {
        effects.lock(table, 'AccessExclusive')
      }
      return effects.done()
    case 'CreateSequence':
    case 'AlterSequence':
    case 'RenameSequence':
    case 'DropSequence':
      return sequenceEffects(effects, change)
    case 'RenameSchema':
      if (catalog.schemas.has(change.to)) {
        effects.fails('42P06', `schema "${change.to}" already exists`)
      }
      return effects.done()
    // They lock no relation that existed, and fail of what no catalog tells.
    case 'CreateFunction':
    case 'TransactionControl':
    case 'SetVariable':
    case 'OpaqueSql':
    case 'Unmodelled':
      return effects.done()
  }
}

/** Whether IF EXISTS finds nothing on a table the migrations made: then no lock is kept. */
function isAbsent(change: ChangeOf<'DropPolicy' | 'DropTrigger'>): boolean {
  const table = findTable(change.before, change.table)
  if (!change.ifExists || change.before.blind || table?.complete !== true) return false
  return change.kind === 'DropTrigger'
    ? !table.triggers.some(({ name }) => name === change.trigger)
    : !table.policies.some(({ name }) => name === change.policy)
}

function refreshEffects(effects: EffectsBuilder, change: ChangeOf<'RefreshView'>): Effects {
  const { before: catalog, view } = change
  effects.lock(view, change.concurrently ? 'Exclusive' : 'AccessExclusive')
  if (change.concurrently) effects.scan(view)
  else effects.replace(view)
  const known = findView(catalog, view)
  for (const source of known?.reads ?? []) {
    effects.lock(source.relation, 'AccessShare').scan(source.relation)
  }
  const unique = known?.indexes.some((index) => index.unique && index.predicate === null)
  if (change.concurrently && known && !unique) {
    effects.fails('55000', `cannot refresh materialized view "${displayName(view)}" concurrently`)
  }
  return effects.done()
}

function dropSchemaEffects(effects: EffectsBuilder, change: ChangeOf<'DropSchema'>): Effects {
  const { before: catalog } = change
  const members = [...catalog.tables.values(), ...catalog.views.values()].filter(
    (relation) => relation.schema === change.schema,
  )
  const types = [...catalog.enums.values(), ...catalog.domains.values()].filter(
    (type) => type.schema === change.schema,
  )
  if (change.cascade) for (const member of members) effects.lock(member, 'AccessExclusive')
  else if (members.length + types.length > 0) {
    effects.fails(
      '2BP01',
      `cannot drop schema ${change.schema} because other objects depend on it: ${[...members, ...types].map(displayName).join(', ')}`,
    )
  }
  return effects.done()
}

function writeEffects(
  effects: EffectsBuilder,
  change: ChangeOf<'WriteRows'>,
  { version }: Session,
): Effects {
  const { before: catalog, table } = change
  if (!requireTable(effects, catalog, table)) return effects.done()
  effects.lock(table, 'RowExclusive')
  requireComputed(effects, change)
  // What is written to a view is written to the one table that it reads.
  const sources = findView(catalog, table)?.reads ?? []
  if (sources[0] && sources.length === 1) effects.lock(sources[0].relation, 'RowExclusive')
  for (const child of findsNothing(findTable(catalog, table), change, version)
    ? []
    : childrenOf(catalog, change)) {
    effects.lock(child.table, child.isWritten ? 'RowExclusive' : 'RowShare')
    if (child.isRead) effects.scan(child.table)
  }
  const everyRow = readsEveryRow(catalog.tables.get(nameKey(table)), change, version)
  if (everyRow) effects.scan(table)
  for (const relation of change.reads) {
    effects.lock(relation, 'AccessShare')
    // What is looked up for a few rows, an index finds; what is joined to all of them is read.
    if (everyRow || change.command === 'insert') effects.scan(relation)
  }
  return effects.done()
}

/** The server alone writes generated columns and GENERATED ALWAYS identities (`rewriteTargetListIU`). */
function requireComputed(effects: EffectsBuilder, change: ChangeOf<'WriteRows'>): void {
  const known = findTable(change.before, change.table)
  const computed = (change.given ?? []).find((name) => {
    const column = findColumn(known, name)
    return column?.identity === 'always' || column?.generated != null
  })
  if (computed === undefined) return
  effects.fails(
    '428C9',
    change.command === 'insert'
      ? `cannot insert a non-DEFAULT value into column "${computed}"`
      : `column "${computed}" can only be updated to DEFAULT`,
  )
}
