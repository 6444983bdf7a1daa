import {
  type Catalog,
  dependentViews,
  findTable,
  pointingAtAll,
  referencesTo,
  relationExists,
} from '../../../catalog/catalog.ts'
import type { ChangeOf } from '../../../catalog/change.ts'
import type { TableChange } from '../../../catalog/change/table.ts'
import { type QualifiedName, displayName, nameKey, sameName } from '../../../catalog/names.ts'
import type { Table } from '../../../catalog/table.ts'
import type { Effects, Session } from '../../effects.ts'
import { LOCK_MODES } from '../lockModes.ts'
import { EffectsBuilder } from './build.ts'
import { lockViews } from './dependents.ts'
import { requireTable } from './existence.ts'
import { IN_TRANSACTION } from './indexes.ts'
import { defaultPartitionOf, partitionEffects } from './partitions.ts'

/** What a change of a whole table costs. */
export function tableEffects(change: ChangeOf<TableChange['kind']>, session: Session): Effects {
  const { before: catalog } = change
  const effects = new EffectsBuilder(catalog)
  switch (change.kind) {
    case 'CreateTable':
      return createEffects(change)
    case 'AttachPartition':
    case 'DetachPartition':
      return partitionEffects(change, session)
    case 'DropTable':
      return dropEffects(change)
    case 'TruncateTable':
      return truncateEffects(change)
    case 'VacuumTable':
    case 'ClusterTable':
      return storageEffects(change)
    case 'AnalyzeTable':
      return effects.lock(change.table, 'ShareUpdateExclusive').done()
    case 'LockTable':
      return effects.lock(change.table, LOCK_MODES[change.mode - 1] ?? 'AccessExclusive').done()
    case 'SetInheritance':
      return effects
        .lock(change.table, 'AccessExclusive')
        .lockOnly(change.parent, 'ShareUpdateExclusive')
        .done()
    case 'RenameTable':
    case 'SetTableSchema':
    case 'SetTableStorage':
    case 'AlterTableSetting':
    case 'SetRowSecurity':
      return alterEffects(effects, change)
    // PostgreSQL changes tables in place.
    case 'RebuildTable':
      return effects.done()
  }
}

type AlterTable = ChangeOf<
  'RenameTable' | 'SetTableSchema' | 'SetTableStorage' | 'AlterTableSetting' | 'SetRowSecurity'
>

/** ALTER TABLE of what is the table's own. */
function alterEffects(effects: EffectsBuilder, change: AlterTable): Effects {
  const { before: catalog, table } = change
  if (!requireTable(effects, catalog, table)) return effects.done()
  if (change.kind === 'AlterTableSetting') return effects.lock(table, change.lock).done()
  effects.lock(table, 'AccessExclusive')
  if (change.kind === 'RenameTable' || change.kind === 'SetTableSchema') {
    if (!sameName(change.to, table) && relationExists(catalog, change.to)) {
      effects.fails('42P07', `relation "${displayName(change.to)}" already exists`)
    }
  }
  if (change.kind === 'SetTableStorage' && !isSameStorage(findTable(catalog, table), change)) {
    effects.rewrite(table)
    staysLogged(effects, catalog, change)
  }
  return effects.done()
}

/** A logged table cannot point at an unlogged one (`ATPrepChangePersistence`, tablecmds.c). */
function staysLogged(
  effects: EffectsBuilder,
  catalog: Catalog,
  { table, setting }: ChangeOf<'SetTableStorage'>,
): void {
  const others =
    setting === 'unlogged'
      ? referencesTo(catalog, table)
          .map(({ table: holder }) => holder)
          .filter(({ unlogged }) => unlogged !== true)
      : setting === 'logged'
        ? (findTable(catalog, table)?.constraints ?? []).flatMap((key) => {
            const target = key.type === 'foreign key' && findTable(catalog, key.references)
            return target && target.unlogged === true ? [target] : []
          })
        : []
  const [other] = others.filter((one) => !sameName(one, table))
  if (other === undefined) return
  const kind = setting === 'unlogged' ? 'logged' : 'unlogged'
  effects.fails(
    '42P16',
    `could not change table "${displayName(table)}" to ${setting} because it references ${kind} table "${displayName(other)}"`,
  )
}

/** Whether a table is stored already as it is asked to be. */
function isSameStorage(
  table: Table | undefined,
  { setting, value }: ChangeOf<'SetTableStorage'>,
): boolean {
  if (setting === 'unlogged') return table?.unlogged === true
  if (setting === 'logged') return table?.complete === true && table.unlogged !== true
  return SAME_STORAGE.has(value ?? '')
}

