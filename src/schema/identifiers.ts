import type { Node } from 'estree'
import { type DeclaredForeignKey, type DeclaredTable, type SchemaFile, columnOf } from './model.ts'
import type { SchemaDialect } from '../dialects/core/core.ts'

/** A name the database will be given. */
export interface Identifier {
  readonly name: string
  /** What it is the name of, in words. */
  readonly kind: string
  readonly node: Node
  readonly dialect: SchemaDialect
  /** Made by drizzle from the names of tables and columns. */
  readonly derived: boolean
}

/** Every name a schema file gives, as far as it can be told; those drizzle derives included. */
export function identifiersOf(file: SchemaFile): readonly Identifier[] {
  const objects = file.objects.flatMap(({ name, kind, node, dialect }) =>
    name === null ? [] : [{ name, kind, node, dialect, derived: false }],
  )
  return [...objects, ...file.tables.flatMap((table) => ofTable(table, file))]
}

function ofTable(table: DeclaredTable, file: SchemaFile): Identifier[] {
  const found: Identifier[] = []
  const add = (
    kind: string,
    node: Node,
    written: string | null | undefined,
    derive: () => string | null,
  ) => {
    const name = written === null ? derive() : written
    const derived = written === null
    if (name !== null && name !== undefined)
      found.push({ name, kind, node, dialect: table.dialect, derived })
  }
  add('table', table.node, table.name ?? undefined, () => null)
  for (const { name, node } of table.columns) add('column', node, name ?? undefined, () => null)
  for (const { name, node, columns } of table.indexes) {
    add('index', node, name, () => derivedName(table, columns, 'index'))
  }
  for (const { name, node, columns, kind } of table.keys) {
    // A primary key of one column is named by the server, which makes it fit.
    if (kind === 'primary key' && columns.length < 2) continue
    const suffix = kind === 'unique' ? 'unique' : 'pk'
    add(kind === 'unique' ? 'unique constraint' : kind, node, name, () =>
      derivedName(table, columns, suffix),
    )
  }
  for (const key of table.foreignKeys) {
    const target = key.references === null ? undefined : file.table(key.references)
    add('foreign key', key.node, key.name, () => derivedForeignKey(table, key, target))
  }
  for (const { name, node } of table.checks) add('check constraint', node, name, () => null)
  for (const { name, node } of table.policies) add('policy', node, name, () => null)
  return found
}

/** As drizzle-orm and drizzle-kit 0.x name what has no name; 1.0, with `snakeCase.table`, shortens. */
export function derivedName(
  table: DeclaredTable,
  keys: readonly (string | null)[],
  suffix: string,
): string | null {
  const columns = columnNames(table, keys)
  if (table.name === null || columns === null || table.casing !== null) return null
  return [table.name, ...columns, suffix].join('_')
}

/** The name of a foreign key that has none of its own. */
export function derivedForeignKey(
  table: DeclaredTable,
  key: DeclaredForeignKey,
  target: DeclaredTable | undefined,
): string | null {
  const referenced = target === undefined ? null : columnNames(target, key.referencedColumns)
  if (!target?.name || referenced === null) return null
  return derivedName(table, key.columns, [target.name, ...referenced, 'fk'].join('_'))
}

function columnNames(table: DeclaredTable, keys: readonly (string | null)[]): string[] | null {
  const names = keys.map((key) => columnOf(table, key)?.name ?? null)
  return names.every((name) => name !== null) ? names : null
}
