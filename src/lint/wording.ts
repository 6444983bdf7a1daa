import type { DialectName } from '../dialects/names.ts'
import { dialectOf } from '../dialects/registry.ts'
import type { Category, Severity } from '../finding/finding.ts'
import { type MigrationRule, type RuleMessage, severityOf } from './rule.ts'

/** A rule's message in the words of a dialect, with the category it has there. */
export function messageOf(
  { name, meta }: MigrationRule,
  dialect: DialectName,
  messageId: string,
): RuleMessage & { readonly category: Category } {
  const wording = meta.wording?.[dialectOf(dialect).base]
  const message = wording?.messages?.[messageId] ?? meta.messages[messageId]
  if (message === undefined) throw new Error(`${name} has no message "${messageId}"`)
  return { category: wording?.category ?? meta.docs.category, ...message }
}

/** How bad what a message says is in a dialect. */
export function severityIn(rule: MigrationRule, dialect: DialectName, messageId: string): Severity {
  return messageOf(rule, dialect, messageId).severity ?? severityOf(rule.meta, messageId)
}
