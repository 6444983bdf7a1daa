import type { ExportSpecifier, Expression, ModuleExportName, Program } from 'oxc-parser'
import type { ParseModule } from './parser.ts'
import { callFunction, evaluate } from './evaluate.ts'
import type { Mode, Module } from './runtime.ts'
import { declarations } from './scope.ts'
import { unreadable } from './value.ts'
import type { Scope, Unreadable, Value } from './value.ts'
import { mutatedNames } from './walk.ts'

/** A text that is no module. */
export interface SyntaxFault extends Unreadable {
  readonly isSyntaxFault: true
}

/**
 * What a module exports as its default, read without running it: `export default`,
 * `module.exports =`, `export =`. In the usual mode a function is taken for the value it returns.
 *
 * @param path - relative to the tree's root
 */
export function defaultExport(
  parse: ParseModule,
  source: string,
  path: string,
  mode: Mode,
): Value | SyntaxFault {
  const { program, errors } = parse(path, source, { lang: 'ts', sourceType: 'unambiguous' })
  const error = errors.find(({ severity }) => severity === 'Error')
  if (error) return { ...unreadable(`syntax error: ${error.message}`), isSyntaxFault: true }
  const module: Module = { source, path, mutated: mutatedNames(program), mode }
  const exported = exportedBy(program, module)
  const isCalled = exported.kind === 'function' && mode === 'usual'
  return isCalled ? callFunction(exported, [], module) : exported
}

function exportedBy(program: Program, module: Module): Value {
  const scope: Scope = { bindings: declarations(program.body), outer: null }
  for (const statement of program.body) {
    let exported: Expression | null = null
    switch (statement.type) {
      case 'ExportDefaultDeclaration': {
        const { declaration } = statement
        if (declaration.type === 'FunctionDeclaration') {
          return { kind: 'function', node: declaration, scope }
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
    if (exported) return evaluate(exported, scope, module)
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
