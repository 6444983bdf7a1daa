import { type Catalog, findTable } from '../../../catalog/catalog.ts'
import { type QualifiedName, displayName, nameKey } from '../../../catalog/names.ts'
import { findColumn, findConstraint } from '../../../catalog/table.ts'
import type { EffectsBuilder } from './build.ts'

/**
 * What is known to be missing. The catalog only knows what the migrations said, so absence counts
 * only where it is certain: a table they dropped themselves, a column or constraint of a table they
 * created in full, and only while everything could be followed.
 */
export function requireTable(
  effects: EffectsBuilder,
  catalog: Catalog,
  table: QualifiedName,
  ifExists = false,
): boolean {
  if (catalog.blind || ifExists || !catalog.gone.has(nameKey(table))) return true
  if (findTable(catalog, table) !== undefined) return true
  effects.fails('42P01', `relation "${displayName(table)}" does not exist`)
  return false
}

/** The same for a column. */
export function requireColumn(
  effects: EffectsBuilder,
  catalog: Catalog,
  table: QualifiedName,
  column: string,
): void {
  const known = findTable(catalog, table)
  if (catalog.blind || known?.complete !== true || SYSTEM_COLUMNS.has(column)) return
  if (findColumn(known, column) !== undefined) return
  effects.fails('42703', `column "${column}" of relation "${table.name}" does not exist`)
}

/** The same for a constraint. */
export function requireConstraint(
  effects: EffectsBuilder,
  catalog: Catalog,
  table: QualifiedName,
  constraint: string,
): void {
  const known = findTable(catalog, table)
  if (catalog.blind || known?.complete !== true) return
  if (findConstraint(known, constraint) !== undefined) return
  // From PostgreSQL 18 on every NOT NULL is a constraint with a name of the server's making.
  if (constraint.endsWith('_not_null')) return
  effects.fails('42704', `constraint "${constraint}" of relation "${table.name}" does not exist`)
}

/** Within one table no two constraints may have one name. */
export function nameIsFree(
  effects: EffectsBuilder,
  catalog: Catalog,
  table: QualifiedName,
  constraint: string,
): void {
  if (findConstraint(findTable(catalog, table), constraint) === undefined) return
  effects.fails(
    '42710',
    `constraint "${constraint}" for relation "${displayName(table)}" already exists`,
  )
}

const SYSTEM_COLUMNS: ReadonlySet<string> = new Set([
  'ctid',
  'xmin',
  'xmax',
  'cmin',
  'cmax',
  'tableoid',
])