/** The defaults: to ask for them moves nothing in a database that never left them. */
const SAME_STORAGE: ReadonlySet<string> = new Set(['pg_default', 'heap'])

function createEffects(change: ChangeOf<'CreateTable'>): Effects {
  const { before: catalog, table, definition } = change
  const effects = new EffectsBuilder(catalog)
  if (relationExists(catalog, table)) {
    if (!change.ifNotExists)
      effects.fails('42P07', `relation "${displayName(table)}" already exists`)
    return effects.done()
  }
  for (const column of definition.columns) {
    const { schema, name } = column.type
    if (schema !== null && !catalog.blind && catalog.gone.has(nameKey({ schema, name }))) {
      effects.fails('42704', `type "${name}" does not exist`)
    }
  }
  for (const parent of definition.inherits) effects.lockOnly(parent, 'ShareUpdateExclusive')
  if (definition.partitionOf !== null) {
    effects.lockOnly(definition.partitionOf, 'AccessExclusive')
    const standing = defaultPartitionOf(catalog, definition.partitionOf)
    // The default partition must not hold rows that belong into the new one.
    if (standing !== undefined) effects.lock(standing, 'AccessExclusive').scan(standing)
  }
  return effects.done()
}

function dropEffects(change: ChangeOf<'DropTable'>): Effects {
  const { before: catalog, table } = change
  const effects = new EffectsBuilder(catalog)
  // A partition or child that the same statement names has gone with its parent already.
  const isListed = change.together.length > 1
  if (!requireTable(effects, catalog, table, change.ifExists || isListed)) return effects.done()
  const known = findTable(catalog, table)
  if (known === undefined && change.ifExists) return effects.done()
  effects.lock(table, 'AccessExclusive')
  for (const constraint of known?.constraints ?? []) {
    if (constraint.type === 'foreign key') effects.lock(constraint.references, 'AccessExclusive')
  }
  const goesToo = (name: QualifiedName) => change.together.some((other) => sameName(other, name))
  const pointing = referencesTo(catalog, table).filter(
    ({ table: holder }) => !goesToo(holder) && !sameName(holder, table),
  )
  const views = dependentViews(catalog, table, null)
  if (change.cascade) {
    for (const { table: holder } of pointing) effects.lock(holder, 'AccessExclusive')
    lockViews(effects, catalog, views)
    return effects.done()
  }
  const dependents = [
    ...pointing.map(
      ({ key, table: holder }) => `constraint ${key.name} on table ${displayName(holder)}`,
    ),
    ...views.map((view) => `view ${displayName(view)}`),
  ]
  if (dependents.length > 0) {
    effects.fails(
      '2BP01',
      `cannot drop table ${displayName(table)} because other objects depend on it: ${dependents.join(', ')}`,
    )
  }
  return effects.done()
}

function truncateEffects(change: ChangeOf<'TruncateTable'>): Effects {
  const { before: catalog, table } = change
  const effects = new EffectsBuilder(catalog)
  if (!requireTable(effects, catalog, table)) return effects.done()
  effects.lock(table, 'AccessExclusive').replace(table)
  if (change.cascade) {
    for (const holder of pointingAtAll(catalog, table)) {
      effects.lock(holder, 'AccessExclusive').replace(holder)
    }
    return effects.done()
  }
  for (const { table: holder } of referencesTo(catalog, table)) {
    if (change.together.some((other) => sameName(other, holder))) continue
    effects.fails(
      '0A000',
      `cannot truncate a table referenced in a foreign key constraint: ${displayName(holder)} references ${displayName(table)}`,
    )
  }
  return effects.done()
}

function storageEffects(change: ChangeOf<'VacuumTable' | 'ClusterTable'>): Effects {
  const { before: catalog, table } = change
  const effects = new EffectsBuilder(catalog)
  const command = change.kind === 'VacuumTable' ? 'VACUUM' : 'CLUSTER'
  // CLUSTER of one table may run in a transaction, of all tables it may not.
  if (catalog.transactionOpen && (command === 'VACUUM' || table === null)) {
    return effects.fails(IN_TRANSACTION, `${command} cannot run inside a transaction block`).done()
  }
  if (table === null) return effects.done()
  if (change.kind === 'VacuumTable' && !change.full) {
    return effects.lock(table, 'ShareUpdateExclusive').done()
  }
  return effects.lock(table, 'AccessExclusive').rewrite(table).done()
}
