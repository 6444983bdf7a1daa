import type { Node } from '@pgsql/types'
import type { Catalog } from '../../../catalog/catalog.ts'
import type { Expression } from '../../../catalog/expression.ts'
import type { QualifiedName } from '../../../catalog/names.ts'
import { defaultType } from './defaultType.ts'
import { formOf } from './form.ts'
import { strings } from './names.ts'

/** What an expression mentions. */
export interface Mentions {
  readonly columns: readonly string[]
  readonly functions: readonly QualifiedName[]
  readonly strings: readonly string[]
}

/**
 * Collects what a tree mentions. It keeps a stack of its own: an expression may be nested deeper
 * than JavaScript's stack is.
 */
export function mentionsIn(root: unknown): Mentions {
  const columns = new Set<string>()
  const functions: QualifiedName[] = []
  const constants = new Set<string>()
  const pending: unknown[] = [root]
  while (pending.length > 0) {
    const node = pending.pop()
    if (node === null || typeof node !== 'object') continue
    if (Array.isArray(node)) {
      // Spread, a long VALUES list would be more arguments than a call can take.
      for (const item of node as unknown[]) pending.push(item)
      continue
    }
    for (const [tag, value] of Object.entries(node)) {
      if (value === null || typeof value !== 'object') continue
      const body = value as { fields?: Node[]; funcname?: Node[]; sval?: { sval?: string } }
      if (tag === 'ColumnRef') columns.add(strings(body.fields).at(-1) ?? '*')
      else if (tag === 'A_Const' && body.sval) constants.add(body.sval.sval ?? '')
      else if (tag === 'FuncCall') {
        const names = strings(body.funcname)
        functions.push({ schema: names.at(-2) ?? '', name: names.at(-1) ?? '' })
      }
      pending.push(value)
    }
  }
  return { columns: [...columns], functions, strings: [...constants] }
}

/** An expression as the catalog keeps it. */
export function expressionOf(node: Node | undefined): Expression {
  const { columns, functions, strings: constants } = mentionsIn(node)
  const conjuncts = conjunctsOf(node)
  const proved = conjuncts.map(notNullColumn)
  return {
    columns,
    functions,
    strings: constants,
    provesNotNull: proved.filter((column) => column !== null),
    onlyNotNull: conjuncts.length > 0 && proved.every((column) => column !== null),
    isNull: isNullConstant(node),
    ownType: null,
    form: formOf(node),
  }
}

/** A column's default, whose own type counts when the column's changes. */
export function defaultOf(catalog: Catalog, node: Node | undefined): Expression {
  return { ...expressionOf(node), ownType: defaultType(catalog, node) }
}

/** The terms of an AND, however it is nested; the expression itself if it is none. */
export function conjunctsOf(node: Node | undefined): readonly Node[] {
  const terms: Node[] = []
  const pending = node === undefined ? [] : [node]
  while (pending.length > 0) {
    const term = pending.pop()
    if (term === undefined) continue
    if ('BoolExpr' in term && term.BoolExpr.boolop === 'AND_EXPR') {
      for (const part of (term.BoolExpr.args ?? []).toReversed()) pending.push(part)
    } else terms.push(term)
  }
  return terms
}

/** The terms of an OR; the expression itself if it is none. */
export function alternativesOf(node: Node | undefined): readonly Node[] {
  if (node === undefined) return []
  return 'BoolExpr' in node && node.BoolExpr.boolop === 'OR_EXPR'
    ? (node.BoolExpr.args ?? [])
    : [node]
}

/** The column of `column IS NOT NULL`, or null for any other term. */
function notNullColumn(node: Node): string | null {
  return 'NullTest' in node && node.NullTest.nulltesttype === 'IS_NOT_NULL'
    ? columnOf(node.NullTest.arg)
    : null
}

/** The column of `column IS NULL`, or null for any other term. */
export function nullColumn(node: Node): string | null {
  return 'NullTest' in node && node.NullTest.nulltesttype === 'IS_NULL'
    ? columnOf(node.NullTest.arg)
    : null
}

/** The name of the column, if the node is a plain column. */
export function columnOf(node: Node | undefined): string | null {
  return node !== undefined && 'ColumnRef' in node
    ? (strings(node.ColumnRef.fields).at(-1) ?? null)
    : null
}

/** Whether it is NULL, with or without a cast. */
export function isNullConstant(node: Node | undefined): boolean {
  if (node === undefined) return false
  if ('TypeCast' in node) return isNullConstant(node.TypeCast.arg)
  return 'A_Const' in node && node.A_Const.isnull === true
}
