import type { A_Const, FuncCall, Node, TypeCast } from '@pgsql/types'
import { strings } from './names.ts'

/** Deeper ones are left unread: JavaScript's stack is no deeper than some generated expressions. */
const DEEPEST = 200

type Form = string | number | boolean | readonly Form[] | { readonly [key: string]: Form }

/** Calls and keywords that read the same clock. */
const NOW: Form = { call: 'now', args: [] }
const CLOCK = new Set(['now', 'transaction_timestamp'])

/**
 * The canonical spelling of an expression, by which two texts can be told equal: the parser's tree
 * without places, constants without their casts (a column fits them to its type anyway), columns
 * without their table and functions without `pg_catalog`.
 *
 * @returns JSON; null for an expression that is nested too deep
 */
export function formOf(node: Node | undefined): string | null {
  if (node === undefined) return null
  const form = read(node, 0)
  return form === null ? null : JSON.stringify(form)
}

function read(value: unknown, depth: number): Form | null {
  if (depth > DEEPEST) return null
  if (Array.isArray(value)) {
    const items = (value as unknown[]).map((item) => read(item, depth + 1))
    return items.every((item) => item !== null) ? items : null
  }
  if (value === null || typeof value !== 'object') return value as Form
  const node = value as Partial<Record<string, unknown>>
  if (node['ColumnRef'])
    return { column: strings((node['ColumnRef'] as { fields?: Node[] }).fields).at(-1) ?? '*' }
  if (node['A_Const']) return constant(node['A_Const'] as A_Const)
  if (node['TypeCast']) return cast(node['TypeCast'] as TypeCast, depth)
  if (node['FuncCall']) return call(node['FuncCall'] as FuncCall, depth)
  if (node['SQLValueFunction']) {
    const { op } = node['SQLValueFunction'] as { op?: string }
    if (op === 'SVFOP_CURRENT_TIMESTAMP') return NOW
  }
  return fields(node, depth)
}

/** A node as it is, without its place in the text. */
function fields(node: Partial<Record<string, unknown>>, depth: number): Form | null {
  const result: Record<string, Form> = {}
  for (const [key, value] of Object.entries(node)) {
    if (key.endsWith('location')) continue
    const form = read(value, depth + 1)
    if (form === null) return null
    result[key] = form
  }
  return result
}

function constant({ ival, fval, boolval, sval, bsval, isnull }: A_Const): Form {
  if (isnull) return { null: true }
  if (ival) return { number: String(ival.ival ?? 0) }
  if (fval) return { number: fval.fval ?? '' }
  if (boolval) return { boolean: boolval.boolval === true }
  return sval ? { string: sval.sval ?? '' } : { bits: bsval?.bsval ?? '' }
}

function cast(node: TypeCast, depth: number): Form | null {
  const inner = read(node.arg, depth + 1)
  if (inner === null || isConstant(inner)) return inner
  const type = fields({ ...node.typeName, typemod: undefined }, depth + 1)
  return type && { cast: type, of: inner }
}

function isConstant(form: Form): boolean {
  if (typeof form !== 'object' || Array.isArray(form)) return false
  if ('A_ArrayExpr' in form) {
    const { elements = [] } = form['A_ArrayExpr'] as { elements?: readonly Form[] }
    return elements.every(isConstant)
  }
  return ['string', 'number', 'boolean', 'null'].some((key) => key in form)
}

function call(node: FuncCall, depth: number): Form | null {
  const { funcname, args = [], funcformat: _, location: __, ...rest } = node
  const names = strings(funcname).filter((name) => name !== 'pg_catalog')
  const name = names.join('.')
  if (CLOCK.has(name) && args.length === 0) return NOW
  const read = fields({ args, ...rest }, depth + 1)
  return read && { call: name, ...(read as Record<string, Form>) }
}
