import type { Expression, MemberExpression, Statement } from 'oxc-parser'
import { builtinCall, builtinNew, value } from './builtins.ts'
import { array, binary, logical, object, template, unary } from './composites.ts'
import { ROOT } from './paths.ts'
import { asString, runtime } from './runtime.ts'
import type { Module, Read } from './runtime.ts'
import { declarations, opaque, resolve } from './scope.ts'
import { either, literal, property, UNDEFINED, unreadable } from './value.ts'
import type { Binding, Scope, Value } from './value.ts'
import { returned } from './walk.ts'

const DEPTH = 60

/**
 * What an expression is, as far as the text says so. Nothing of the module runs: a config that
 * throws without its environment is as readable as any other.
 */
export function evaluate(node: Expression, scope: Scope, module: Module, depth = 0): Value {
  if (depth > DEPTH) return unreadable('it refers to itself')
  const read = (inner: Expression): Value => evaluate(inner, scope, module, depth + 1)

  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'bigint' || node.value instanceof RegExp || 'regex' in node
        ? runtime(node, module)
        : literal(node.value)
    case 'TemplateLiteral':
      return template(node, module, read)
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
    case 'TSNonNullExpression':
    case 'TSInstantiationExpression':
    case 'ChainExpression':
      return read(node.expression)
    case 'ArrayExpression':
      return array(node.elements, read)
    case 'ObjectExpression':
      return object(node, module, read)
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return { kind: 'function', node, scope }
    case 'Identifier':
      return identifier(node.name, scope, module, depth) ?? runtime(node, module)
    case 'MemberExpression':
      return member(node, module, read)
    case 'ConditionalExpression':
      return conditional(read(node.test), read(node.consequent), read(node.alternate))
    case 'LogicalExpression':
      return logical(node, module, read)
    case 'BinaryExpression':
      return (
        binary(node.operator, read(node.left as Expression), read(node.right)) ??
        runtime(node, module)
      )
    case 'CallExpression': {
      const callee = read(node.callee)
      if (callee.kind !== 'function')
        return builtinCall(node, module, read) ?? runtime(node, module)
      if (module.mode === 'certain') return runtime(node, module)
      return callFunction(
        callee,
        node.arguments.map((arg) => value(arg, read)),
        module,
        depth + 1,
      )
    }
    case 'NewExpression':
      return builtinNew(node, read) ?? runtime(node, module)
    case 'UnaryExpression':
      return unary(node.operator, read(node.argument)) ?? runtime(node, module)
    default:
      return runtime(node, module)
  }
}

/** Calls a function value without running it: all it may return, merged. */
export function callFunction(
  value: Value & { kind: 'function' },
  args: readonly Value[],
  module: Module,
  depth = 0,
): Value {
  const { node, scope } = value
  if (node.async || node.generator || !node.body) return unreadable('it is computed asynchronously')

  const bindings = new Map<string, Binding>()
  node.params.forEach((param, i) => {
    const target = param.type === 'AssignmentPattern' ? param.left : param
    const arg = args[i] ?? UNDEFINED
    if (target.type !== 'Identifier') {
      opaque(target, bindings)
      return
    }
    const absent = arg.kind === 'literal' && arg.value === undefined
    bindings.set(
      target.name,
      absent && param.type === 'AssignmentPattern'
        ? { kind: 'expression', node: param.right }
        : { kind: 'value', value: arg },
    )
  })
  const inner: Scope = { bindings, outer: scope }
  if (node.body.type !== 'BlockStatement') {
    return evaluate(node.body as Expression, inner, module, depth + 1)
  }
  const statements = node.body.body as readonly Statement[]
  const body: Scope = { bindings: declarations(statements), outer: inner }
  const results = returned(node.body).map((result) =>
    result ? evaluate(result, body, module, depth + 1) : UNDEFINED,
  )
  return results.length === 0 ? UNDEFINED : results.reduce(either)
}

function conditional(test: Value, yes: Value, no: Value): Value {
  return test.kind === 'literal' ? (test.value ? yes : no) : either(yes, no)
}

function identifier(name: string, scope: Scope, module: Module, depth: number): Value | null {
  const found = resolve(scope, name)
  if (!found) {
    if (name === 'undefined') return UNDEFINED
    if (name === '__dirname') return location('dirname', module)
    return name === '__filename' ? location('filename', module) : null
  }
  if (module.mutated.has(name)) return unreadable(`\`${name}\` is changed after its declaration`)
  const { binding, scope: at } = found
  switch (binding.kind) {
    case 'value':
      return binding.value
    case 'function':
      return { kind: 'function', node: binding.node, scope: at }
    case 'import': {
      const imported = unreadable(`\`${name}\` is imported from '${binding.from}'`)
      return binding.isDefault ? { ...imported, defaultOf: binding.from } : imported
    }
    case 'expression':
      return evaluate(binding.node, at, module, depth + 1)
    case 'key': {
      const from = evaluate(binding.node, at, module, depth + 1)
      const value = from.kind === 'object' ? property(from, binding.key) : null
      const known = value && !(value.kind === 'literal' && value.value === undefined)
      if (known && value.kind !== 'unreadable') return value
      return binding.fallback ? evaluate(binding.fallback, at, module, depth + 1) : value
    }
  }
}

function member(node: MemberExpression, module: Module, read: Read): Value {
  const key =
    !node.computed && node.property.type === 'Identifier'
      ? node.property.name
      : node.computed
        ? asString(read(node.property as Expression))
        : undefined
  if (key === undefined) return runtime(node, module)
  if (node.object.type === 'MetaProperty') return location(key, module) ?? runtime(node, module)
  const from = read(node.object)
  if (from.kind === 'object') return property(from, key)
  const text = asString(from)
  if (text?.startsWith('file://') && (key === 'pathname' || key === 'href')) {
    return literal(key === 'href' ? text : text.slice('file://'.length))
  }
  return runtime(node, module)
}

/** `import.meta.<key>`, `__dirname` and `__filename` (`dir` and `path` are Bun's names). */
function location(key: string, module: Module): Value | null {
  if (module.mode === 'certain') return null
  const file = `${ROOT}/${module.path}`
  if (key === 'dirname' || key === 'dir') return literal(file.slice(0, file.lastIndexOf('/')))
  if (key === 'filename' || key === 'path') return literal(file)
  return key === 'url' ? literal(`file://${file}`) : null
}
