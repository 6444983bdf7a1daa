import type { ReferentialAction } from '../../catalog/table.ts'
import { type Json, action, text, texts } from './json.ts'

/** A foreign key as snapshots of databases without schemas write it. */
export interface SnapshotForeignKey {
  readonly name: string
  readonly columns: readonly string[]
  readonly references: string
  readonly referencedColumns: readonly string[]
  readonly onDelete: ReferentialAction
  readonly onUpdate: ReferentialAction
}

export interface SnapshotCheck {
  readonly name: string
  readonly value: string
}

/**
 * @param columns - the names under which this version of drizzle-kit writes the columns on both sides
 */
export function readForeignKeys(
  keys: readonly Json[],
  columns: { readonly from: string; readonly to: string },
): readonly SnapshotForeignKey[] {
  return keys.map((key) => ({
    name: text(key['name']),
    columns: texts(key[columns.from]),
    references: text(key['tableTo']),
    referencedColumns: texts(key[columns.to]),
    onDelete: action(key['onDelete']),
    onUpdate: action(key['onUpdate']),
  }))
}

export function readChecks(checks: readonly Json[]): readonly SnapshotCheck[] {
  return checks.map(({ name, value }) => ({ name: text(name), value: text(value) }))
}
