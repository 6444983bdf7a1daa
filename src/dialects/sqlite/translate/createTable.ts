import { type Catalog, relationInAnyCase } from '../../../catalog/catalog.ts'
import type { ChangeBody, ChangeKind } from '../../../catalog/change.ts'
import type { QualifiedName } from '../../../catalog/names.ts'
import {
  type Column,
  type Constraint,
  type Index,
  type Table,
  emptyTable,
} from '../../../catalog/table.ts'
import type { TableConstraint } from '../../ddl/definitions.ts'
import { expressionOf } from '../../ddl/expressionFacts.ts'
import { SourceCollector } from '../../ddl/querySources.ts'
import type { CreateTable, CreateVirtualTable } from '../statements/statement.ts'
import { foreignKey, isRowid, translateColumn } from './columns.ts'
import { type Places, type Translation, sameWord } from '../../ddl/translation.ts'
import { lookupIn, newName } from './translation.ts'

/** CREATE TABLE: its columns, keys and checks; its foreign keys follow. */
export function createTable(translation: Translation, statement: CreateTable): void {
  const catalog = translation.catalog()
  const written = newName(statement.name, statement.temporary)
  const known = statement.ifNotExists ? relationInAnyCase(catalog, written) : undefined
  const table = known ?? written
  const members = new Map<string, Places>()
  const columns: Column[] = []
  const bodies: { body: ChangeBody; places: Places; unnamed: boolean }[] = []
  const all = statement.columns.map(({ name }) => name.text)
  const spell = (text: string) => all.find((name) => sameWord(name, text)) ?? text
  for (const definition of statement.columns) {
    const { column, places, constraints } = translateColumn(catalog, table, definition, spell)
    columns.push(column)
    members.set(column.name, places)
    bodies.push(...constraints)
  }
  for (const constraint of statement.constraints) {
    const body = tableConstraint(catalog, table, constraint, spell, bodies.length)
    const unnamed = constraint.constraint === null
    if (body) bodies.push({ body, places: { constraint }, unnamed })
  }
  const parts = bodies.flatMap(({ body, unnamed }) =>
    constraintOf(catalog, body).map((part) => (unnamed ? { ...part, unnamed } : part)),
  )
  const definition: Table = {
    ...emptyTable(table, catalog.deployment),
    columns: columns.map((column) => keyed(column, parts, statement)),
    constraints: parts,
    indexes: parts.flatMap(indexBehind),
    complete: statement.query === null,
    ...(statement.strict ? { strict: true } : {}),
    filledIn: statement.query ? catalog.deployment : null,
  }
  for (const { body, places } of bodies) {
    if ('constraint' in body && typeof body.constraint === 'string') {
      members.set(`constraint ${body.constraint}`, places)
    }
  }
  translation.emit(
    {
      kind: 'CreateTable',
      table,
      definition,
      ifNotExists: statement.ifNotExists,
      fromQuery: statement.query !== null,
    },
    { table: statement.name, name: statement.name },
    members,
  )
  if (statement.query) {
    const collector = new SourceCollector(lookupIn(catalog))
    collector.query(statement.query)
    const reads = collector.sources().map(({ relation }) => relation)
    translation.emit({ kind: 'ReadRows', stored: true, reads })
  }
  if (known) return
  for (const { body, places } of bodies) {
    if (body.kind === 'AddForeignKey') translation.emit(body, places)
  }
}

/** CREATE VIRTUAL TABLE: what columns it has is its module's business. */
export function createVirtualTable(translation: Translation, statement: CreateVirtualTable): void {
  const catalog = translation.catalog()
  const table = newName(statement.name)
  const definition = { ...emptyTable(table, catalog.deployment), complete: false, virtual: true }
  translation.emit(
    {
      kind: 'CreateTable',
      table,
      definition,
      ifNotExists: statement.ifNotExists,
      fromQuery: false,
    },
    { table: statement.name, name: statement.name },
  )
}

/** What a column of a key becomes: a rowid's alias and a STRICT or rowid-less key are never NULL. */
function keyed(column: Column, constraints: readonly Constraint[], statement: CreateTable): Column {
  const isInKey = constraints.some(
    (constraint) => constraint.type === 'primary key' && constraint.columns.includes(column.name),
  )
  if (!isInKey) return column
  const counts = statement.constraints.some(
    (constraint) => constraint.kind === 'primary key' && constraint.autoIncrement,
  )
  const isAlias = isOnlyKey(constraints, column) && isRowid(column.type)
  const notNull = column.notNull || isAlias || statement.withoutRowid || statement.strict
  return { ...column, notNull, ...(counts ? { autoIncrement: true } : {}) }
}

function isOnlyKey(constraints: readonly Constraint[], { name }: Column): boolean {
  return constraints.some(
    (constraint) => constraint.type === 'primary key' && constraint.columns.join('\0') === name,
  )
}

function tableConstraint(
  catalog: Catalog,
  table: QualifiedName,
  constraint: TableConstraint,
  spell: (name: string) => string,
  number: number,
): ChangeBody | null {
  const named = constraint.constraint?.text
  switch (constraint.kind) {
    case 'primary key':
    case 'unique': {
      const columns = constraint.keys.flatMap(({ expression }) =>
        expression.kind === 'column' ? [spell(expression.name.text)] : [],
      )
      const common = { table, columns, included: [], usingIndex: null, withColumn: null }
      return constraint.kind === 'primary key'
        ? { ...common, kind: 'AddPrimaryKey', constraint: named ?? `${table.name}_pk` }
        : {
            ...common,
            kind: 'AddUnique',
            constraint: named ?? `${table.name}_${columns.join('_')}_unique`,
            nullsNotDistinct: false,
          }
    }
    case 'check':
      return {
        kind: 'AddCheck',
        table,
        constraint: named ?? `${table.name}_check_${number}`,
        expression: expressionOf(constraint.expression, spell),
        valid: true,
        enforced: true,
        withColumn: null,
      }
    case 'foreign key': {
      const columns = constraint.columns.map(({ text }) => spell(text))
      const key = foreignKey(catalog, table, columns, constraint.references, named)
      return { kind: 'AddForeignKey', table, constraint: key.name, key, withColumn: null }
    }
    case 'name only':
      return null
  }
}

type Key = Extract<ChangeBody, { kind: Extract<ChangeKind, 'AddUnique' | 'AddPrimaryKey'> }>

/** Keys and checks are part of the table; foreign keys follow it. */
function constraintOf(catalog: Catalog, body: ChangeBody): readonly Constraint[] {
  const createdIn = catalog.deployment
  if (body.kind === 'AddUnique' || body.kind === 'AddPrimaryKey') {
    const { constraint: name, columns, withColumn }: Key = body
    const type = body.kind === 'AddUnique' ? 'unique' : 'primary key'
    return [{ type, name, columns, valid: true, createdIn, ...within(withColumn) }]
  }
  if (body.kind !== 'AddCheck') return []
  const { constraint: name, expression, withColumn } = body
  return [{ type: 'check', name, expression, valid: true, createdIn, ...within(withColumn) }]
}

function within(column: string | null): { readonly ofColumn?: string } {
  return column === null ? {} : { ofColumn: column }
}

function indexBehind(constraint: Constraint): readonly Index[] {
  if (constraint.type !== 'unique' && constraint.type !== 'primary key') return []
  const { name, columns, createdIn } = constraint
  return [
    {
      name,
      method: 'btree',
      unique: true,
      nullsNotDistinct: false,
      columns,
      included: [],
      expressionColumns: [],
      predicate: null,
      constraint: name,
      createdIn,
    },
  ]
}
