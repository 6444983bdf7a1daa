import type { Catalog } from '../../../catalog/catalog.ts'
import type { ChangeBody } from '../../../catalog/change.ts'
import type { QualifiedName } from '../../../catalog/names.ts'
import type { Column, ForeignKeyConstraint } from '../../../catalog/table.ts'
import type { DataType } from '../../../catalog/type.ts'
import type { ColumnConstraint, ColumnDefinition, References } from '../../ddl/definitions.ts'
import { expressionOf } from '../../ddl/expressionFacts.ts'
import type { TypeName } from '../../ddl/syntax.ts'
import { type Places, columnName } from '../../ddl/translation.ts'
import { relationName } from './translation.ts'

/** A column's definition in the catalog's words, and the constraints that it brings. */
export interface TranslatedColumn {
  readonly column: Column
  readonly places: Places
  readonly constraints: readonly {
    readonly body: ChangeBody
    readonly places: Places
    readonly unnamed: boolean
  }[]
}

/** @param spelled - how the table spells its columns; those of a new table stand in its definition */
export function translateColumn(
  catalog: Catalog,
  table: QualifiedName,
  definition: ColumnDefinition,
  spelled: (name: string) => string,
): TranslatedColumn {
  const { name, type, constraints } = definition
  const find = <K extends ColumnConstraint['kind']>(kind: K) =>
    constraints.find((constraint) => constraint.kind === kind) as
      Extract<ColumnConstraint, { kind: K }> | undefined
  const given = find('default')
  const initial = given && expressionOf(given.expression, spelled)
  const generated = find('generated')
  const key = find('primary key')
  const notNull = find('not null')
  const dataType = definedType(definition)
  const column: Column = {
    name: name.text,
    type: dataType,
    // A rowid's alias is never NULL; any other key of SQLite may be, unless it says NOT NULL.
    notNull: notNull !== undefined || (key !== undefined && isRowid(dataType)),
    default: initial === undefined || initial.isNull ? null : initial,
    identity: null,
    generated: generated
      ? { expression: expressionOf(generated.expression, spelled), stored: generated.stored }
      : null,
    serial: false,
    ...(key?.autoIncrement ? { autoIncrement: true } : {}),
    createdIn: catalog.deployment,
    defaultedIn: null,
    filledIn: null,
    writtenIn: null,
  }
  const places: Places = {
    column: name,
    ...(type ? { type } : {}),
    ...(notNull ? { notNull } : {}),
    ...(given ? { default: given } : {}),
    ...(generated ? { value: generated } : {}),
    ...(key ? { constraint: key } : {}),
  }
  return {
    column,
    places,
    constraints: constraints.flatMap((constraint) => {
      const body = constraintOf(catalog, table, name.text, constraint, spelled)
      const unnamed = constraint.constraint === null
      return body ? [{ body, places: { column: name, constraint }, unnamed }] : []
    }),
  }
}

function constraintOf(
  catalog: Catalog,
  table: QualifiedName,
  column: string,
  constraint: ColumnConstraint,
  spelled: (name: string) => string,
): ChangeBody | null {
  const named = constraint.constraint?.text
  const common = { table, withColumn: column }
  switch (constraint.kind) {
    case 'primary key':
      return {
        ...common,
        kind: 'AddPrimaryKey',
        constraint: named ?? `${table.name}_pk`,
        columns: [column],
        included: [],
        usingIndex: null,
      }
    case 'unique':
      return {
        ...common,
        kind: 'AddUnique',
        constraint: named ?? `${table.name}_${column}_unique`,
        columns: [column],
        included: [],
        nullsNotDistinct: false,
        usingIndex: null,
      }
    case 'check':
      return {
        ...common,
        kind: 'AddCheck',
        constraint: named ?? `${table.name}_${column}_check`,
        expression: expressionOf(constraint.expression, spelled),
        valid: true,
        enforced: true,
      }
    case 'references': {
      const key = foreignKey(catalog, table, [column], constraint.references, named)
      return {
        ...common,
        kind: 'AddForeignKey',
        constraint: key.name,
        key: { ...key, ofColumn: column },
      }
    }
    default:
      return null
  }
}

/** A foreign key; one without a name gets the one that drizzle-kit would have given it. */
export function foreignKey(
  catalog: Catalog,
  table: QualifiedName,
  columns: readonly string[],
  { table: parent, columns: named, onDelete, onUpdate }: References,
  name: string | undefined,
): ForeignKeyConstraint {
  const references = relationName(catalog, parent)
  const target = catalog.tables.get(`${references.schema}\u0000${references.name}`)
  const primary = target?.constraints.find(({ type }) => type === 'primary key')
  const implied = primary?.type === 'primary key' ? primary.columns : []
  const referencedColumns =
    named.length > 0 ? named.map((column) => columnName(target, column)) : implied
  const made = [table.name, ...columns, references.name, ...referencedColumns, 'fk'].join('_')
  return {
    type: 'foreign key',
    name: name ?? made,
    columns,
    references,
    referencedColumns,
    onDelete,
    onUpdate,
    enforced: true,
    valid: true,
    createdIn: catalog.deployment,
  }
}

/** The type that a column's definition gives it. */
export function definedType({ type, constraints }: ColumnDefinition): DataType {
  const found = constraints.findLast((constraint) => constraint.kind === 'collate')
  return typeOf(type, found?.kind === 'collate' ? found.collation : null)
}

/** A declared type, in small letters; SQLite keeps whatever words there are. */
function typeOf(type: TypeName | null, collation: string | null): DataType {
  return {
    schema: null,
    name: (type?.words ?? '').toLowerCase(),
    modifiers: (type?.arguments ?? []).map(Number),
    dimensions: 0,
    collation: collation === null || /^binary$/i.test(collation) ? null : collation.toLowerCase(),
  }
}

/** `INTEGER PRIMARY KEY` is the rowid itself. */
export function isRowid({ name, modifiers }: DataType): boolean {
  return name === 'integer' && modifiers.length === 0
}
