import type { Change } from '../catalog/change.ts'
import type { RuleContext } from './rule.ts'

/**
 * What a failure leaves behind where every DDL statement commits by itself and what came before it: a
 * sentence to go on a help with. Empty where a failure undoes everything, or nothing stands before it.
 */
export function leftBehind(context: RuleContext, change: Change): string {
  const { dialect, deployment } = context
  if (dialect.transactions.ddl !== 'commits') return ''
  const { migration, statement } = change.origin
  const earlier = deployment.changes.filter(
    ({ origin }) => origin.migration === migration && origin.statement < statement,
  )
  const count = new Set(earlier.map(({ origin }) => origin.statement)).size
  if (count === 0) return ''
  const [what, them, it] =
    count === 1
      ? ['the statement before it in this file stays', 'it', 'fails there']
      : [`the ${count} statements before it in this file stay`, 'them', 'fails at one of them']
  const again = ` If it fails, ${what} applied, and the next run begins with ${them} again`
  return earlier.some((one) => failsAgain(context, one, change))
    ? `${again} and ${it}: it stays that way until somebody edits the file or the database by hand.`
    : `${again}.`
}

/** Whether a statement fails once it has run, with all that came after it up to a change. */
function failsAgain(context: RuleContext, one: Change, { before }: Change): boolean {
  const again = { ...one, before, after: before, folded: [] } as Change
  return context.effects(again).errors.some(({ when }) => when === 'always')
}
