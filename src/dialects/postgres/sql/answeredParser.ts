import type { Answers } from '../../../cache/answers.ts'
import { type LoadedParser, type Parser, type Question, SyntaxError, parserOver } from './parser.ts'

/** What stands before a refusal, which no JSON starts with. */
const REFUSED = '!'

/**
 * A parser that is asked only what an earlier run has not asked. Loading it and its first statement
 * are a third of a hook's time (bench/README.md).
 *
 * @param load - called for the first text that no answer is known to
 */
export function answeredParser(answers: Answers, load: () => LoadedParser): Parser {
  return parserOver((question, sql) => {
    const answer = answers.to(`${question} ${sql}`, () => answerOf(load(), question, sql))
    if (!answer.startsWith(REFUSED)) return answer
    const refusal = JSON.parse(answer.slice(REFUSED.length)) as { message: string; cursor: number }
    throw new SyntaxError(refusal.message, refusal.cursor)
  })
}

function answerOf(parser: LoadedParser, question: Question, sql: string): string {
  try {
    return parser.ask(question, sql)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    const { message, cursor } = error
    return REFUSED + JSON.stringify({ message, cursor })
  }
}
