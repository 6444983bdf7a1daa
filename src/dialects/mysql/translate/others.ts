import { findTable } from '../../../catalog/catalog.ts'
import { SourceCollector } from '../../ddl/querySources.ts'
import { type Translation, sameWord, spelling } from '../../ddl/translation.ts'
import type {
  CreateIndex,
  CreateProgram,
  CreateView,
  Database,
  Drop,
  DropIndex,
  LockTables,
  Optimize,
  RenameTables,
  SetVariables,
  Truncate,
  Utility,
} from '../statements/statement.ts'
import { addElement } from './elements.ts'
import { indexNamed, lookupIn, newName, relationName } from './names.ts'

/** CREATE INDEX. */
export function createIndex(translation: Translation, { table: on, element }: CreateIndex): void {
  const catalog = translation.catalog()
  const table = relationName(catalog, on)
  const known = findTable(catalog, table)
  const places = { table: on, ...(element.name ? { name: element.name } : {}), constraint: element }
  translation.emit(addElement(catalog, table, element, spelling(known)), places)
}

/** DROP INDEX … ON …. */
export function dropIndex(
  translation: Translation,
  { name, table: on, ifExists }: DropIndex,
): void {
  const catalog = translation.catalog()
  const table = relationName(catalog, on)
  const index = indexNamed(findTable(catalog, table), name)
  const places = { name, table: on, constraint: name }
  if (index?.constraint) {
    const { constraint } = index
    const body = { table, constraint, cascade: false, ifExists }
    return translation.emit({ kind: 'DropConstraint', ...body }, places)
  }
  const found = { schema: table.schema, name: index?.name ?? name.text }
  translation.emit(
    { kind: 'DropIndex', index: found, table, concurrently: false, ifExists, cascade: false },
    places,
  )
}

/** CREATE VIEW, CREATE OR REPLACE VIEW, ALTER VIEW. */
export function createView(translation: Translation, statement: CreateView): void {
  const catalog = translation.catalog()
  const { name, replace, ifNotExists, query } = statement
  const collector = new SourceCollector(lookupIn(catalog))
  collector.query(query)
  const view = {
    ...newName(name),
    materialized: false,
    reads: collector.sources(),
    indexes: [],
    createdIn: catalog.deployment,
  }
  translation.emit({ kind: 'CreateView', view, replace, ifNotExists, withData: false }, { name })
}

/** Triggers, procedures, functions, events: their bodies are not read. */
export function createProgram(translation: Translation, statement: CreateProgram): void {
  const catalog = translation.catalog()
  const { what, name, table, replace, ifNotExists } = statement
  if (table === null) {
    return translation.emit({
      kind: 'Harmless',
      command: `CREATE ${what.toUpperCase()}`,
      table: null,
    })
  }
  translation.emit(
    {
      kind: 'CreateTrigger',
      table: relationName(catalog, table),
      trigger: name.name.text,
      replace,
      ifNotExists,
      mentions: [],
    },
    { name, table },
  )
}

/** DROP TABLE, VIEW, TRIGGER and the like. */
export function drop(translation: Translation, { object, names, ifExists }: Drop): void {
  const together =
    object === 'table' ? names.map((name) => relationName(translation.catalog(), name)) : []
  for (const name of names) {
    const catalog = translation.catalog()
    const places = { name, table: name }
    const target = relationName(catalog, name)
    if (object === 'table') {
      translation.emit(
        { kind: 'DropTable', table: target, cascade: false, ifExists, together },
        places,
      )
    } else if (object === 'view') {
      const body = { view: target, materialized: false, cascade: false, ifExists }
      translation.emit({ kind: 'DropView', ...body }, places)
    } else if (object === 'trigger') {
      const holder = [...catalog.tables.values()].find(({ triggers }) =>
        triggers.some((trigger) => sameWord(trigger.name, name.name.text)),
      )
      const table = holder ? { schema: holder.schema, name: holder.name } : newName(name)
      translation.emit({ kind: 'DropTrigger', table, trigger: name.name.text, ifExists }, places)
    } else {
      const command = `DROP ${object.toUpperCase()}`
      translation.emit({ kind: 'Harmless', command, table: null }, places)
    }
  }
}

/** RENAME TABLE: pair by pair, so that two tables can change places. */
export function renameTables(translation: Translation, { pairs }: RenameTables): void {
  for (const { from, to } of pairs) {
    const table = relationName(translation.catalog(), from)
    const target = newName(to)
    const kept = to.schema === null ? { ...target, schema: table.schema } : target
    const places = { table: from, name: from, to }
    if (translation.catalog().views.has(`${table.schema}\u0000${table.name}`)) {
      translation.emit({ kind: 'RenameView', view: table, to: kept }, places)
    } else translation.emit({ kind: 'RenameTable', table, to: kept }, places)
  }
}

export function truncate(translation: Translation, { table: name }: Truncate): void {
  const table = relationName(translation.catalog(), name)
  translation.emit(
    { kind: 'TruncateTable', table, cascade: false, together: [table] },
    { table: name, name },
  )
}

export function optimize(translation: Translation, { command, tables }: Optimize): void {
  for (const name of tables) {
    const table = relationName(translation.catalog(), name)
    const what = `${command} TABLE`
    translation.emit(
      command === 'OPTIMIZE' || command === 'REPAIR'
        ? { kind: 'SetTableStorage', table, setting: 'storage', value: what }
        : { kind: 'Harmless', command: what, table },
      { table: name, name },
    )
  }
}

/** A database is what drizzle-kit calls a schema. */
export function database(translation: Translation, { command, name, lenient }: Database): void {
  if (name === null || command === 'alter' || command === 'use') {
    return translation.emit({
      kind: 'Harmless',
      command: `${command.toUpperCase()} DATABASE`,
      table: null,
    })
  }
  const { text: schema } = name
  translation.emit(
    command === 'create'
      ? { kind: 'CreateSchema', schema, ifNotExists: lenient }
      : { kind: 'DropSchema', schema, cascade: true, ifExists: lenient },
    { name },
  )
}

export function setVariables(translation: Translation, { variables }: SetVariables): void {
  if (variables.length === 0) {
    return translation.emit({ kind: 'Harmless', command: 'SET', table: null })
  }
  for (const { name, value } of variables) {
    translation.emit({ kind: 'SetVariable', name, values: [value], local: false })
  }
}

export function lockTables(translation: Translation, { tables }: LockTables): void {
  const command = tables.length === 0 ? 'UNLOCK TABLES' : 'LOCK TABLES'
  const [first] = tables
  const table = first ? relationName(translation.catalog(), first.table) : null
  translation.emit({ kind: 'Harmless', command, table })
}

export function utility(translation: Translation, { command, opaque }: Utility): void {
  if (!opaque) return translation.emit({ kind: 'Harmless', command, table: null })
  const reason = `what ${command} runs is not in the migration`
  translation.emit({ kind: 'OpaqueSql', reason })
}
