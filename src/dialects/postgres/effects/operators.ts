import { type Catalog, findTable } from '../../../catalog/catalog.ts'
import type { Expression } from '../../../catalog/expression.ts'
import { type QualifiedName, displayName } from '../../../catalog/names.ts'
import { displayType, type DataType } from '../../../catalog/type.ts'
import { comparable } from './comparable.ts'
import { resolveType } from './resolveType.ts'
import { type PgType, isArray, isString, isUnknown, typeKey } from './typeModel.ts'

/**
 * What would be compared with a constant of the column's old type once the column has another one.
 * PostgreSQL reads checks and predicates again, and their constants keep the type that they got when
 * they were written (`ATPostAlterTypeParse`, tablecmds.c): "operator does not exist" (42883).
 *
 * @returns the server's message; null where the comparisons stand, or are of another kind
 */
export function brokenComparison(
  catalog: Catalog,
  table: QualifiedName,
  column: string,
  from: DataType,
  to: DataType,
): string | null {
  const known = findTable(catalog, table)
  const old = resolveType(catalog, from)
  const next = resolveType(catalog, to)
  if (isUnknown(old) || isUnknown(next) || isArray(old)) return null
  // A varchar is compared as text, whatever it becomes: the cast stands in the expression.
  if (isString(old) && typeKey(old) !== 'text') return null
  const checks = (known?.constraints ?? []).flatMap((constraint) =>
    constraint.type === 'check'
      ? [{ what: `check ${constraint.name}`, expression: constraint.expression }]
      : [],
  )
  const predicates = (known?.indexes ?? []).flatMap(({ name, predicate }) =>
    predicate ? [{ what: `index ${name}`, expression: predicate }] : [],
  )
  for (const { what, expression } of [...checks, ...predicates]) {
    const beside = constantBeside(expression, column, old)
    if (beside === null || canCompare(next, beside.constant)) continue
    const written = beside.constant === old ? displayType(from) : beside.constant.name
    return `operator does not exist: ${displayType(to)} ${beside.operator} ${written} (in ${what} of ${displayName(table)})`
  }
  return null
}

function canCompare(a: PgType, b: PgType): boolean {
  return comparable(a, b) || comparable(b, a)
}

/** A comparison of a column with constants of a type. */
interface Beside {
  readonly operator: string
  readonly constant: PgType
}

/** The comparison of a column with constants that comes first. */
function constantBeside(expression: Expression, column: string, type: PgType): Beside | null {
  if (expression.form === null || !expression.columns.includes(column)) return null
  const pending: unknown[] = [JSON.parse(expression.form)]
  while (pending.length > 0) {
    const node = pending.pop()
    if (node === null || typeof node !== 'object') continue
    const { A_Expr: comparison } = node as { A_Expr?: Comparison }
    const found = comparison && constantIn(comparison, column, type)
    if (found) return found
    pending.push(...Object.values(node))
  }
  return null
}

interface Comparison {
  readonly kind?: string
  readonly name?: readonly { readonly String?: { readonly sval?: string } }[]
  readonly lexpr?: unknown
  readonly rexpr?: unknown
}

const ORDERING: ReadonlySet<string> = new Set(['=', '<>', '!=', '<', '>', '<=', '>='])

function constantIn(comparison: Comparison, column: string, type: PgType): Beside | null {
  const operator = comparison.name?.at(-1)?.String?.sval ?? ''
  if (!ORDERING.has(operator)) return null
  const { lexpr, rexpr } = comparison
  const other = isColumn(lexpr, column, type) ? rexpr : isColumn(rexpr, column, type) ? lexpr : null
  if (other === null || other === undefined) return null
  const constant = constantType(other, type)
  return constant && { operator, constant }
}

/** The column, or a cast of it to the type that it has: that one leaves no trace. */
function isColumn(node: unknown, column: string, type: PgType): boolean {
  if (node === null || typeof node !== 'object') return false
  if ('column' in node) return node.column === column
  if (!('cast' in node) || !('of' in node)) return false
  return (
    JSON.stringify(node.cast).includes(`"sval":"${type.name}"`) && isColumn(node.of, column, type)
  )
}

/** A constant in quotes takes the column's type; a number is of the type that it looks like. */
function constantType(node: unknown, type: PgType): PgType | null {
  if (Array.isArray(node)) {
    const types = node.map((item: unknown) => constantType(item, type))
    return types.includes(null) ? null : (types[0] ?? null)
  }
  if (node === null || typeof node !== 'object') return null
  if ('List' in node) return constantType((node.List as { items?: unknown }).items, type)
  if ('string' in node) return type
  if ('boolean' in node) return typeKey(type) === 'bool' ? type : null
  if (!('number' in node)) return null
  const whole = /^\d+$/.test(String(node.number))
  return {
    name: whole ? 'int4' : 'numeric',
    schema: null,
    modifiers: [],
    dimensions: 0,
    kind: 'base',
  }
}
