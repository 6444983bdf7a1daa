import type { Source } from '../breakpoints.ts'
import { Cursor, type NameRules } from './cursor.ts'
import { type Comment, type Lexis, type Token, tokenize } from './lexer.ts'
import { Refusal } from './refusal.ts'
import type { Stretch } from './syntax.ts'

/** A statement as a dialect reads it. */
export type Read = Stretch & { readonly kind: string }

/** Text that the server would refuse; places are UTF-16 offsets in the file. */
export interface Refused extends Stretch {
  readonly kind: 'refused'
  readonly reason: string
  /** The token that does not fit. */
  readonly at: Stretch
}

export interface ReadChunk<S extends Read> {
  readonly statements: readonly (S | Refused)[]
  readonly comments: readonly Comment[]
}

/** How a dialect takes the text between two breakpoints apart. */
export interface Script<S extends Read> {
  readonly lexis: Lexis
  readonly names: NameRules
  /** @throws {Refusal} where the dialect's grammar does not go on */
  statement(cursor: Cursor): S
  /**
   * Whether a semicolon stands in the body of a program (trigger, procedure) and ends no statement.
   *
   * @param from - the number of the statement's first token
   * @param at - the number of the semicolon
   */
  isInBody(tokens: readonly Token[], from: number, at: number): boolean
}

/** Reads one chunk between two breakpoints, statement by statement: a mistake hides no other. */
export function readChunk<S extends Read>(source: Source, script: Script<S>): ReadChunk<S> {
  let read
  try {
    read = tokenize(source, script.lexis)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const text = source.text
    const start = source.offset + (text.length - text.trimStart().length)
    const end = source.offset + text.trimEnd().length
    return { statements: [refused(error, start, end)], comments: [] }
  }
  const { tokens, comments } = read
  const statements = statementsIn(tokens, script).map(({ from, until }): S | Refused => {
    try {
      return script.statement(new Cursor(tokens, script.names, from, until))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const start = tokens[from]?.start ?? 0
      return refused(error, start, tokens[until - 1]?.end ?? start)
    }
  })
  return { statements, comments }
}

function refused(error: Refusal, start: number, end: number): Refused {
  const at = { start: error.start, end: error.end }
  return { kind: 'refused', reason: error.message, at, start, end }
}

/** Where statements start and end, by their tokens. */
function statementsIn<S extends Read>(
  tokens: readonly Token[],
  { isInBody }: Script<S>,
): readonly { readonly from: number; readonly until: number }[] {
  const found: { from: number; until: number }[] = []
  let from = 0
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]
    const ends = token?.kind === 'end' || (token?.kind === 'symbol' && token.text === ';')
    if (!ends) continue
    if (token.kind !== 'end' && isInBody(tokens, from, at)) continue
    if (at > from) found.push({ from, until: at })
    from = at + 1
  }
  return found
}

/** Whether a statement was read. */
export function isRead<S extends Read>(statement: S | Refused): statement is S {
  return statement.kind !== 'refused'
}
