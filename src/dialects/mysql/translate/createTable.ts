import { findTable } from '../../../catalog/catalog.ts'
import type { ChangeBody } from '../../../catalog/change.ts'
import {
  type Column,
  type Constraint,
  type Index,
  type Table,
  emptyTable,
} from '../../../catalog/table.ts'
import type { Stretch } from '../../ddl/syntax.ts'
import { SourceCollector } from '../../ddl/querySources.ts'
import { type Places, type Translation, sameWord } from '../../ddl/translation.ts'
import type { ColumnDefinition, CreateTable, TableElement } from '../statements/statement.ts'
import { attributesOf, translateColumn } from './columns.ts'
import { PRIMARY, addCheck, addForeignKey, indexOf, plainColumn } from './elements.ts'
import { lookupIn, newName, relationName } from './names.ts'

/** CREATE TABLE: its columns, indexes and checks; its foreign keys follow. */
export function createTable(translation: Translation, statement: CreateTable): void {
  const catalog = translation.catalog()
  const { ifNotExists, query, like, options } = statement
  const known = ifNotExists ? findTable(catalog, relationName(catalog, statement.name)) : undefined
  const table = known ? { schema: known.schema, name: known.name } : newName(statement.name)
  const at = { table: statement.name, name: statement.name }
  if (statement.replace && findTable(catalog, table)) {
    translation.emit(
      { kind: 'DropTable', table, cascade: false, ifExists: true, together: [table] },
      at,
    )
  }
  const members = new Map<string, Places>()
  const definition: Table = {
    ...(like ? likeTable(translation, statement) : ownDefinition(translation, statement, members)),
    schema: table.schema,
    name: table.name,
    createdIn: catalog.deployment,
    filledIn: query ? catalog.deployment : null,
    ...((options.charset ?? charsetOf(options.collation))
      ? { charset: options.charset ?? charsetOf(options.collation) }
      : {}),
    ...(options.collation ? { collation: options.collation } : {}),
  }
  translation.emit(
    { kind: 'CreateTable', table, definition, ifNotExists, fromQuery: query !== null },
    at,
    members,
  )
  if (query) {
    const collector = new SourceCollector(lookupIn(catalog))
    collector.query(query)
    const reads = collector.sources().map(({ relation }) => relation)
    translation.emit({ kind: 'ReadRows', stored: true, reads })
  }
  if (known) return
  for (const { body, places } of foreignKeys(translation, statement)) {
    translation.emit(body, { ...at, ...places })
  }
}

function charsetOf(collation: string | null): string | undefined {
  return collation?.split('_')[0]
}

/** The columns and indexes of another table, without its foreign keys. */
function likeTable(translation: Translation, { name, like }: CreateTable): Table {
  const catalog = translation.catalog()
  const source = like ? findTable(catalog, relationName(catalog, like)) : undefined
  const { deployment: createdIn } = catalog
  if (source === undefined) return { ...emptyTable(newName(name), createdIn), complete: false }
  return {
    ...emptyTable(newName(name), createdIn),
    ...(source.charset ? { charset: source.charset } : {}),
    complete: source.complete,
    columns: source.columns.map((column) => ({ ...column, createdIn })),
    indexes: source.indexes.map((index) => ({ ...index, createdIn })),
    constraints: source.constraints
      .filter(({ type }) => type !== 'foreign key')
      .map((constraint) => ({ ...constraint, createdIn })),
  }
}

