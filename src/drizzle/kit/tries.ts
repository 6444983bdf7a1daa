import type { Question, Reply } from './question.ts'
import type { ChildEnvironment } from './request.ts'

/**
 * Asks in one environment after another until there is an answer: as it is; with placeholders for what
 * is not set; with what the project gives drizzle-kit. Real values come last, since most schemas only
 * want to find something.
 *
 * @returns the answer; without any, why the most faithful of them gave none
 */
export async function inTurn(
  { environment: given }: Pick<Question, 'environment'>,
  ask: (environment: ChildEnvironment) => Promise<Reply>,
): Promise<{ readonly reply: Reply; readonly environment: ChildEnvironment }> {
  const none: typeof given = { files: [], values: {} }
  const isGiven = given.files.length > 0 || Object.keys(given.values).length > 0
  const plain = { placeholders: false, ...none }
  const others = [
    { placeholders: true, ...none },
    ...(isGiven ? [{ placeholders: true, ...given }] : []),
  ]
  const first = { reply: await ask(plain), environment: plain }
  let last = first
  for (const environment of others) {
    if (!mayHelp(last.reply)) return last
    last = { reply: await ask(environment), environment }
  }
  // With placeholders alone another error may come up than the user would see.
  return mayHelp(last.reply) && !isGiven ? first : last
}

function mayHelp(reply: Reply): boolean {
  return reply.kind === 'unanswered' && reply.mayRetry
}
