import type { Identifier, MemberExpression, Node, Program } from 'estree'
import { unwrap } from './ast.ts'

/** What a file exports. */
export interface Exports {
  /** Whether a variable of the top level is exported, under whatever name. */
  has(variable: string): boolean
  readonly any: boolean
}

/** Reads the exports of a file. A file that assigns `module.exports` may export everything. */
export function exportsOf(program: Program): Exports {
  const names = new Set<string>()
  let any = false
  let everything = false
  for (const statement of program.body) {
    const { type } = statement as { type: string }
    if (type === 'ExportDefaultDeclaration' || type === 'TSExportAssignment') {
      any = true
      const value = (statement as never)[
        type === 'TSExportAssignment' ? 'expression' : 'declaration'
      ]
      const node = unwrap(value)
      if (node.type === 'Identifier') names.add(node.name)
    }
    if (statement.type === 'ExportAllDeclaration') any = true
    if (statement.type === 'ExpressionStatement')
      everything ||= assignsExports(statement.expression)
    if (statement.type !== 'ExportNamedDeclaration') continue
    any = true
    if (statement.source) continue
    for (const { local } of statement.specifiers) names.add((local as Identifier).name)
    if (statement.declaration?.type !== 'VariableDeclaration') continue
    for (const { id, init } of statement.declaration.declarations) {
      if (id.type === 'Identifier') names.add(id.name)
      // `export const accounts = users` exports the table too.
      const alias = init ? unwrap(init) : null
      if (alias?.type === 'Identifier') names.add(alias.name)
    }
  }
  return { has: (variable) => everything || names.has(variable), any: any || everything }
}

/** `module.exports = …`, `exports.users = …`. */
function assignsExports(node: Node): boolean {
  if (node.type !== 'AssignmentExpression') return false
  let target: Node = node.left
  while (target.type === 'MemberExpression') {
    const { object, property }: MemberExpression = target
    if (object.type === 'Identifier' && object.name === 'module') {
      return property.type === 'Identifier' && property.name === 'exports'
    }
    target = object
  }
  return target.type === 'Identifier' && target.name === 'exports'
}
