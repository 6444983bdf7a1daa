import type { CallExpression, Node } from 'estree'
import { argument, entriesOf, isFunction, propertyOf, returnedBy, unwrap } from './ast.ts'
import { methodOf } from './chain.ts'
import { columnReference } from './columnReference.ts'
import { type ReadColumns, readColumns } from './columns.ts'
import { nameFrom, resultWith } from './evaluate.ts'
import { actions, readExtras } from './extras.ts'
import type { DeclaredForeignKey, DeclaredTable } from './model.ts'
import type { ColumnValue, TableFunction, Value, Scope } from './value.ts'

/** What is known of a table besides its call. */
export interface TablePlace {
  readonly node: Node
  readonly variable: string | null
  readonly exported: boolean
  /** `.enableRLS()` stands behind the call. */
  readonly rowSecurity: boolean
}

/** Reads one `pgTable(name, columns, extras)`. */
export function readTable(
  { call, by, scope }: Value & { kind: 'table' },
  place: TablePlace,
): DeclaredTable {
  const read = readColumns(argument(call, 1), scope, by)
  const extras = readExtras(call, scope)
  const { schema } = by
  return {
    ...place,
    call,
    dialect: by.dialect,
    name: tableName(call, by, scope),
    writtenName: nameFrom(argument(call, 0), scope).text,
    schema: schema === null ? null : (schema.text ?? undefined),
    casing: by.casing,
    columns: read.columns,
    complete: read.complete,
    indexes: extras.indexes,
    keys: [...inlineKeys(read), ...extras.keys],
    foreignKeys: lastOfEach([...inlineForeignKeys(read, call, scope), ...extras.foreignKeys]),
    checks: extras.checks,
    policies: extras.policies,
    extrasKnown: extras.known,
    extras: extras.place,
    rowSecurity: place.rowSecurity || by.rowSecurity,
  }
}

function tableName(call: CallExpression, by: TableFunction, scope: Scope): string | null {
  const given = argument(call, 0)
  if (by.rename === null) return nameFrom(given, scope).text
  if (by.rename === 'unknown' || given === undefined) return null
  const renamed = resultWith({ kind: 'function', ...by.rename }, () => ({
    node: given,
    scope,
    member: null,
  }))
  return renamed === null ? null : nameFrom(renamed.node, renamed.scope).text
}

/** Of foreign keys with the same columns at both ends the last one counts: they have one name. */
function lastOfEach(keys: readonly DeclaredForeignKey[]): DeclaredForeignKey[] {
  const isSame = (a: DeclaredForeignKey, b: DeclaredForeignKey) =>
    a.name === b.name &&
    a.references !== null &&
    a.references === b.references &&
    a.columns.join('\0') === b.columns.join('\0') &&
    a.referencedColumns.join('\0') === b.referencedColumns.join('\0')
  return keys.filter((key, at) => !keys.slice(at + 1).some((later) => isSame(key, later)))
}

function inlineKeys({ columns }: ReadColumns): DeclaredTable['keys'] {
  return columns.flatMap((column) => {
    const unique = methodOf(column.methods, 'unique')
    const primary = methodOf(column.methods, 'primaryKey')
    const columns = [column.key]
    return [
      ...(primary
        ? [{ kind: 'primary key', name: null, node: primary.property, columns } as const]
        : []),
      ...(unique
        ? [
            {
              kind: 'unique',
              name: uniqueName(argument(unique.call, 0), unique.scope),
              node: unique.property,
              columns,
            } as const,
          ]
        : []),
    ]
  })
}

function uniqueName(node: Node | undefined, scope: Scope): string | null | undefined {
  if (node === undefined || (node.type === 'Identifier' && node.name === 'undefined')) return null
  return nameFrom(node, scope).text ?? undefined
}

function inlineForeignKeys(
  { columns }: ReadColumns,
  call: CallExpression,
  scope: Scope,
): DeclaredForeignKey[] {
  return columns.flatMap((column) =>
    column.methods
      .filter(({ name }) => name === 'references')
      .map((method) => {
        const target = referencedBy(argument(method.call, 0), method.scope)
        const config = argument(method.call, 1)
        return {
          name: null,
          node: column.node,
          columns: [column.key],
          references: target === null ? null : target.table === 'self' ? call : target.table,
          referencedColumns: [target?.key ?? null],
          ...actionsIn(config, method.scope.file === scope.file),
        }
      }),
  )
}

/** @param isHere - whether they stand in the table's file, so that they can be edited there */
function actionsIn(config: Node | undefined, isHere: boolean): ReturnType<typeof actions> {
  const isWritten =
    config === undefined ||
    (config.type === 'ObjectExpression' && entriesOf(config).every((entry) => 'key' in entry))
  if (!isWritten) return { onDelete: null, onUpdate: null, actions: isHere ? [config] : [] }
  const read = actions(propertyOf(config, 'onDelete'), propertyOf(config, 'onUpdate'))
  return isHere ? read : { ...read, actions: [] }
}

/** What `() => users.id` points at. */
function referencedBy(node: Node | undefined, scope: Scope): ColumnValue | null {
  const given = node === undefined ? null : unwrap(node)
  const returned = given !== null && isFunction(given) ? returnedBy(given) : null
  return returned === null ? null : columnReference(returned, scope)
}
