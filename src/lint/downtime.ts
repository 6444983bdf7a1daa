import type { Engine } from '../dialects/dialect.ts'
import type { Session } from '../dialects/effects.ts'
import type { Category } from '../finding/finding.ts'
import type { RuleReport } from './runRules.ts'

/** What only hurts those who use the database meanwhile, or code that is still running. */
const NEEDS_USERS: ReadonlySet<Category> = new Set(['blocks-traffic', 'breaks-running-code'])

/**
 * Whether a report matters although nobody uses the database while migrations run. What may also fail
 * on the rows that are there does.
 */
export function mattersInDowntime(
  { by: { rule }, messageId, on }: RuleReport,
  engine: Engine,
  session: Session,
): boolean {
  const category = rule.meta.messages[messageId]?.category ?? rule.meta.docs.category
  return !NEEDS_USERS.has(category) || engine.effects(on, session).errors.length > 0
}
