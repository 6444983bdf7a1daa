import type { Answers } from '../../../cache/answers.ts'
import { type Parser, type RawStmt, SyntaxError, type Token } from './parser.ts'

/** What the parser said: its tree, or what it refused. */
type Answer = { readonly value: unknown } | { readonly message: string; readonly cursor: number }

/**
 * A parser that is asked only what an earlier run has not asked. Loading it and its first statement
 * are a third of a hook's time (bench/README.md).
 *
 * @param load - called for the first text that no answer is known to
 */
export function answeredParser(answers: Answers, load: () => Parser): Parser {
  const ask = (kind: keyof Parser, text: string): unknown => {
    const answer = JSON.parse(
      answers.to(`${kind} ${text}`, () => JSON.stringify(answerOf(load(), kind, text))),
    ) as Answer
    if ('value' in answer) return answer.value
    throw new SyntaxError(answer.message, answer.cursor)
  }
  return {
    parse: (sql) => ask('parse', sql) as readonly RawStmt[],
    scan: (sql) => ask('scan', sql) as readonly Token[],
    parsePlpgsql: (sql) => ask('parsePlpgsql', sql),
  }
}

function answerOf(parser: Parser, kind: keyof Parser, text: string): Answer {
  try {
    return { value: parser[kind](text) }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { message: error.message, cursor: error.cursor }
  }
}
