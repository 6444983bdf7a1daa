import { type Catalog, findTable, findView, tablesWithTriggers } from '../../../catalog/catalog.ts'
import { type QualifiedName, displayName, nameKey } from '../../../catalog/names.ts'
import type { ViewSource } from '../../../catalog/viewSource.ts'
import type { RunError } from '../../effects.ts'
import { always } from './outcome.ts'

/**
 * A view or trigger that names what is not there. SQLite reads the whole schema again for every ALTER
 * TABLE that renames or drops, and refuses it over any of them ("ALTER TABLE", section 2).
 */
export function brokenProgram(catalog: Catalog, after: string): RunError | null {
  for (const view of catalog.views.values()) {
    const missing = missingSource(catalog, view.reads)
    if (missing) {
      return always('has-dependents', `error in view ${view.name}${after}: ${missing}`)
    }
  }
  for (const table of tablesWithTriggers(catalog)) {
    for (const trigger of table.triggers) {
      const missing = missingRelation(catalog, trigger.mentions)
      if (missing) {
        return always('has-dependents', `error in trigger ${trigger.name}${after}: ${missing}`)
      }
    }
  }
  return null
}

function missingSource(catalog: Catalog, sources: readonly ViewSource[]): string | null {
  for (const { relation, columns } of sources) {
    const missing = missingRelation(catalog, [{ relation, columns }])
    if (missing) return missing
    const table = findTable(catalog, relation)
    if (!table?.complete) continue
    const column = columns?.find((name) => table.columns.every((own) => own.name !== name))
    if (column !== undefined) return `no such column: ${column}`
  }
  return null
}

function missingRelation(catalog: Catalog, sources: readonly ViewSource[]): string | null {
  const found = sources.find(({ relation }) => isMissing(catalog, relation))
  return found ? `no such table: ${displayName(found.relation)}` : null
}

/**
 * Whether a view or trigger names what is not there. Where every table comes from the migrations, one
 * they never made does not exist; otherwise only one that they dropped.
 */
function isMissing(catalog: Catalog, name: QualifiedName): boolean {
  if (findTable(catalog, name) || findView(catalog, name) || isInternal(name)) return false
  if (isGone(catalog, name)) return true
  const isWhole =
    !catalog.blind && [...catalog.tables.values()].every(({ createdIn }) => createdIn > 0)
  return isWhole
}

/** SQLite's own tables, and the functions that return one. */
function isInternal({ name, schema }: QualifiedName): boolean {
  return /^(?:sqlite_|json_|pragma_|generate_series$|dbstat$|fts)/i.test(name) || schema === 'temp'
}

/** Whether the migrations tell that there is no such table or view. */
export function isGone(catalog: Catalog, name: QualifiedName): boolean {
  if (catalog.blind || findTable(catalog, name) || findView(catalog, name)) return false
  return catalog.gone.has(nameKey(name))
}
