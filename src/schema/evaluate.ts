import type { CallExpression, Expression, MemberExpression, Node, TemplateLiteral } from 'estree'
import { argument, entriesOf, isFunction, keyOf, propertyOf, returnedBy, unwrap } from './ast.ts'
import { type Binding, Scope, namesOf } from './scope.ts'
import { OWN_CORE } from './fileScope.ts'
import { memberOf, tableFunction } from './members.ts'
import {
  type KnownName,
  type Located,
  type NamedObject,
  type TableFunction,
  UNKNOWN,
  type Value,
} from './value.ts'

/** Names that lead to themselves (`const a = a`) end here. */
const DEEPEST = 40
let depth = 0

/** What an expression is, as far as this file tells. Nothing is run. */
export function evaluate(node: Node, scope: Scope): Value {
  if (depth >= DEEPEST) return UNKNOWN
  depth++
  try {
    return evaluateNode(unwrap(node), scope)
  } finally {
    depth--
  }
}

function evaluateNode(node: Node, scope: Scope): Value {
  switch (node.type) {
    case 'Identifier':
      return boundValue(scope.lookup(node.name))
    case 'MemberExpression':
      return evaluateMember(node, scope)
    case 'CallExpression':
      return evaluateCall(node, scope)
    case 'ObjectExpression':
      return { kind: 'object', node, scope }
    case 'ArrayExpression':
      return { kind: 'array', node, scope }
    case 'Literal':
      return typeof node.value === 'string' ? { kind: 'text', text: node.value } : UNKNOWN
    case 'TemplateLiteral':
      return evaluateTemplate(node, scope)
    default:
      return isFunction(node) ? { kind: 'function', node, scope } : UNKNOWN
  }
}

function boundValue(binding: Binding | undefined): Value {
  if (binding === undefined) return UNKNOWN
  if ('value' in binding) return binding.value
  const whole = evaluate(binding.node, binding.scope)
  return binding.member === null ? whole : memberValue(whole, binding.member)
}

function evaluateMember(node: MemberExpression, scope: Scope): Value {
  const key = keyOf(node, node.property)
  return key === null ? UNKNOWN : memberValue(evaluate(node.object, scope), key)
}

function memberValue(value: Value, key: string): Value {
  if (value.kind !== 'object') return memberOf(value, key)
  const found = propertyIn(value, key)
  return found === null ? UNKNOWN : evaluate(found.node, found.scope)
}

/** The expression an object literal holds under a key, spreads of this file included. */
export function propertyIn(object: Value & { kind: 'object' }, key: string): Located<Node> | null {
  for (const entry of entriesOf(object.node).toReversed()) {
    if ('key' in entry) {
      if (entry.key === key) return { node: entry.property.value, scope: object.scope }
      continue
    }
    const spread = evaluate(entry.spread, object.scope)
    if (spread.kind !== 'object') return null
    const found = propertyIn(spread, key)
    if (found !== null) return found
  }
  return null
}

function evaluateCall(node: CallExpression, scope: Scope): Value {
  const callee = unwrap(node.callee)
  const method = callee.type === 'MemberExpression' ? keyOf(callee, callee.property) : null
  let called: Value
  if (callee.type === 'MemberExpression' && method !== null) {
    const on = evaluate(callee.object, scope)
    // `pgView('v').as(…)` and `pgTable(…).enableRLS()` are the view and the table.
    if (on.kind === 'view' || (on.kind === 'table' && method === 'enableRLS')) return on
    called = memberValue(on, method)
  } else {
    called = evaluate(callee, scope)
  }
  const by =
    tableFunction(called) ?? (called.kind === 'unknown' ? foreignTableFunction(node, scope) : null)
  if (by !== null) return { kind: 'table', call: node, by, scope }
  if (called.kind === 'function') {
    const result = resultOf(called, node, scope)
    return result === null ? UNKNOWN : evaluate(result.node, result.scope)
  }
  return madeBy(called, node, scope) ?? { kind: 'call', node, scope }
}

/**
 * A function of another file that, by the look of the call, declares a table: `createTable(name,
 * columns)`, `schema.table(name, columns)`.
 */
function foreignTableFunction(node: CallExpression, scope: Scope): TableFunction | null {
  const core = boundValue(scope.lookup(OWN_CORE))
  const callee = unwrap(node.callee)
  const isMember = callee.type === 'MemberExpression'
  const name = isMember
    ? keyOf(callee, callee.property)
    : callee.type === 'Identifier' && callee.name
  const first = argument(node, 0)
  const second = argument(node, 1)
  const isNamed = (isMember ? /^(?:table|(?:pg|mysql|sqlite)Table)$/ : /table/i).test(name || '')
  if (core.kind !== 'core' || !isNamed || first === undefined || second === undefined) return null
  if (!['Literal', 'TemplateLiteral'].includes(first.type)) return null
  const columns = unwrap(second)
  const listed = isFunction(columns) ? returnedBy(columns) : columns
  if (listed === null || unwrap(listed).type !== 'ObjectExpression') return null
  return {
    kind: 'table function',
    dialect: core.dialect,
    schema: { text: null },
    rename: isMember ? null : 'unknown',
    casing: null,
    rowSecurity: false,
  }
}

