import type { Source } from '../../catalog/change.ts'
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
  const positions = positionsOf(source.text)
  return comments(parser, source.text).flatMap((comment) => {
    const start = positions.fromBytes(comment.start)
    const end = positions.fromBytes(comment.end)
    const match = FORM.exec(source.text.slice(start, end).trim())
    if (match === null) return []
    const [, names = '', reason = ''] = /^(.*?)(?:\s--(.*))?$/s.exec(match[1] ?? '') ?? []
    return [
      {
        rules: names.split(/[\s,]+/).filter((name) => name !== ''),
        reason: reason.trim(),
        start: source.offset + start,
        end: source.offset + end,
      },
    ]
  })
}

function comments(parser: Parser, text: string): readonly Token[] {
  try {
    return parser
      .scan(text)
      .filter((token) => token.tokenName === 'SQL_COMMENT' || token.tokenName === 'C_COMMENT')
  } catch {
    return []
  }
}
