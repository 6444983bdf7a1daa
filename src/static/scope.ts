import type { BindingPattern, ParamPattern, Statement, VariableDeclarator } from 'oxc-parser'
import { unreadable } from './value.ts'
import type { Binding, Scope } from './value.ts'
import { walk } from './walk.ts'

/** The binding a name refers to, with the scope it was declared in. */
export function resolve(
  scope: Scope,
  name: string,
): { readonly binding: Binding; readonly scope: Scope } | null {
  for (let at: Scope | null = scope; at; at = at.outer) {
    const binding = at.bindings.get(name)
    if (binding) return { binding, scope: at }
  }
  return null
}

/** The names that the statements of a block (not of blocks within it) declare. */
export function declarations(statements: readonly Statement[]): Map<string, Binding> {
  const bindings = new Map<string, Binding>()
  for (const statement of statements) {
    const node = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    if (node?.type === 'FunctionDeclaration' && node.id) {
      bindings.set(node.id.name, { kind: 'function', node })
    } else if (node?.type === 'ImportDeclaration') {
      for (const specifier of node.specifiers) {
        const isDefault = specifier.type === 'ImportDefaultSpecifier'
        bindings.set(specifier.local.name, { kind: 'import', from: node.source.value, isDefault })
      }
    } else if (node?.type === 'VariableDeclaration') {
      for (const declarator of node.declarations) declare(declarator, bindings)
    }
  }
  return bindings
}

/** Binds every name of a pattern as unreadable, so that no outer name of that spelling is read. */
export function opaque(
  pattern: BindingPattern | ParamPattern,
  bindings: Map<string, Binding>,
): void {
  walk(pattern, (node) => {
    if (node.type === 'Identifier') {
      const reason = `\`${node.name}\` is only known at run time`
      bindings.set(node.name, { kind: 'value', value: unreadable(reason) })
    }
    return true
  })
}

function declare({ id, init }: VariableDeclarator, bindings: Map<string, Binding>): void {
  if (init && id.type === 'Identifier') {
    bindings.set(id.name, { kind: 'expression', node: init })
    return
  }
  opaque(id, bindings)
  if (!init || id.type !== 'ObjectPattern') return
  for (const entry of id.properties) {
    if (entry.type !== 'Property' || entry.computed || entry.key.type !== 'Identifier') continue
    const { value } = entry
    const target = value.type === 'AssignmentPattern' ? value.left : value
    const fallback = value.type === 'AssignmentPattern' ? value.right : null
    if (target.type !== 'Identifier') continue
    bindings.set(target.name, { kind: 'key', node: init, key: entry.key.name, fallback })
  }
}