function ownDefinition(
  translation: Translation,
  statement: CreateTable,
  members: Map<string, Places>,
): Table {
  const catalog = translation.catalog()
  const table = newName(statement.name)
  const { options } = statement
  const charset = options.charset ?? charsetOf(options.collation)
  const defaults = {
    ...(charset ? { charset } : {}),
    ...(options.collation ? { collation: options.collation } : {}),
  }
  const spelled = spellingIn(statement.columns)
  const columns: Column[] = []
  for (const definition of statement.columns) {
    const { column, places } = translateColumn(catalog, defaults, definition, spelled)
    columns.push(column)
    members.set(column.name, places)
  }
  const constraints: Constraint[] = []
  const indexes: Index[] = []
  const { deployment: createdIn } = catalog
  const addIndex = (element: Extract<TableElement, { readonly keys: unknown }>) => {
    const index = indexOf(catalog, { indexes }, element, spelled)
    indexes.push(element.kind === 'primary key' ? { ...index, name: PRIMARY } : index)
    if (element.kind !== 'primary key') {
      members.set(`constraint ${index.name}`, { constraint: element })
      return
    }
    const keys = element.keys.flatMap((key) => plainColumn(key, spelled) ?? [])
    members.set(`constraint ${PRIMARY}`, { constraint: element })
    constraints.push({ type: 'primary key', name: PRIMARY, columns: keys, valid: true, createdIn })
  }
  for (const definition of statement.columns) {
    for (const key of ownKeys(definition)) addIndex(key)
  }
  for (const element of statement.elements) if ('keys' in element) addIndex(element)
  for (const { check, column } of checksOf(statement)) {
    const body = addCheck(catalog, table, check, spelled, column, constraints.length + 1)
    const { constraint: name, expression } = body
    constraints.push({
      type: 'check',
      name,
      expression,
      valid: check.enforced,
      createdIn,
      ...(column === null ? {} : { ofColumn: column }),
    })
    members.set(`constraint ${name}`, { constraint: check })
  }
  const keys = new Set(
    constraints.flatMap((one) => (one.type === 'primary key' ? one.columns : [])),
  )
  return {
    ...emptyTable(table, createdIn),
    columns: columns.map((column) =>
      keys.has(column.name) ? { ...column, notNull: true } : column,
    ),
    constraints,
    indexes,
    partitionKey: options.partitioned ? [] : null,
    complete: statement.query === null,
  }
}

/** How the columns of a new table are spelled. */
function spellingIn(columns: readonly ColumnDefinition[]): (name: string) => string {
  return (text) => columns.find(({ name }) => sameWord(name.text, text))?.name.text ?? text
}

/** PRIMARY KEY and UNIQUE in a column's definition; SERIAL brings a unique index of its own. */
export function ownKeys(
  definition: ColumnDefinition,
): readonly Extract<TableElement, { readonly keys: unknown }>[] {
  const find = attributesOf(definition)
  const { name, type } = definition
  const primary = find('primary key')
  const unique = find('unique') ?? (type.name === 'serial' ? type : undefined)
  const expression = {
    kind: 'column',
    table: null,
    name,
    start: name.start,
    end: name.end,
  } as const
  const keys = [{ expression, length: null, start: name.start, end: name.end }]
  const common = { name: null, keys, ifNotExists: false }
  return [
    ...(primary ? [{ ...common, kind: 'primary key' as const, ...placeOf(primary) }] : []),
    ...(unique ? [{ ...common, kind: 'unique' as const, ...placeOf(unique) }] : []),
  ]
}

function placeOf({ start, end }: Stretch): Stretch {
  return { start, end }
}

function checksOf({ columns, elements }: CreateTable) {
  return [
    ...columns.flatMap(({ name, attributes }) =>
      attributes.flatMap((one) =>
        one.kind === 'check' ? [{ check: one.check, column: name.text }] : [],
      ),
    ),
    ...elements.flatMap((one) =>
      one.kind === 'check' ? [{ check: one.check, column: null }] : [],
    ),
  ]
}

function foreignKeys(
  translation: Translation,
  { name, columns, elements }: CreateTable,
): readonly { readonly body: ChangeBody; readonly places: Places }[] {
  const catalog = translation.catalog()
  const table = newName(name)
  const spelled = spellingIn(columns)
  const inline = columns.flatMap((definition) => {
    const found = attributesOf(definition)('references')
    return found
      ? [
          {
            of: [definition.name.text],
            references: found.references,
            name: undefined,
            place: found,
          },
        ]
      : []
  })
  const own = elements.flatMap((element) =>
    element.kind === 'foreign key'
      ? [
          {
            of: element.columns.map(({ text }) => spelled(text)),
            references: element.references,
            name: element.name?.text,
            place: element,
          },
        ]
      : [],
  )
  return [...inline, ...own].map(({ of, references, name: given, place }, number) => ({
    body: addForeignKey(catalog, table, of, references, given, null, number + 1),
    places: { constraint: place, references },
  }))
}
