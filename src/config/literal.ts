import type { Argument, Expression, ObjectProperty, Program, SpreadElement } from 'oxc-parser'
import { isObject } from './shape.ts'

/** What a module's default export is worth without running the module. */
export type LiteralResult =
  { readonly value: unknown } | { readonly unreadable: string; readonly isSyntaxError: boolean }

class Unreadable extends Error {}

/**
 * Reads the default export of a configuration file without running it: literals, arrays, objects,
 * spreads, references to constants of the same file, all of it also behind `satisfies`, `as` and
 * `defineConfig()`. Whatever would have to be run is not read at all, rather than half.
 *
 * @param file - its name decides between TypeScript and JavaScript
 * @param text - its content
 */
export async function readLiteral(file: string, text: string): Promise<LiteralResult> {
  const { parseSync } = await import('oxc-parser')
  const { program, errors } = parseSync(file, text)
  const [error] = errors
  if (error) return { unreadable: `syntax error: ${error.message}`, isSyntaxError: true }
  try {
    return { value: evaluate(defaultExport(program), constants(program), new Set()) }
  } catch (thrown) {
    if (thrown instanceof Unreadable) return { unreadable: thrown.message, isSyntaxError: false }
    throw thrown
  }
}

type Constants = ReadonlyMap<string, Expression>

function defaultExport(program: Program): Expression {
  for (const statement of program.body) {
    if (statement.type !== 'ExportDefaultDeclaration') continue
    const { declaration } = statement
    const named = ['FunctionDeclaration', 'ClassDeclaration', 'TSInterfaceDeclaration']
    if (named.includes(declaration.type)) break
    return declaration as Expression
  }
  throw new Unreadable('it has no default export of an object')
}

function constants(program: Program): Constants {
  const found = new Map<string, Expression>()
  for (const statement of program.body) {
    const declaration =
      statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    if (declaration?.type !== 'VariableDeclaration' || declaration.kind !== 'const') continue
    for (const { id, init } of declaration.declarations) {
      if (id.type === 'Identifier' && init) found.set(id.name, init)
    }
  }
  return found
}

function evaluate(node: Expression | Argument, known: Constants, open: Set<string>): unknown {
  switch (node.type) {
    case 'Literal':
      if ('regex' in node || 'bigint' in node) break
      return node.value
    case 'TemplateLiteral':
      if (node.expressions.length > 0) break
      return node.quasis[0]?.value.cooked
    case 'UnaryExpression': {
      const value = evaluate(node.argument, known, open)
      if (node.operator !== '-' || typeof value !== 'number') break
      return -value
    }
    case 'ArrayExpression':
      return node.elements.flatMap((element) => {
        if (element === null) throw new Unreadable('it has an array with a hole')
        if (element.type !== 'SpreadElement') return [evaluate(element, known, open)]
        const spread = evaluate(element.argument, known, open)
        if (!Array.isArray(spread)) throw new Unreadable('it spreads something that is no array')
        return spread as unknown[]
      })
    case 'ObjectExpression':
      return evaluateObject(node.properties, known, open)
    case 'Identifier':
      return evaluateName(node.name, known, open)
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'ParenthesizedExpression':
      return evaluate(node.expression, known, open)
    case 'CallExpression': {
      const [argument] = node.arguments
      const { callee } = node
      if (callee.type !== 'Identifier' || callee.name !== 'defineConfig' || !argument) break
      return evaluate(argument, known, open)
    }
  }
  throw new Unreadable(`it holds an expression that has to be run (${node.type})`)
}

function evaluateObject(
  properties: readonly (ObjectProperty | SpreadElement)[],
  known: Constants,
  open: Set<string>,
): Record<string, unknown> {
  const object: Record<string, unknown> = {}
  for (const property of properties) {
    if (property.type === 'SpreadElement') {
      const spread = evaluate(property.argument, known, open)
      if (!isObject(spread)) throw new Unreadable('it spreads something that is no object')
      Object.assign(object, spread)
      continue
    }
    const { key } = property
    const isPlain = key.type === 'Identifier' || key.type === 'Literal'
    if (property.kind !== 'init' || property.computed || !isPlain) {
      throw new Unreadable('it has a computed key')
    }
    const name = key.type === 'Identifier' ? key.name : String(key.value)
    object[name] = evaluate(property.value, known, open)
  }
  return object
}

function evaluateName(name: string, known: Constants, open: Set<string>): unknown {
  if (name === 'undefined') return undefined
  const init = known.get(name)
  if (init === undefined || open.has(name)) {
    throw new Unreadable(`it uses "${name}", whose value is not in the file`)
  }
  open.add(name)
  const value = evaluate(init, known, open)
  open.delete(name)
  return value
}
