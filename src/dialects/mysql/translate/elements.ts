import type { Catalog } from '../../../catalog/catalog.ts'
import type { ChangeBody } from '../../../catalog/change.ts'
import { type QualifiedName, nameKey } from '../../../catalog/names.ts'
import type { ForeignKeyConstraint, Index, Table } from '../../../catalog/table.ts'
import type { References } from '../../ddl/definitions.ts'
import { expressionOf, mentionsIn } from '../../ddl/expressionFacts.ts'
import { columnName } from '../../ddl/translation.ts'
import type { Check, KeyPart, TableElement } from '../statements/statement.ts'
import { freeIndexName, relationName } from './names.ts'

type Spelled = (name: string) => string

/** The name of every primary key, whatever the statement calls it. */
export const PRIMARY = 'PRIMARY'

/** An index or constraint as it is added to a table that is there. */
export function addElement(
  catalog: Catalog,
  table: QualifiedName,
  element: TableElement,
  spelled: Spelled,
): ChangeBody {
  switch (element.kind) {
    case 'primary key':
      return {
        kind: 'AddPrimaryKey',
        table,
        constraint: PRIMARY,
        columns: element.keys.flatMap((key) => plainColumn(key, spelled) ?? []),
        included: [],
        usingIndex: null,
        withColumn: null,
      }
    case 'check':
      return addCheck(catalog, table, element.check, spelled, null)
    case 'foreign key': {
      const columns = element.columns.map(({ text }) => spelled(text))
      return addForeignKey(catalog, table, columns, element.references, element.name?.text, null)
    }
    default:
      return {
        kind: 'CreateIndex',
        table,
        index: indexOf(catalog, catalog.tables.get(nameKey(table)), element, spelled),
        concurrently: false,
        ifNotExists: element.ifNotExists,
        only: false,
      }
  }
}

/** A unique key is an index, whichever way it is written. */
export function indexOf(
  catalog: Catalog,
  table: Pick<Table, 'indexes'> | undefined,
  { kind, name, keys }: Extract<TableElement, { readonly keys: unknown }>,
  spelled: Spelled,
): Index {
  const columns = keys.map((key) => plainColumn(key, spelled))
  const prefixes = keys.map(({ length }) => length)
  return {
    name: name?.text ?? freeIndexName(table as Table | undefined, columns[0] ?? 'functional_index'),
    method: kind === 'fulltext' || kind === 'spatial' ? kind : 'btree',
    unique: kind === 'unique' || kind === 'primary key',
    nullsNotDistinct: false,
    columns,
    included: [],
    expressionColumns: keys.flatMap((key) =>
      plainColumn(key, spelled) === null ? mentionsIn([key.expression], spelled).columns : [],
    ),
    predicate: null,
    constraint: kind === 'primary key' ? PRIMARY : null,
    ...(prefixes.some((length) => length !== null) ? { prefixes } : {}),
    createdIn: catalog.deployment,
  }
}

/** The column of a part that is one; null for an expression. */
export function plainColumn({ expression }: KeyPart, spelled: Spelled): string | null {
  return expression.kind === 'column' ? spelled(expression.name.text) : null
}

export function addCheck(
  catalog: Catalog,
  table: QualifiedName,
  { name, expression, enforced }: Check,
  spelled: Spelled,
  withColumn: string | null,
  number = numberOf(catalog, table, 'check'),
): ChangeBody & { readonly kind: 'AddCheck' } {
  return {
    kind: 'AddCheck',
    table,
    constraint: name?.text ?? `${table.name}_chk_${number}`,
    expression: expressionOf(expression, spelled),
    valid: true,
    enforced,
    withColumn,
  }
}

export function addForeignKey(
  catalog: Catalog,
  table: QualifiedName,
  columns: readonly string[],
  references: References,
  name: string | undefined,
  withColumn: string | null,
  number = numberOf(catalog, table, 'foreign key'),
): ChangeBody & { readonly kind: 'AddForeignKey' } {
  const constraint = name ?? `${table.name}_ibfk_${number}`
  const made = foreignKey(catalog, table, columns, references, constraint)
  const key = name === undefined ? { ...made, unnamed: true } : made
  return { kind: 'AddForeignKey', table, constraint, key, withColumn }
}

function foreignKey(
  catalog: Catalog,
  table: QualifiedName,
  columns: readonly string[],
  { table: parent, columns: named, onDelete, onUpdate }: References,
  name: string,
): ForeignKeyConstraint {
  // A name without a database means the one of the table.
  const written = relationName(catalog, parent)
  const references =
    parent.schema === null && table.schema !== ''
      ? { schema: table.schema, name: written.name }
      : written
  const target = catalog.tables.get(nameKey(references))
  return {
    type: 'foreign key',
    name,
    columns,
    references,
    referencedColumns: named.map((column) => columnName(target, column)),
    onDelete,
    onUpdate,
    enforced: true,
    valid: true,
    createdIn: catalog.deployment,
  }
}

/** The number that the server gives the next constraint without a name. */
function numberOf(catalog: Catalog, table: QualifiedName, type: 'check' | 'foreign key'): number {
  const own = catalog.tables.get(nameKey(table))?.constraints ?? []
  return own.filter((constraint) => constraint.type === type).length + 1
}
