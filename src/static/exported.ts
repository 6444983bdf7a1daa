import type { ExportSpecifier, Expression, ModuleExportName, Program } from 'oxc-parser'
import { callFunction, evaluate } from './evaluate.ts'
import type { Module } from './runtime.ts'
import { declarations } from './scope.ts'
import { unreadable } from './value.ts'
import type { Scope, Value } from './value.ts'
import { mutatedNames } from './walk.ts'

/**
 * What a module exports as its default, read without running it: `export default`,
 * `module.exports =`, `export =`. A function is taken for the value it returns.
 */
export function defaultExport(program: Program, source: string, path: string): Value {
  const module: Module = { source, path, mutated: mutatedNames(program) }
  const scope: Scope = { bindings: declarations(program.body), outer: null }
  for (const statement of program.body) {
    let exported: Expression | null = null
    switch (statement.type) {
      case 'ExportDefaultDeclaration': {
        const { declaration } = statement
        if (declaration.type === 'FunctionDeclaration') {
          return callFunction({ kind: 'function', node: declaration, scope }, [], module)
        }
        exported = declaration as Expression
        break
      }
      case 'ExportNamedDeclaration': {
        const specifier = statement.specifiers.find((item) => nameOf(item.exported) === 'default')
        if (!specifier) break
        if (statement.source) return reexported(specifier, statement.source.value)
        exported = specifier.local as Expression
        break
      }
      case 'TSExportAssignment':
        exported = statement.expression
        break
      case 'ExpressionStatement':
        exported = commonJs(statement.expression)
        break
    }
    if (!exported) continue
    const value = evaluate(exported, scope, module)
    return value.kind === 'function' ? callFunction(value, [], module) : value
  }
  return unreadable('it has no default export')
}

function reexported({ local }: ExportSpecifier, from: string): Value {
  const value = unreadable(`it is exported from '${from}'`)
  return nameOf(local) === 'default' ? { ...value, defaultOf: from } : value
}

function nameOf(name: ModuleExportName): string {
  return name.type === 'Literal' ? name.value : name.name
}

/** The right side of `module.exports =`, `module.exports.default =` and `exports.default =`. */
function commonJs(node: Expression): Expression | null {
  if (node.type !== 'AssignmentExpression' || node.left.type !== 'MemberExpression') return null
  const names: string[] = []
  let at: Expression = node.left
  while (at.type === 'MemberExpression' && !at.computed && at.property.type === 'Identifier') {
    names.unshift(at.property.name)
    at = at.object
  }
  if (at.type === 'Identifier') names.unshift(at.name)
  const target = names.join('.')
  return /^(module\.exports|module\.exports\.default|exports\.default)$/.test(target)
    ? node.right
    : null
}
