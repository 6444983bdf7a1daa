import type { MigrationRule } from '../lint/rule.ts'
import { fill } from '../finding/message.ts'
import { messageOf } from '../lint/wording.ts'
import { type RuleReport, runRules } from '../lint/runRules.ts'
import type { Preview } from './preview.ts'

const MIGRATION = { name: '', file: '' }

/**
 * What the rules that judge SQL would say of the migration.
 *
 * @param rules - those that run
 * @param all - every rule there is, run or not: what a rule speaks for is its own
 */
export function reviewPreview(
  { before, after, planned: changes, engine, session }: Preview,
  rules: readonly MigrationRule[],
  all: readonly MigrationRule[],
): readonly RuleReport[] {
  const statements = changes.map((change, index) => ({ index, migration: '', changes: [change] }))
  const migrations = [{ ...MIGRATION, statements }]
  const deployment = { migrations, changes, before, after, known: after, session }
  const active = rules.map((rule) => ({ rule, severity: null, options: {} }))
  return runRules(engine, deployment, active, all, [])
}

/** A report in words. */
export function wordsOf(
  { engine }: Preview,
  { by: { rule }, messageId, object, data = {} }: RuleReport,
): { readonly message: string; readonly help: string } {
  const template = messageOf(rule, engine.dialect, messageId)
  const given = { object, ...data }
  return { message: fill(template.message, given), help: fill(template.help, given) }
}
