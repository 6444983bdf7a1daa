import type { MigrationRule } from '../lint/rule.ts'
import { fill } from '../finding/message.ts'
import { type RuleReport, runRules } from '../lint/runRules.ts'
import { sqlEngine } from '../editor/engine.ts'
import { sessionFor } from '../editor/options.ts'
import type { Preview } from './preview.ts'

const MIGRATION = { name: '', file: '' }

/**
 * What the rules that judge SQL would say of the migration.
 *
 * @param rules - those that run
 * @param all - every rule there is, run or not: what a rule speaks for is its own
 */
export function reviewPreview(
  { before, after, changes }: Preview,
  rules: readonly MigrationRule[],
  all: readonly MigrationRule[],
): readonly RuleReport[] {
  const statements = changes.map((change, index) => ({ index, migration: '', changes: [change] }))
  const migrations = [{ ...MIGRATION, statements }]
  const session = sessionFor({})
  const deployment = { migrations, changes, before, after, known: after, session }
  const active = rules.map((rule) => ({ rule, severity: null, options: {} }))
  return runRules(sqlEngine(), deployment, active, all, [])
}

/** A report in words. */
export function wordsOf({ by: { rule }, messageId, object, data = {} }: RuleReport): {
  readonly message: string
  readonly help: string
} {
  const template = rule.meta.messages[messageId]
  if (template === undefined) throw new Error(`${rule.name} has no message "${messageId}"`)
  const given = { object, ...data }
  return { message: fill(template.message, given), help: fill(template.help, given) }
}
