import { type Catalog, findIndex, tablesWithTriggers } from '../../../catalog/catalog.ts'
import type { QualifiedName } from '../../../catalog/names.ts'
import type { Drop } from '../statements/statement.ts'
import { type Translation, sameWord } from '../../ddl/translation.ts'
import { newName, relationName } from './translation.ts'

/** DROP TABLE, VIEW, INDEX, TRIGGER. */
export function drop(translation: Translation, statement: Drop): void {
  const catalog = translation.catalog()
  const { object, name, ifExists } = statement
  const places = { name, table: name }
  switch (object) {
    case 'table': {
      const table = relationName(catalog, name)
      return translation.emit(
        { kind: 'DropTable', table, cascade: false, ifExists, together: [table] },
        places,
      )
    }
    case 'view': {
      const view = relationName(catalog, name)
      return translation.emit(
        { kind: 'DropView', view, materialized: false, cascade: false, ifExists },
        places,
      )
    }
    case 'index': {
      const index = indexName(catalog, newName(name))
      const on = findIndex(catalog, index)?.on
      const table = on ? { schema: on.schema, name: on.name } : null
      return translation.emit(
        { kind: 'DropIndex', index, table, concurrently: false, ifExists, cascade: false },
        places,
      )
    }
    case 'trigger': {
      const found = triggerOn(catalog, name.name.text)
      const table = found?.table ?? { schema: '', name: '' }
      const trigger = found?.trigger ?? name.name.text
      return translation.emit({ kind: 'DropTrigger', table, trigger, ifExists }, places)
    }
  }
}

/** Names of indexes are per database. */
function indexName(catalog: Catalog, wanted: QualifiedName): QualifiedName {
  if (findIndex(catalog, wanted)) return wanted
  for (const table of catalog.tables.values()) {
    if (table.schema !== wanted.schema) continue
    const index = table.indexes.find(({ name }) => sameWord(name, wanted.name))
    if (index) return { schema: table.schema, name: index.name }
  }
  return wanted
}

function triggerOn(
  catalog: Catalog,
  wanted: string,
): { readonly table: QualifiedName; readonly trigger: string } | undefined {
  for (const { schema, name, triggers } of tablesWithTriggers(catalog)) {
    const trigger = triggers.find((candidate) => sameWord(candidate.name, wanted))
    if (trigger) return { table: { schema, name }, trigger: trigger.name }
  }
  return undefined
}
