import { type Catalog, descendants, referencesTo } from '../catalog.ts'
import type { TableChange } from '../change/table.ts'
import { type QualifiedName, nameKey } from '../names.ts'
import { dropTable } from './drop.ts'
import { rebuildTable } from './rebuild.ts'
import { renameTable } from './rename.ts'
import { updateTable, withEntry } from './update.ts'

/** What a change of a table leaves behind. */
export function applyTableChange(catalog: Catalog, change: TableChange): Catalog {
  switch (change.kind) {
    case 'CreateTable':
      return createTable(catalog, change)
    case 'DropTable':
      return dropTable(catalog, change.table)
    case 'RenameTable':
    case 'SetTableSchema':
      return renameTable(catalog, change.table, change.to)
    case 'RebuildTable':
      return rebuildTable(catalog, change)
    case 'SetRowSecurity':
      return updateTable(catalog, change.table, (table) => ({
        ...table,
        rowSecurity: change.enabled,
      }))
    case 'AttachPartition':
      return updateTable(catalog, change.partition, (table) => ({
        ...table,
        partitionOf: change.table,
        defaultPartition: change.isDefault,
        complete: false,
      }))
    case 'DetachPartition':
      return updateTable(catalog, change.partition, (table) => ({
        ...table,
        partitionOf: null,
        defaultPartition: false,
      }))
    case 'SetInheritance':
      return updateTable(catalog, change.table, (table) => ({
        ...table,
        inherits: change.inherits
          ? [...table.inherits, change.parent]
          : table.inherits.filter((parent) => nameKey(parent) !== nameKey(change.parent)),
        complete: false,
      }))
    case 'TruncateTable':
      return truncate(catalog, change.table, change.cascade, new Set())
    case 'SetTableStorage':
      if (change.setting === 'character set' && change.value !== null) {
        return convertTable(catalog, change.table, change.value)
      }
      return change.setting === 'logged' || change.setting === 'unlogged'
        ? updateTable(catalog, change.table, (table) => ({
            ...table,
            unlogged: change.setting === 'unlogged',
          }))
        : catalog
    case 'AlterTableSetting':
      return change.action.endsWith('FORCE ROW LEVEL SECURITY')
        ? updateTable(catalog, change.table, (table) => ({
            ...table,
            rowSecurityForced: !change.action.startsWith('NO'),
          }))
        : catalog
    case 'ClusterTable':
    case 'VacuumTable':
    case 'AnalyzeTable':
    case 'LockTable':
      return catalog
  }
}

/** CONVERT TO CHARACTER SET: the table's default, and every column that has characters. */
function convertTable(catalog: Catalog, name: QualifiedName, charset: string): Catalog {
  return updateTable(catalog, name, (table) => ({
    ...table,
    charset,
    columns: table.columns.map((column) =>
      /char|text|enum|set/.test(column.type.name)
        ? { ...column, type: { ...column.type, charset } }
        : column,
    ),
  }))
}

/** CASCADE empties whatever points at it, and what points at that. */
function truncate(
  catalog: Catalog,
  name: QualifiedName,
  cascade: boolean,
  seen: Set<string>,
): Catalog {
  let result = catalog
  for (const table of [name, ...descendants(catalog, name)]) {
    if (seen.has(nameKey(table))) continue
    seen.add(nameKey(table))
    result = updateTable(result, table, (emptied) => ({
      ...emptied,
      emptiedIn: catalog.deployment,
      truncatedIn: catalog.deployment,
    }))
    for (const pointing of cascade ? referencesTo(catalog, table) : []) {
      result = truncate(result, pointing.table, cascade, seen)
    }
  }
  return result
}

function createTable(catalog: Catalog, change: TableChange & { kind: 'CreateTable' }): Catalog {
  const key = nameKey(change.table)
  // PostgreSQL leaves an existing table as it is; so must the catalog (design, "Newness").
  if (change.ifNotExists && catalog.tables.has(key)) return catalog
  let result: Catalog = {
    ...catalog,
    gone: catalog.gone.without(key),
    tables: withEntry(catalog.tables, key, change.definition),
  }
  for (const column of change.definition.columns) {
    if (!column.serial && column.identity === null) continue
    const sequence = {
      schema: change.table.schema,
      name: `${change.table.name}_${column.name}_seq`,
    }
    result = {
      ...result,
      sequences: withEntry(result.sequences, nameKey(sequence), {
        ...sequence,
        ownedBy: { table: change.table, column: column.name },
        createdIn: catalog.deployment,
      }),
    }
  }
  return result
}