const OBJECT_BUILDERS: readonly (readonly [RegExp, NamedObject['kind']])[] = [
  [/^\w+Sequence$/, 'sequence'],
  [/^(pg|cockroach)Enum$/, 'enum'],
  [/^(view|\w+View)$/, 'view'],
]

/** What drizzle's own factories make. */
function madeBy(called: Value, node: CallExpression, scope: Scope): Value | null {
  const name = () => nameFrom(argument(node, 0), scope)
  if (called.kind === 'object function') {
    return { kind: called.makes, dialect: called.dialect, schema: called.schema, name: name() }
  }
  if (called.kind !== 'builder') return null
  const { dialect, casing } = called
  if (/^(schema|\w+Schema)$/.test(called.name))
    return { kind: 'schema', dialect, name: name(), casing }
  const object = OBJECT_BUILDERS.find(([pattern]) => pattern.test(called.name))?.[1]
  if (object !== undefined) return { kind: object, dialect, schema: null, name: name() }
  if (called.name === 'customType') {
    return { kind: 'custom type', dialect, sqlType: customSqlType(argument(node, 0), scope) }
  }
  if (!/^\w+TableCreator$/.test(called.name)) return null
  const rename = argument(node, 0)
  const renames = rename === undefined ? UNKNOWN : evaluate(rename, scope)
  return {
    kind: 'table function',
    dialect,
    schema: null,
    rename: renames.kind === 'function' ? renames : 'unknown',
    casing: casing ?? null,
    rowSecurity: false,
  }
}

function customSqlType(definition: Node | undefined, scope: Scope): string | null {
  const dataType = propertyOf(definition, 'dataType')
  if (dataType === undefined || !isFunction(dataType)) return null
  const returned = returnedBy(dataType)
  const value = returned === null ? UNKNOWN : evaluate(returned, scope)
  return value.kind === 'text' ? value.text : null
}

/** The name an argument gives, `text: null` if it cannot be told. */
export function nameFrom(node: Node | undefined, scope: Scope): KnownName {
  const value = node === undefined ? UNKNOWN : evaluate(node, scope)
  return { text: value.kind === 'text' ? value.text : null }
}

/** What a call of a function of this file returns, with its parameters bound; null if unclear. */
export function resultOf(
  called: Value & { kind: 'function' },
  call: CallExpression,
  scope: Scope,
): Located | null {
  return resultWith(called, (index) => {
    const given = argument(call, index)
    return given === undefined ? undefined : { node: given, scope, member: null }
  })
}

/** What a function of this file returns for these arguments; null if that is not one expression. */
export function resultWith(
  { node, scope }: Value & { kind: 'function' },
  given: (index: number) => Binding | undefined,
): Located | null {
  const returned = returnedBy(node)
  if (returned === null) return null
  const parameters = node.params.flatMap((param, index) =>
    namesOf(param, (member) => memberBinding(given(index), member)),
  )
  const inner = scope.with(parameters)
  if (node.body.type !== 'BlockStatement') return { node: returned, scope: inner }
  const names = new Map(parameters)
  const body = new Scope(inner, names)
  for (const statement of node.body.body) {
    if (statement.type !== 'VariableDeclaration') continue
    for (const { id, init } of statement.declarations) {
      const bind = (member: string | null): Binding =>
        init ? { node: init, scope: body, member } : { value: UNKNOWN }
      for (const [name, binding] of namesOf(id, bind)) names.set(name, binding)
    }
  }
  return { node: returned, scope: body }
}

function memberBinding(binding: Binding | undefined, member: string | null): Binding {
  if (binding === undefined) return { value: UNKNOWN }
  if (member === null) return binding
  return 'value' in binding
    ? { value: memberValue(binding.value, member) }
    : { value: memberValue(boundValue(binding), member) }
}

function evaluateTemplate({ quasis, expressions }: TemplateLiteral, scope: Scope): Value {
  let text = quasis[0]?.value.cooked ?? ''
  for (const [index, expression] of expressions.entries()) {
    const value = evaluate(expression as Expression, scope)
    if (value.kind !== 'text') return UNKNOWN
    text += value.text + (quasis[index + 1]?.value.cooked ?? '')
  }
  return { kind: 'text', text }
}
