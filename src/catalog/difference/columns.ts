import type { ChangeBody } from '../change.ts'
import type { ColumnAttribute } from '../change/column.ts'
import { type Catalog, findDomain, findEnum } from '../catalog.ts'
import type { QualifiedName } from '../names.ts'
import { type Expression, UNREAD_EXPRESSION } from '../expression.ts'
import { compareDefaults, compareExpressions } from '../sameness.ts'
import { type Column, type Table, findColumn } from '../table.ts'
import { type DataType, sameType } from '../type.ts'
import { type Comparison, differs, nameOf } from './comparison.ts'

/** What leads from the columns of one table to those of another of the same name. */
export function columnChanges(
  comparison: Comparison,
  from: Table,
  to: Table,
): readonly ChangeBody[] {
  const table = nameOf(to)
  const added = to.columns.filter(({ name }) => from.complete && !findColumn(from, name))
  const dropped = from.columns.filter(({ name }) => to.complete && !findColumn(to, name))
  return [
    ...added.map((column) => addColumn(table, column)),
    ...to.columns.flatMap((column) => {
      const old = findColumn(from, column.name)
      return old === undefined ? [] : alteredColumn(comparison, table, old, column)
    }),
    ...dropped.map((column) => dropColumn(table, column)),
  ]
}

function addColumn(table: QualifiedName, definition: Column): ChangeBody {
  return { kind: 'AddColumn', table, column: definition.name, definition, ifNotExists: false }
}

function dropColumn(table: QualifiedName, { name }: Column): ChangeBody {
  return { kind: 'DropColumn', table, column: name, cascade: false, ifExists: false }
}

function alteredColumn(
  comparison: Comparison,
  table: QualifiedName,
  from: Column,
  to: Column,
): readonly ChangeBody[] {
  const { name: column } = to
  // No ALTER makes a plain column a generated one, or stores a virtual one.
  if (to.generated !== null && from.generated?.stored !== to.generated.stored)
    return [dropColumn(table, from), addColumn(table, to)]
  const changes: ChangeBody[] = []
  if (from.generated !== null && to.generated === null) {
    changes.push({ kind: 'DropExpression', table, column, ifExists: false })
  }
  if (!isSameType(comparison, from.type, to.type)) {
    changes.push({
      kind: 'AlterColumnType',
      table,
      column,
      from: from.type,
      to: to.type,
      using: null,
    })
  }
  changes.push(...identityChange(table, from, to), ...defaultChange(comparison, table, from, to))
  if (from.notNull !== to.notNull) {
    changes.push(
      to.notNull
        ? { kind: 'SetNotNull', table, column, constraint: null, notValid: false }
        : { kind: 'DropNotNull', table, column },
    )
  }
  changes.push(...attributeChange(table, from, to))
  const [old, now] = [from.generated?.expression, to.generated?.expression]
  if (old && now && differs(comparison, compareExpressions(old, now))) {
    changes.push({ kind: 'SetExpression', table, column, expression: now })
  }
  return changes
}

function identityChange(table: QualifiedName, from: Column, to: Column): readonly ChangeBody[] {
  const { name: column } = to
  if (from.identity === to.identity) return []
  if (to.identity === null) return [{ kind: 'DropIdentity', table, column, ifExists: false }]
  return from.identity === null
    ? [
        {
          kind: 'AddIdentity',
          table,
          column,
          identity: to.identity,
          sequence: null,
          startsWith: null,
        },
      ]
    : [{ kind: 'AlterIdentity', table, column, identity: to.identity }]
}

function attributeChange(table: QualifiedName, from: Column, to: Column): readonly ChangeBody[] {
  const attributes = (column: Column): readonly ColumnAttribute[] => [
    ...(column.autoIncrement ? ['AUTO_INCREMENT' as const] : []),
    ...(column.onUpdate ? ['ON UPDATE' as const] : []),
  ]
  const [had, has] = [attributes(from), attributes(to)]
  const gained = has.filter((attribute) => !had.includes(attribute))
  const lost = had.filter((attribute) => !has.includes(attribute))
  return gained.length + lost.length === 0
    ? []
    : [{ kind: 'AlterColumnAttributes', table, column: to.name, gained, lost, comment: null }]
}

function defaultChange(
  comparison: Comparison,
  table: QualifiedName,
  from: Column,
  to: Column,
): readonly ChangeBody[] {
  const { name: column } = to
  if (from.generated ?? to.generated) return []
  const [old, now] = [defaultOf(table, from), defaultOf(table, to)]
  if (now === null) return old === null ? [] : [{ kind: 'DropDefault', table, column }]
  // Which sequence it is, a snapshot does not know.
  if (old !== null && drawsFromSequence(old) && drawsFromSequence(now)) return []
  return old === null || differs(comparison, compareDefaults(old, now, to.type))
    ? [{ kind: 'SetDefault', table, column, default: now }]
    : []
}

/** A column's default; that of `serial` is drawn from its sequence. */
function defaultOf(table: QualifiedName, column: Column): Expression | null {
  return column.serial
    ? {
        ...UNREAD_EXPRESSION,
        functions: [{ schema: '', name: 'nextval' }],
        strings: [`${table.name}_${column.name}_seq`],
      }
    : column.default
}

function drawsFromSequence({ functions }: Expression): boolean {
  return functions.some(({ name }) => name === 'nextval')
}

/** Types whose default precision is six digits. */
const TIMES = new Set(['timestamp', 'timestamptz', 'time', 'timetz', 'interval'])

/** Whether a column has the same type on both sides. */
export function isSameType({ from, to }: Comparison, a: DataType, b: DataType): boolean {
  const [x, y] = [spelledOut(a), spelledOut(b)]
  if (sameType(x, y)) return true
  // A type no migration makes (of an extension, say) may be named with or without its schema.
  return (
    isForeign(from, a) &&
    isForeign(to, b) &&
    sameType(
      { ...x, schema: '', name: x.name.toLowerCase() },
      { ...y, schema: '', name: y.name.toLowerCase() },
    )
  )
}

function isForeign(catalog: Catalog, type: DataType): boolean {
  return type.schema !== null && !findEnum(catalog, type) && !findDomain(catalog, type)
}

/** `numeric(10)` is `numeric(10,0)`, `timestamp(6)` is `timestamp`. */
function spelledOut(type: DataType): DataType {
  const { name, modifiers } = type
  if (type.schema !== null) return type
  if (name === 'numeric' && modifiers.length === 1) return { ...type, modifiers: [...modifiers, 0] }
  return TIMES.has(name) && modifiers[0] === 6 ? { ...type, modifiers: [] } : type
}
