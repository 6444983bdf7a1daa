import type { Rule } from 'eslint'
import { findTable } from '../catalog/catalog.ts'
import type { Table } from '../catalog/table.ts'
import { coreOf } from '../dialects/cores.ts'
import { snakeCase } from '../schema/casing.ts'
import type { DeclaredColumn, DeclaredTable } from '../schema/model.ts'
import { previewOf } from './preview.ts'

/**
 * A table as the migrations on disk leave it. What is deployed can only be changed by another
 * migration, so a convention comes too late for it.
 *
 * @returns null for a table that no migration has made, or where the migrations cannot be told
 */
export function migratedTable(context: Rule.RuleContext, table: DeclaredTable): Table | null {
  if (table.name === null || table.schema === undefined) return null
  const preview = previewOf(context, {})
  const name = { schema: table.schema ?? coreOf(table.dialect).defaultSchema, name: table.name }
  return (preview && findTable(preview.before, name)) ?? null
}

/** Whether a table that the migrations have made has a column already. */
export function isMigrated(
  context: Rule.RuleContext,
  table: DeclaredTable,
  { key, name }: DeclaredColumn,
): boolean {
  const names = new Set([name ?? key, key, snakeCase(key)])
  return migratedTable(context, table)?.columns.some((column) => names.has(column.name)) === true
}
