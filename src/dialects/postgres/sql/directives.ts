import type { Source } from '../../breakpoints.ts'
import type { Directive, SqlComment } from '../../dialect.ts'
import type { Parser, Token } from './parser.ts'
import { positionsOf } from './positions.ts'

const MARK = 'migration-lint-disable'
const FORM = /^(?:--|\/\*)\s*migration-lint-disable-next-statement\b(.*?)(?:\*\/)?$/s

/**
 * The directives in a migration: `-- migration-lint-disable-next-statement rule, rule -- reason`.
 * Only comments count, as PostgreSQL's own lexer finds them.
 */
export function readDirectives(parser: Parser, sources: readonly Source[]): readonly Directive[] {
  return sources.flatMap((source) => (source.text.includes(MARK) ? inSource(parser, source) : []))
}

function inSource(parser: Parser, source: Source): Directive[] {
  return readComments(parser, source).flatMap(({ text, start, end }) => {
    const match = FORM.exec(text.trim())
    if (match === null) return []
    const [, names = '', reason = ''] = /^(.*?)(?:\s--(.*))?$/s.exec(match[1] ?? '') ?? []
    return [
      {
        rules: names.split(/[\s,]+/).filter((name) => name !== ''),
        reason: reason.trim(),
        start,
        end,
      },
    ]
  })
}

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
