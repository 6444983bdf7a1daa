import * as typescript from '@typescript-eslint/parser'
import type { Program } from 'estree'
import { parseSync } from 'oxc-parser'
import { expect } from 'vitest'
import type { DeclaredTable, SchemaFile } from '../../src/schema/model.ts'
import { columnLabel } from '../../src/schema/model.ts'
import { readSchema } from '../../src/schema/read.ts'

/** Parsers that read TypeScript as ESTree. */
export const parsers = {
  '@typescript-eslint/parser': (code: string) =>
    typescript.parse(code, { range: true, loc: true }) as unknown as Program,
  'oxc-parser': (code: string) =>
    parseSync('schema.ts', code, { range: true, astType: 'ts' }).program as unknown as Program,
}

/** What a file declares, read from the trees of every parser, which must agree. */
export function read(code: string): SchemaFile {
  const [first, ...others] = Object.values(parsers).map((parse) => readSchema(parse(code)))
  for (const other of others) expect(summary(other)).toEqual(summary(first!))
  return first!
}

/** The only table of a file. */
export function readTable(code: string): DeclaredTable {
  const { tables } = read(code)
  expect(tables).toHaveLength(1)
  return tables[0]!
}

/** Everything of a file that is not a node. */
export function summary(file: SchemaFile) {
  return {
    objects: file.objects.map(({ kind, name, schema, exported }) => ({
      kind,
      name,
      schema,
      exported,
    })),
    tables: file.tables.map((table) => ({
      name: table.name,
      schema: table.schema,
      dialect: table.dialect,
      exported: table.exported,
      complete: table.complete,
      extrasKnown: table.extrasKnown,
      columns: table.columns.map(({ key, name, type, notNull, hasDefault, known }) => ({
        key,
        name,
        type: type?.name,
        notNull,
        hasDefault,
        known,
      })),
      indexes: table.indexes.map(({ name, columns, unique, method, where }) => ({
        name,
        columns,
        unique,
        method,
        where,
      })),
      keys: table.keys.map(({ name, kind, columns }) => ({ name, kind, columns })),
      foreignKeys: foreignKeys(table, file),
      policies: table.policies.length,
      rowSecurity: table.rowSecurity,
    })),
  }
}

/** `posts.user_id → users.id set null`, as short as foreign keys can be told. */
export function foreignKeys(table: DeclaredTable, file: SchemaFile): string[] {
  return table.foreignKeys.map((key) => {
    const target = key.references === null ? undefined : file.table(key.references)
    const own = key.columns.map((column) => columnLabel(table, column ?? '?'))
    const other = key.referencedColumns.map((column) =>
      target === undefined ? '?' : columnLabel(target, column ?? '?'),
    )
    return `${own.join(', ')} → ${other.join(', ')}${key.onDelete ? ` ${key.onDelete}` : ''}`
  })
}
