import type { Source } from '../breakpoints.ts'
import { Cursor } from '../ddl/cursor.ts'
import { type Comment, type Token, tokenize } from '../ddl/lexer.ts'
import { Refusal } from '../ddl/refusal.ts'
import { SQLITE_LEXIS } from './lexis.ts'
import { SQLITE_NAMES } from './reserved.ts'
import { readStatement } from './statements/readStatement.ts'
import type { Statement } from './statements/statement.ts'

/** Text that SQLite would refuse; places are UTF-16 offsets in the file. */
export interface Refused {
  readonly kind: 'refused'
  readonly reason: string
  /** The token that does not fit. */
  readonly at: { readonly start: number; readonly end: number }
  readonly start: number
  readonly end: number
}

export interface ReadChunk {
  readonly statements: readonly (Statement | Refused)[]
  readonly comments: readonly Comment[]
}

/** Reads one chunk between two breakpoints, statement by statement: a mistake hides no other. */
export function readChunk(source: Source): ReadChunk {
  let read
  try {
    read = tokenize(source, SQLITE_LEXIS)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const text = source.text
    const start = source.offset + (text.length - text.trimStart().length)
    const end = source.offset + text.trimEnd().length
    return { statements: [refused(error, start, end)], comments: [] }
  }
  const { tokens, comments } = read
  const statements = statementsIn(tokens).map(({ from, until }): Statement | Refused => {
    try {
      return readStatement(new Cursor(tokens, SQLITE_NAMES, from, until))
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

/** Where statements start and end, by their tokens; a trigger's body holds semicolons of its own. */
function statementsIn(tokens: readonly Token[]): readonly { from: number; until: number }[] {
  const found: { from: number; until: number }[] = []
  let from = 0
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]
    const ends = token?.kind === 'end' || (token?.kind === 'symbol' && token.text === ';')
    if (!ends) continue
    if (token.kind !== 'end' && isInTrigger(tokens, from, at)) continue
    if (at > from) found.push({ from, until: at })
    from = at + 1
  }
  return found
}

/** As `sqlite3_complete` has it: a trigger ends with `; END`. */
function isInTrigger(tokens: readonly Token[], from: number, at: number): boolean {
  const word = (position: number) => {
    const token = tokens[position]
    return token?.kind === 'word' ? token.value : ''
  }
  let head = from
  if (word(head) === 'EXPLAIN') head += word(head + 1) === 'QUERY' ? 3 : 1
  if (word(head) !== 'CREATE') return false
  const isTemporary = /^TEMP(?:ORARY)?$/.test(word(head + 1))
  if (word(head + (isTemporary ? 2 : 1)) !== 'TRIGGER') return false
  const before = tokens[at - 2]
  return !(word(at - 1) === 'END' && before?.kind === 'symbol' && before.text === ';')
}
