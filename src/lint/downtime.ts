import type { Engine } from '../dialects/dialect.ts'
import type { Session } from '../dialects/effects.ts'
import type { Category } from '../finding/finding.ts'
import type { RuleReport } from './runRules.ts'

/** What only hurts those who use the database meanwhile, or code that is still running. */
const NEEDS_USERS: ReadonlySet<Category> = new Set(['blocks-traffic', 'breaks-running-code'])

/** Whether findings of a category are of no interest where nobody uses the database meanwhile. */
export function needsUsers(category: Category): boolean {
  return NEEDS_USERS.has(category)
}

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
  return !needsUsers(category) || engine.effects(on, session).errors.length > 0
}
