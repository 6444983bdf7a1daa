import type { Rule, SourceCode } from 'eslint'
import { rangeOf } from '../../schema/ast.ts'
import type { ImportedBuilder } from './addImport.ts'
import type { DeclaredColumn } from '../../schema/model.ts'

/** Tells whether a file uses a name for something already, at any depth. */
export function nameTaken({ scopeManager }: SourceCode): (name: string) => boolean {
  return (name) => scopeManager.scopes.some((scope) => scope.set.has(name))
}

/**
 * Puts another builder in the place of a column's own; its arguments stay. `t.serial()` becomes
 * `t.integer()`.
 */
export function replaceBuilder(
  fixer: Rule.RuleFixer,
  { builder }: DeclaredColumn,
  { callee, insertion }: ImportedBuilder,
): Rule.Fix[] {
  if (builder === null) return []
  const written = builder.call.callee
  if (written.type === 'MemberExpression') {
    return [fixer.replaceText(written.property, callee.slice(callee.lastIndexOf('.') + 1))]
  }
  const [start, end] = rangeOf(written)
  const replaced = fixer.replaceTextRange([start, end], callee)
  if (insertion === null) return [replaced]
  return [fixer.insertTextAfterRange([insertion.at, insertion.at], insertion.text), replaced]
}
