import {
  type Catalog,
  dependentPolicies,
  dependentViews,
  findTable,
  referencesTo,
} from '../../../catalog/catalog.ts'
import type { ChangeOf } from '../../../catalog/change.ts'
import type { Expression } from '../../../catalog/expression.ts'
import type { UsingClause } from '../../../catalog/change/column.ts'
import { sameName } from '../../../catalog/names.ts'
import { isEmpty } from '../../../catalog/newness.ts'
import { displayType } from '../../../catalog/type.ts'
import { type Column, type Table, findColumn } from '../../../catalog/table.ts'
import type { Effects, Session } from '../../effects.ts'
import { EffectsBuilder } from './build.ts'
import { comparable } from './comparable.ts'
import { requireColumn, requireTable } from './existence.ts'
import { IDENTITY_TYPE, canCount } from './identity.ts'
import { brokenComparison } from './operators.ts'
import { ordersPlainly, requireOrderOf } from './operatorClass.ts'
import { resolveType } from './resolveType.ts'
import {
  type TypeChangeCost,
  type UsingExpression,
  defaultConverts,
  typeChangeCost,
} from './typeChange.ts'

/** What the change of type itself costs; null while the type before is not known. */
export function costOfTypeChange(
  change: ChangeOf<'AlterColumnType'>,
  session: Session,
): TypeChangeCost | null {
  const { before: catalog } = change
  if (change.from === null) return null
  return typeChangeCost(
    resolveType(catalog, change.from),
    resolveType(catalog, change.to),
    change.using && usingExpression(catalog, change.using),
    { timezone: catalog.timezone ?? session.timezone, version: session.version },
  )
}

function usingExpression(catalog: Catalog, using: UsingClause): UsingExpression {
  if (using.kind !== 'cast') return { kind: using.kind }
  return {
    kind: 'cast',
    to: resolveType(catalog, using.to),
    through: (using.through ?? []).map((type) => resolveType(catalog, type)),
  }
}

/**
 * ALTER COLUMN … TYPE (ATPrepAlterColumnType, ATExecAlterColumnType in PostgreSQL's
 * tablecmds.c). Besides the heap it concerns the indexes and checks on the column, and the tables at the other
 * end of its foreign keys.
 */
export function alterColumnTypeEffects(
  change: ChangeOf<'AlterColumnType'>,
  session: Session,
): Effects {
  const { before: catalog, table } = change
  const effects = new EffectsBuilder(catalog).lock(table, 'AccessExclusive')
  if (!requireTable(effects, catalog, table)) return effects.done()
  requireColumn(effects, catalog, table, change.column)
  if (change.to.schema === 'pg_catalog') {
    return effects.fails('42704', `type "${change.to.name}" does not exist`).done()
  }
  const known = findTable(catalog, table)
  const column = findColumn(known, change.column)
  if (column?.generated && change.using !== null) {
    return effects
      .fails('42611', 'cannot specify USING when altering type of generated column')
      .done()
  }
  const cost = costOfTypeChange(change, session)
  if (column?.identity != null && !canCount(catalog, change.to)) {
    return effects.fails('22023', IDENTITY_TYPE).done()
  }
  if (cost?.error) return effects.fails(cost.error.code, cost.error.message).done()
  if (known && column) failures(effects, change, known, column)
  // What is computed when it is read stands in no row.
  const rewrites = (cost === null || cost.rewrite) && column?.generated?.stored !== false
  if (rewrites) effects.rewrite(table)
  if (cost?.failsOnSomeRows) {
    effects.mayFail(table, cost.failsOnSomeRows.code, cost.failsOnSomeRows.message)
  }
  if (cost?.loses && !isEmpty(catalog, table)) {
    const why = cost.loses === 'truncates' ? 'cut' : 'rounded'
    effects.loses({ why, table, columns: [change.column] })
  }
  const isUnique = known?.indexes.some(
    ({ unique, columns }) => unique && columns.includes(change.column),
  )
  // Values that were different may be the same once they are cut, rounded or computed.
  if (isUnique && (cost?.loses || change.using?.kind === 'other')) {
    effects.mayFail(table, '23505', 'could not create unique index')
  }
  if (known) {
    keys(effects, change, known, rewrites)
    checksAndIndexes(effects, change, known, cost)
  }
  return effects.done()
}

