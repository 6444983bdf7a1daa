import { coreOf } from '../dialects/cores.ts'
import { snakeCase } from './casing.ts'
import { type DeclaredTable, type SchemaFile, columnOf } from './model.ts'

const DEFAULT_PATTERN = '{table}_{columns}_idx'

/**
 * A name for a new index, made as the other indexes of the file are named.
 *
 * @returns null where they have none and drizzle names them
 */
export function newIndexName(
  file: SchemaFile,
  table: DeclaredTable,
  columns: readonly string[],
): string | null {
  const pattern = usualPattern(file)
  if (pattern === null && coreOf(table.dialect).namesIndexes) return null
  const name = table.name ?? snakeCase(table.variable ?? 'table')
  return (pattern ?? DEFAULT_PATTERN)
    .replace('{table}', name)
    .replace('{columns}', columnNames(table, columns).join('_'))
}

/** The pattern most indexes of the file follow; null if most have no name of their own. */
function usualPattern(file: SchemaFile): string | null {
  const counts = new Map<string | null, number>()
  for (const table of file.tables) {
    for (const index of table.indexes.filter(({ unique }) => !unique)) {
      const pattern = index.name === null ? null : patternOf(table, index.name, index.columns)
      if (pattern !== undefined) counts.set(pattern, (counts.get(pattern) ?? 0) + 1)
    }
  }
  const [usual] = [...counts].sort(([, a], [, b]) => b - a)
  return usual === undefined ? DEFAULT_PATTERN : usual[0]
}

function patternOf(
  table: DeclaredTable,
  name: string | undefined,
  keys: readonly (string | null)[],
): string | undefined {
  const columns = keys.filter((key) => key !== null)
  if (name === undefined || columns.length !== keys.length || keys.length === 0) return undefined
  for (const written of [columnNames(table, columns), columns]) {
    const [before, after, ...others] = name.split(written.join('_'))
    if (before === undefined || after === undefined || others.length > 0) continue
    const withTable = (text: string) =>
      table.name === null ? text : text.replace(table.name, '{table}')
    return `${withTable(before)}{columns}${withTable(after)}`
  }
  return undefined
}

function columnNames(table: DeclaredTable, keys: readonly string[]): string[] {
  return keys.map((key) => columnOf(table, key)?.name ?? snakeCase(key))
}
