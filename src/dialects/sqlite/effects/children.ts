import { type Catalog, findTable, referencesTo } from '../../../catalog/catalog.ts'
import { isEmpty } from '../../../catalog/newness.ts'
import type { ForeignKeyConstraint } from '../../../catalog/table.ts'
import { type QualifiedName, displayName, nameKey, sameName } from '../../../catalog/names.ts'
import type { Loss, RunError } from '../../effects.ts'
import { type Outcome, onRows } from './outcome.ts'

/**
 * What becomes of the rows that point at rows which are deleted, and of those that point at them in
 * turn: DROP TABLE deletes every row first wherever foreign keys act ("SQLite Foreign Key Support",
 * section 5).
 *
 * @param ignored - a table that goes as well, so that its rows do not count
 */
export function afterDeletion(
  catalog: Catalog,
  parent: QualifiedName,
  ignored: QualifiedName | null = null,
): Outcome {
  const losses: Loss[] = []
  const errors: RunError[] = []
  const seen = new Set<string>([nameKey(parent)])
  const pending: QualifiedName[] = [parent]
  while (pending.length > 0) {
    const gone = pending.shift()
    if (gone === undefined) break
    for (const { table, key } of referencesTo(catalog, gone)) {
      if (isEmpty(catalog, table) || (ignored && sameName(table, ignored))) continue
      const name = { schema: table.schema, name: table.name }
      // Rows of a table that point at rows of the same table go with it.
      if (sameName(name, gone) && sameName(gone, parent)) continue
      if (key.onDelete === 'cascade') {
        losses.push({ why: 'cascaded', table: name, columns: null })
        if (!seen.has(nameKey(name))) pending.push(name)
        seen.add(nameKey(name))
      } else if (key.onDelete === 'set null' || isEmptied(catalog, name, key)) {
        losses.push({ why: 'set null', table: name, columns: key.columns })
        if (isRequired(catalog, name, key.columns)) {
          errors.push(
            onRows('null-in-required', `NOT NULL constraint failed: ${displayName(name)}`),
          )
        }
      } else {
        const columns = key.columns.map((column) => `${displayName(name)}.${column}`).join(', ')
        const message = `FOREIGN KEY constraint failed: ${columns} points at ${displayName(gone)}`
        errors.push(onRows('dangling-reference', message))
      }
    }
  }
  return { losses: unique(losses), errors: errors.slice(0, 1) }
}

/** SET DEFAULT is SET NULL where there is no default. */
function isEmptied(catalog: Catalog, name: QualifiedName, key: ForeignKeyConstraint): boolean {
  if (key.onDelete !== 'set default') return false
  const columns = findTable(catalog, name)?.columns ?? []
  return key.columns.every((column) => columns.some((own) => own.name === column && !own.default))
}

function isRequired(catalog: Catalog, name: QualifiedName, columns: readonly string[]): boolean {
  const table = findTable(catalog, name)
  return columns.some((column) => table?.columns.find((own) => own.name === column)?.notNull)
}

function unique(losses: readonly Loss[]): readonly Loss[] {
  const known = new Map<string, Loss>()
  for (const loss of losses) {
    const key = `${loss.why} ${nameKey(loss.table)} ${loss.columns?.join(' ') ?? ''}`
    if (!known.has(key)) known.set(key, loss)
  }
  return [...known.values()]
}
