import type { Expression } from '../../catalog/expression.ts'
import type { Expr, Literal, Query } from './syntax.ts'

/** Deeper ones are left unread: JavaScript's stack is no deeper than some generated expressions. */
const DEEPEST = 200

/** What an expression mentions, in any depth and in its subqueries. */
export interface Mentions {
  readonly columns: readonly string[]
  readonly functions: readonly string[]
  readonly strings: readonly string[]
}

/**
 * An expression as the catalog keeps it.
 *
 * @param spelled - how the table spells a column that the expression names
 */
export function expressionOf(expr: Expr, spelled: (name: string) => string): Expression {
  const mentions = mentionsIn([expr], spelled)
  const conjuncts = termsOf(expr, 'AND')
  const proved = conjuncts.map((term) => columnOf(term, 'IS NOT NULL', spelled))
  const form = formOf(expr, spelled, 0)
  return {
    columns: mentions.columns,
    functions: mentions.functions.map((name) => ({ schema: '', name })),
    strings: mentions.strings,
    provesNotNull: proved.filter((column) => column !== null),
    onlyNotNull: proved.every((column) => column !== null),
    isNull: expr.kind === 'literal' && expr.type === 'null',
    ownType: null,
    form: form === null ? null : JSON.stringify(form),
  }
}

/** Collects what expressions mention. */
export function mentionsIn(
  roots: readonly Expr[],
  spelled: (name: string) => string = (name) => name,
): Mentions {
  const columns = new Set<string>()
  const functions = new Set<string>()
  const strings = new Set<string>()
  walk(roots, (expr) => {
    if (expr.kind === 'column') columns.add(spelled(expr.name.text))
    else if (expr.kind === 'call') functions.add(expr.name.text.toLowerCase())
    else if (expr.kind === 'literal' && expr.type === 'string') strings.add(expr.value)
  })
  return { columns: [...columns], functions: [...functions], strings: [...strings] }
}

/** Visits expressions and all that is in them; it keeps a stack of its own. */
export function walk(roots: readonly Expr[], visit: (expr: Expr) => void): void {
  const pending = [...roots]
  while (pending.length > 0) {
    const expr = pending.pop()
    if (expr === undefined) continue
    visit(expr)
    for (const part of partsOf(expr)) pending.push(part)
  }
}

function partsOf(expr: Expr): readonly Expr[] {
  if (expr.kind === 'call') return expr.arguments
  if (expr.kind === 'operation') return expr.operands
  if (expr.kind !== 'subquery') return []
  return [...(expr.left ? [expr.left] : []), ...expressionsIn(expr.query)]
}

/** The expressions of a query, those of the queries within it included. */
export function expressionsIn(query: Query): readonly Expr[] {
  const found: Expr[] = [...query.orderBy]
  for (const common of query.with) found.push(...expressionsIn(common.query))
  for (const part of query.parts) {
    for (const result of part.results) {
      if (result.kind === 'expression') found.push(result.expression)
    }
    for (const source of part.sources) {
      found.push(...source.arguments)
      if (source.query) found.push(...expressionsIn(source.query))
    }
    found.push(...part.conditions)
    for (const row of part.values ?? []) for (const value of row) found.push(value)
  }
  return found
}

/** The terms of an AND or OR, however it is nested; the expression itself if it is none. */
export function termsOf(expr: Expr | null, operator: 'AND' | 'OR'): readonly Expr[] {
  const terms: Expr[] = []
  const pending = expr === null ? [] : [expr]
  while (pending.length > 0) {
    const term = pending.pop()
    if (term === undefined) continue
    if (term.kind === 'operation' && term.operator === operator) {
      for (const part of term.operands.toReversed()) pending.push(part)
    } else terms.push(term)
  }
  return terms
}

/** The column of `column <operator>`; null for any other term. */
export function columnOf(
  term: Expr,
  operator: 'IS NULL' | 'IS NOT NULL',
  spelled: (name: string) => string,
): string | null {
  if (term.kind !== 'operation' || term.operator !== operator) return null
  const [operand] = term.operands
  return operand?.kind === 'column' ? spelled(operand.name.text) : null
}

type Form = string | boolean | readonly Form[] | { readonly [key: string]: Form }

/** The canonical spelling: no places, no parentheses, no table in front of a column. */
function formOf(expr: Expr, spelled: (name: string) => string, depth: number): Form | null {
  if (depth > DEEPEST) return null
  const all = (label: string, parts: readonly Expr[]): readonly Form[] | null => {
    const forms = parts.map((part) => formOf(part, spelled, depth + 1))
    return forms.every((form) => form !== null) ? [label, ...forms] : null
  }
  switch (expr.kind) {
    case 'column':
      return { column: spelled(expr.name.text) }
    case 'literal':
      return literalForm(expr)
    case 'parameter':
      return ['parameter']
    case 'call': {
      const args = all(expr.form, expr.arguments)
      const call = expr.name.text.toLowerCase()
      return args && (expr.form === '' ? { call, args: args.slice(1) } : { call, args })
    }
    case 'operation': {
      const [operand] = expr.operands
      const isNegative = expr.operator === 'prefix -' && operand?.kind === 'literal'
      if (isNegative && operand.type === 'number') return { number: `-${operand.value}` }
      return all(expr.operator, expr.operands)
    }
    case 'subquery':
      return all(expr.operator, [...(expr.left ? [expr.left] : []), ...expressionsIn(expr.query)])
  }
}

/** Constants as `catalog/sameness.ts` reads them, in any dialect. */
function literalForm({ type, value }: Literal): Form {
  switch (type) {
    case 'string':
      return { string: value }
    case 'number':
      return { number: value }
    case 'boolean':
      return { boolean: value === 'TRUE' }
    case 'now':
      return { call: value.toLowerCase(), args: [] }
    default:
      return [type, value]
  }
}
