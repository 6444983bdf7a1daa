import type { Source } from '../../../catalog/change.ts'
import type { Parser, Token } from './parser.ts'
import { positionsOf } from './positions.ts'

/** A comment that silences rules for the statement after it. Offsets are UTF-16, in the file. */
export interface Directive {
  readonly rules: readonly string[]
  /** What stands behind the second `--`; empty if nothing does. */
  readonly reason: string
  readonly start: number
  readonly end: number
}

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

/** A comment as it stands in the file; offsets are UTF-16. */
export interface Comment {
  /** With its dashes, or slashes and asterisks. */
  readonly text: string
  readonly start: number
  readonly end: number
}

/** The comments that PostgreSQL's own lexer finds in a chunk; none where it refuses the text. */
export function readComments(parser: Parser, { text, offset }: Source): readonly Comment[] {
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
