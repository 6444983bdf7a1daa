import type { AssignmentExpression, Node, Program } from 'estree'
import { keyOf } from './ast.ts'
import { bindingFrom, fileScope, nameIn } from './fileScope.ts'
import type { Binding, ImportedModule, Imports, Scope } from './value.ts'

/**
 * A file of the project as those see it that import it. Nothing of it is run; only what is asked for is
 * looked at.
 *
 * @param imports - finds what it imports itself
 */
export function importedModule(program: Program, imports: Imports): ImportedModule {
  const scope = fileScope(program, null, imports)
  // Files may export all of each other.
  let asked = new Set<string>()
  return {
    exported(name) {
      if (asked.has(name)) return undefined
      asked = new Set([...asked, name])
      try {
        return findExport(program, name, scope)
      } finally {
        asked.delete(name)
      }
    },
  }
}

function findExport(program: Program, name: string, scope: Scope): Binding | undefined {
  const behind: string[] = []
  for (const statement of program.body) {
    switch (statement.type) {
      case 'ExportNamedDeclaration': {
        const { source, specifiers, declaration } = statement
        for (const { local, exported } of specifiers) {
          if (nameIn(exported as never) !== name) continue
          const original = nameIn(local as never)
          return source
            ? bindingFrom(String(source.value), original, scope.imports)
            : scope.lookup(original)
        }
        if (declaration && declaredNames(declaration).includes(name)) return scope.lookup(name)
        break
      }
      case 'ExportDefaultDeclaration': {
        const { declaration } = statement
        if (name !== 'default') break
        return { node: declaration as Node, scope, member: null }
      }
      case 'ExportAllDeclaration': {
        const specifier = String(statement.source.value)
        if (statement.exported === null) behind.push(specifier)
        else if (nameIn(statement.exported as never) === name)
          return bindingFrom(specifier, null, scope.imports)
        break
      }
      case 'ExpressionStatement': {
        if (statement.expression.type !== 'AssignmentExpression') break
        const assigned = assignedExport(statement.expression, name)
        if (assigned) return { node: assigned.node, scope, member: assigned.member }
      }
    }
  }
  for (const specifier of behind) {
    const binding = bindingFrom(specifier, name, scope.imports)
    if ('value' in binding) return binding
    if ('from' in binding && binding.from()?.exported(name)) return binding
  }
  return undefined
}

function declaredNames(declaration: Node): readonly string[] {
  if (declaration.type === 'VariableDeclaration') {
    return declaration.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? id.name : []))
  }
  const { id } = declaration as { readonly id?: { readonly name: string } }
  return id ? [id.name] : []
}

/** `exports.columns = …`, `module.exports = { columns }`. */
function assignedExport(
  { left, right }: AssignmentExpression,
  name: string,
): { readonly node: Node; readonly member: string | null } | null {
  if (left.type !== 'MemberExpression') return null
  const key = keyOf(left, left.property)
  const { object } = left
  if (object.type === 'Identifier' && object.name === 'module' && key === 'exports')
    return { node: right, member: name }
  const isExports =
    (object.type === 'Identifier' && object.name === 'exports') ||
    (object.type === 'MemberExpression' && keyOf(object, object.property) === 'exports')
  return isExports && key === name ? { node: right, member: null } : null
}
