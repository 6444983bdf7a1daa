import type { CallExpression, Expression, MemberExpression, Node, TemplateLiteral } from 'estree'
import { argument, entriesOf, isFunction, keyOf, propertyOf, returnedBy, unwrap } from './ast.ts'
import { namesOf } from './scope.ts'
import { OWN_CORE, requiredCore } from './fileScope.ts'
import { memberOf, tableFunction } from './members.ts'
import {
  type Binding,
  type ImportBinding,
  type ImportedModule,
  type KnownName,
  type Located,
  type NamedObject,
  type Scope,
  type TableFunction,
  UNKNOWN,
  type Value,
} from './value.ts'

/** Names that lead to themselves (`const a = a`) end here. */
const DEEPEST = 40

/**
 * What an expression is, as far as the files tell. Nothing is run.
 *
 * @param depth - how many expressions led to this one
 */
export function evaluate(node: Node, scope: Scope, depth = 0): Value {
  return depth > DEEPEST ? UNKNOWN : evaluateNode(unwrap(node), scope, depth + 1)
}

function evaluateNode(node: Node, scope: Scope, depth: number): Value {
  switch (node.type) {
    case 'Identifier':
      return boundValue(scope.lookup(node.name), depth)
    case 'MemberExpression':
      return evaluateMember(node, scope, depth)
    case 'CallExpression':
      return evaluateCall(node, scope, depth)
    case 'ObjectExpression':
      return { kind: 'object', node, scope }
    case 'ArrayExpression':
      return { kind: 'array', node, scope }
    case 'Literal':
      return typeof node.value === 'string' ? { kind: 'text', text: node.value } : UNKNOWN
    case 'TemplateLiteral':
      return evaluateTemplate(node, scope, depth)
    default:
      return isFunction(node) ? { kind: 'function', node, scope } : UNKNOWN
  }
}

function boundValue(binding: Binding | undefined, depth: number): Value {
  if (binding === undefined) return UNKNOWN
  if ('value' in binding) return binding.value
  if ('from' in binding) return importedValue(binding, depth)
  const whole = evaluate(binding.node, binding.scope, depth)
  return binding.member === null ? whole : memberValue(whole, binding.member, depth)
}

/** What another file says. Its tables are its own to read: to this one they are not known. */
function importedValue({ from, name }: ImportBinding, depth: number): Value {
  const module = depth > DEEPEST ? null : from()
  if (module === null) return UNKNOWN
  if (name === null) return { kind: 'module', module }
  const value = boundValue(module.exported(name), depth + 1)
  return value.kind === 'table' || value.kind === 'column' ? UNKNOWN : value
}

function evaluateMember(node: MemberExpression, scope: Scope, depth: number): Value {
  const key = keyOf(node, node.property)
  return key === null ? UNKNOWN : memberValue(evaluate(node.object, scope, depth), key, depth)
}

function memberValue(value: Value, key: string, depth: number): Value {
  if (value.kind === 'module') return importedValue({ from: () => value.module, name: key }, depth)
  if (value.kind !== 'object') return memberOf(value, key)
  const found = propertyIn(value, key, depth)
  return found === null ? UNKNOWN : evaluate(found.node, found.scope, depth)
}

/** The expression an object literal holds under a key, spreads included. */
export function propertyIn(
  object: Value & { kind: 'object' },
  key: string,
  depth = 0,
): Located<Node> | null {
  if (depth > DEEPEST) return null
  for (const entry of entriesOf(object.node).toReversed()) {
    if ('key' in entry) {
      if (entry.key === key) return { node: entry.property.value, scope: object.scope }
      continue
    }
    const spread = evaluate(entry.spread, object.scope, depth)
    if (spread.kind !== 'object') return null
    const found = propertyIn(spread, key, depth + 1)
    if (found !== null) return found
  }
  return null
}

function evaluateCall(node: CallExpression, scope: Scope, depth: number): Value {
  const core = scope.lookup('require') === undefined ? requiredCore(node) : null
  if (core !== null) return { kind: 'core', dialect: core }
  const required = scope.lookup('require') === undefined ? requiredModule(node, scope) : null
  if (required !== null) return { kind: 'module', module: required }
  const callee = unwrap(node.callee)
  const method = callee.type === 'MemberExpression' ? keyOf(callee, callee.property) : null
  let called: Value
  if (callee.type === 'MemberExpression' && method !== null) {
    const on = evaluate(callee.object, scope, depth)
    // `pgView('v').as(…)` and `pgTable(…).enableRLS()` are the view and the table.
    if (on.kind === 'view' || (on.kind === 'table' && method === 'enableRLS')) return on
    called = memberValue(on, method, depth)
  } else {
    called = evaluate(callee, scope, depth)
  }
  const by =
    tableFunction(called) ?? (called.kind === 'unknown' ? foreignTableFunction(node, scope) : null)
  if (by !== null) return { kind: 'table', call: node, by, scope }
  if (called.kind === 'function') {
    const result = resultOf(called, node, scope, depth)
    return result === null ? UNKNOWN : evaluate(result.node, result.scope, depth)
  }
  return madeBy(called, node, scope, depth) ?? { kind: 'call', node, scope }
}

