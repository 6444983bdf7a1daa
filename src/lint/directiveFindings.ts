import type { RuleMessage } from './rule.ts'
import type { PlacedDirective } from './suppressions.ts'

/** What is wrong with a directive itself. */
export interface DirectiveComplaint {
  readonly directive: PlacedDirective
  readonly messageId: string
  readonly message: RuleMessage
  readonly data: Readonly<Record<string, string>>
}

/**
 * Complains about directives without a reason, with an unknown rule, or that silence nothing.
 *
 * @param used - the directives that silenced a report, with the rules they silenced
 * @param ran - names of the rules that ran
 * @param known - names of all rules
 * @param messages - of the rule that speaks for directives
 */
export function complaints(
  directives: readonly PlacedDirective[],
  used: ReadonlyMap<PlacedDirective, ReadonlySet<string>>,
  ran: ReadonlySet<string>,
  known: ReadonlySet<string>,
  messages: Readonly<Record<string, RuleMessage>>,
): readonly DirectiveComplaint[] {
  const complain = (
    directive: PlacedDirective,
    id: string,
    data: Readonly<Record<string, string>> = {},
  ): DirectiveComplaint[] => {
    const message = messages[id]
    return message ? [{ directive, messageId: id, message, data }] : []
  }
  return directives.flatMap((directive): DirectiveComplaint[] => {
    if (directive.rules.length === 0) return complain(directive, 'noRule')
    const unknown = directive.rules.filter((rule) => !known.has(rule))
    if (unknown.length > 0) {
      return unknown.flatMap((rule) => complain(directive, 'unknownRule', { rule }))
    }
    if (directive.reason === '') return complain(directive, 'noReason')
    const idle = directive.rules.filter((rule) => ran.has(rule) && !used.get(directive)?.has(rule))
    return idle.flatMap((rule) => complain(directive, 'unused', { rule }))
  })
}