function failures(
  effects: EffectsBuilder,
  change: ChangeOf<'AlterColumnType'>,
  table: Table,
  column: Column,
): void {
  const { before: catalog } = change
  const used = (what: string) =>
    effects.fails('0A000', `cannot alter type of a column used by ${what}`)
  if (dependentViews(catalog, table, column.name).length > 0) used('a view or rule')
  if (table.columns.some((other) => other.generated?.expression.columns.includes(column.name))) {
    used('a generated column')
  }
  if (dependentPolicies(catalog, table, column.name).length > 0) {
    used('a policy definition')
  }
  if (table.partitionKey?.includes(column.name)) {
    effects.fails(
      '42P16',
      `cannot alter column "${column.name}" because it is part of the partition key`,
    )
  }
  const to = resolveType(catalog, change.to)
  const defaulted = column.default !== null || column.serial
  // A cast that the default brings along counts, not what it is cast to when it is stored.
  const from = resolveType(catalog, column.default?.ownType ?? column.type)
  if (defaulted && !defaultConverts(from, to)) {
    effects.fails(
      '42804',
      `default for column "${column.name}" cannot be cast automatically to type ${displayType(change.to)}`,
    )
  }
}

/** A foreign key is made again, and checked again if the values were rewritten. */
function keys(
  effects: EffectsBuilder,
  change: ChangeOf<'AlterColumnType'>,
  table: Table,
  rewritten: boolean,
): void {
  for (const constraint of table.constraints) {
    if (constraint.type !== 'foreign key' || !constraint.columns.includes(change.column)) continue
    effects.lock(constraint.references, 'AccessExclusive')
    const target = findTable(change.before, constraint.references)
    const other = constraint.referencedColumns[constraint.columns.indexOf(change.column)]
    const partner = partnerIn(change, target, other)
    requirePartner(effects, change, constraint.name, partner, 'to')
    if (rewritten && constraint.valid) effects.scan(constraint.references)
  }
  for (const { table: holder, key } of referencesTo(change.before, table)) {
    if (!key.referencedColumns.includes(change.column)) continue
    effects.lock(holder, 'AccessExclusive')
    const other = key.columns[key.referencedColumns.indexOf(change.column)]
    requirePartner(effects, change, key.name, partnerIn(change, holder, other), 'from')
    if (rewritten && key.valid) effects.scan(holder)
  }
}

/** The column at the key's other end, unless the same statement gives it another type, too. */
function partnerIn(
  { table, column, alongside = [] }: ChangeOf<'AlterColumnType'>,
  holder: Table | undefined,
  name = '',
): Column | undefined {
  const isOwn = holder !== undefined && sameName(holder, table)
  return isOwn && [column, ...alongside].includes(name) ? undefined : findColumn(holder, name)
}

/** A foreign key stands only on types that PostgreSQL can compare, on an empty table too. */
function requirePartner(
  effects: EffectsBuilder,
  { before: catalog, to }: ChangeOf<'AlterColumnType'>,
  key: string,
  partner: Column | undefined,
  direction: 'from' | 'to',
): void {
  if (!partner) return
  const own = resolveType(catalog, to)
  const other = resolveType(catalog, partner.type)
  if (direction === 'to' ? comparable(own, other) : comparable(other, own)) return
  effects.fails(
    '42804',
    `foreign key constraint "${key}" cannot be implemented: ${displayType(to)} and ${displayType(partner.type)} cannot be compared`,
  )
}

function checksAndIndexes(
  effects: EffectsBuilder,
  change: ChangeOf<'AlterColumnType'>,
  table: Table,
  cost: TypeChangeCost | null,
): void {
  const checked = table.constraints.flatMap((constraint) =>
    constraint.type === 'check' &&
    constraint.valid &&
    constraint.expression.columns.includes(change.column)
      ? [constraint]
      : [],
  )
  if (checked.length > 0) effects.scan(table)
  const changed = cost?.loses != null || change.using?.kind === 'other'
  for (const { name, expression } of checked) {
    if (!changed && (cost?.rewrite !== true || !readsConverted(expression))) continue
    effects.mayFail(table, '23514', `check constraint "${name}" is violated by some row`)
  }
  const broken =
    change.from && brokenComparison(change.before, table, change.column, change.from, change.to)
  if (broken) effects.fails('42883', broken)
  if (table.indexes.some((index) => ordersPlainly(index, change.column))) {
    requireOrderOf(effects, change.before, change.to)
  }
  for (const index of table.indexes) {
    const onKey = index.columns.includes(change.column)
    // An index with an expression or a predicate is never kept (CheckIndexCompatible, indexcmds.c).
    const computed =
      index.expressionColumns.includes(change.column) ||
      index.predicate?.columns.includes(change.column) === true ||
      (onKey && (index.predicate !== null || index.columns.includes(null)))
    if (computed || (onKey && cost?.rebuildsIndexes === true)) effects.build(table)
  }
}

/** Whether it reads a cast of something, or calls a function: both see how a value is written. */
function readsConverted({ form }: Expression): boolean {
  return form !== null && /"(?:cast|call)":/.test(form)
}