/** The file of the project that `require('./columns')` brings. */
function requiredModule(node: CallExpression, scope: Scope): ImportedModule | null {
  const [given] = node.arguments
  const isRequire = node.callee.type === 'Identifier' && node.callee.name === 'require'
  return isRequire && given?.type === 'Literal' ? scope.imports(String(given.value)) : null
}

/**
 * A function of another file that, by the look of the call, declares a table: `createTable(name,
 * columns)`, `schema.table(name, columns)`.
 */
function foreignTableFunction(node: CallExpression, scope: Scope): TableFunction | null {
  const core = boundValue(scope.lookup(OWN_CORE), 0)
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
function madeBy(called: Value, node: CallExpression, scope: Scope, depth: number): Value | null {
  const name = () => nameFrom(argument(node, 0), scope, depth)
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
    return { kind: 'custom type', dialect, sqlType: customSqlType(argument(node, 0), scope, depth) }
  }
  if (!/^\w+TableCreator$/.test(called.name)) return null
  const rename = argument(node, 0)
  const renames = rename === undefined ? UNKNOWN : evaluate(rename, scope, depth)
  return {
    kind: 'table function',
    dialect,
    schema: null,
    rename: renames.kind === 'function' ? renames : 'unknown',
    casing: casing ?? null,
    rowSecurity: false,
  }
}

function customSqlType(definition: Node | undefined, scope: Scope, depth: number): string | null {
  const dataType = propertyOf(definition, 'dataType')
  if (dataType === undefined || !isFunction(dataType)) return null
  const returned = returnedBy(dataType)
  const value = returned === null ? UNKNOWN : evaluate(returned, scope, depth)
  return value.kind === 'text' ? value.text : null
}

/** The name an argument gives, `text: null` if it cannot be told. */
export function nameFrom(node: Node | undefined, scope: Scope, depth = 0): KnownName {
  const value = node === undefined ? UNKNOWN : evaluate(node, scope, depth)
  return { text: value.kind === 'text' ? value.text : null }
}

/** What a call of a function of this file returns, with its parameters bound; null if unclear. */
export function resultOf(
  called: Value & { kind: 'function' },
  call: CallExpression,
  scope: Scope,
  depth = 0,
): Located | null {
  const given = (index: number) => {
    const node = argument(call, index)
    return node === undefined ? undefined : { node, scope, member: null }
  }
  return resultWith(called, given, depth)
}

/** What a function of this file returns for these arguments; null if that is not one expression. */
export function resultWith(
  { node, scope }: Value & { kind: 'function' },
  given: (index: number) => Binding | undefined,
  depth = 0,
): Located | null {
  const returned = returnedBy(node)
  if (returned === null) return null
  const parameters = node.params.flatMap((param, index) =>
    namesOf(param, (member) => memberBinding(given(index), member, depth)),
  )
  const inner = scope.with(new Map(parameters))
  if (node.body.type !== 'BlockStatement') return { node: returned, scope: inner }
  const names = new Map(parameters)
  const body = inner.with(names)
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

function memberBinding(
  binding: Binding | undefined,
  member: string | null,
  depth: number,
): Binding {
  if (binding === undefined) return { value: UNKNOWN }
  if (member === null) return binding
  return 'value' in binding
    ? { value: memberValue(binding.value, member, depth) }
    : { value: memberValue(boundValue(binding, depth), member, depth) }
}

function evaluateTemplate(
  { quasis, expressions }: TemplateLiteral,
  scope: Scope,
  depth: number,
): Value {
  let text = quasis[0]?.value.cooked ?? ''
  for (const [index, expression] of expressions.entries()) {
    const value = evaluate(expression as Expression, scope, depth)
    if (value.kind !== 'text') return UNKNOWN
    text += value.text + (quasis[index + 1]?.value.cooked ?? '')
  }
  return { kind: 'text', text }
}
