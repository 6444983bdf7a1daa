import type { Source } from '../../breakpoints.ts'
import type { SqlComment } from '../../dialect.ts'
import type { Parser, Token } from './parser.ts'
import { positionsOf } from './positions.ts'

/** The comments that PostgreSQL's own lexer finds in a chunk; none where it refuses the text. */
export function readComments(parser: Parser, { text, offset }: Source): readonly SqlComment[] {
  const positions = positionsOf(text)
  return tokensOf(parser, text)
    .filter(({ tokenName }) => tokenName === 'SQL_COMMENT' || tokenName === 'C_COMMENT')
    .map((token) => {
      const start = positions.fromBytes(token.start)
      const end = positions.fromBytes(token.end)
      return { text: text.slice(start, end), start: offset + start, end: offset + end }
    })
}

function tokensOf(parser: Parser, text: string): readonly Token[] {
  try {
    return parser.scan(text)
  } catch {
    return []
  }
}
