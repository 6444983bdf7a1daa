import type { Directive, SqlComment } from './dialect.ts'

const MARK = 'migration-lint-disable'
const FORM = /^(?:--|\/\*)\s*migration-lint-disable-next-statement\b(.*?)(?:\*\/)?$/s

/**
 * The directives in a migration: `-- migration-lint-disable-next-statement rule, rule -- reason`.
 *
 * @param comments - the comments of a text, as the dialect's own lexer finds them
 */
export function readDirectives(
  text: string,
  comments: (text: string) => readonly SqlComment[],
): readonly Directive[] {
  return text.includes(MARK) ? comments(text).flatMap(directiveIn) : []
}

function directiveIn({ text, start, end }: SqlComment): readonly Directive[] {
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
}
