import { type Catalog, findIndex } from '../catalog.ts'
import type { IndexChange } from '../change/indexes.ts'
import { type QualifiedName, nameKey } from '../names.ts'
import type { Index } from '../table.ts'
import { dropKeysOn } from './drop.ts'
import { renameConstraint } from './rename.ts'
import { updateTable, withEntry } from './update.ts'

/** What a change of an index leaves behind. */
export function applyIndexChange(catalog: Catalog, change: IndexChange): Catalog {
  switch (change.kind) {
    case 'CreateIndex':
      return createIndex(catalog, change)
    case 'DropIndex':
      return dropIndex(catalog, change.index, change.table)
    case 'RenameIndex':
      return renameIndex(catalog, change)
    case 'Reindex':
      return catalog
  }
}

function createIndex(catalog: Catalog, change: IndexChange & { kind: 'CreateIndex' }): Catalog {
  if (change.ifNotExists && findIndex(catalog, { ...change.table, name: change.index.name })) {
    return catalog
  }
  const view = catalog.views.get(nameKey(change.table))
  if (view !== undefined) {
    const indexed = { ...view, indexes: [...view.indexes, change.index] }
    return { ...catalog, views: withEntry(catalog.views, nameKey(view), indexed) }
  }
  return updateTable(catalog, change.table, (table) => ({
    ...table,
    indexes: [...table.indexes, change.index],
  }))
}

/** Foreign keys that hang on a unique index go with it: CASCADE, or it would not run. */
function dropIndex(catalog: Catalog, name: QualifiedName, table: QualifiedName | null): Catalog {
  const found = findIndex(catalog, name, table)
  const freed =
    found && 'columns' in found.on ? dropKeysOn(catalog, found.on, found.index) : catalog
  return editIndexes(freed, name, table, (indexes) =>
    indexes.filter((index) => index.name !== name.name),
  )
}

/** The constraint that an index stands behind is renamed with it. */
function renameIndex(catalog: Catalog, change: IndexChange & { kind: 'RenameIndex' }): Catalog {
  const found = findIndex(catalog, change.index, change.table)
  const constraint = found?.index.constraint
  if (found && constraint) return renameConstraint(catalog, found.on, constraint, change.to)
  return editIndexes(catalog, change.index, change.table, (indexes) =>
    indexes.map((index) =>
      index.name === change.index.name ? { ...index, name: change.to } : index,
    ),
  )
}

function editIndexes(
  catalog: Catalog,
  name: QualifiedName,
  table: QualifiedName | null,
  edit: (indexes: readonly Index[]) => readonly Index[],
): Catalog {
  const found = findIndex(catalog, name, table)
  if (found === undefined) return catalog
  const edited = { ...found.on, indexes: edit(found.on.indexes) }
  const key = nameKey(found.on)
  return 'columns' in edited
    ? { ...catalog, tables: withEntry(catalog.tables, key, edited) }
    : { ...catalog, views: withEntry(catalog.views, key, edited) }
}
