import type { Part } from '../../../catalog/change.ts'

/** Words that go on a type's name: `double precision`, `timestamp (3) with time zone`. */
const TYPE_WORDS = new Set(
  'precision character char varying with without time zone year month day hour minute second to'.split(
    ' ',
  ),
)

/** Words that belong together. */
const PHRASES = new Set(['not null', 'foreign key', 'primary key'])

/**
 * How far a part goes that begins with a token: a name with its schema, a type with its modifiers, a
 * default with its value are several.
 *
 * @param texts - of all tokens of the statement
 * @returns the number of its last token
 */
export function lastTokenOf(
  texts: readonly string[],
  first: number,
  part: Part | undefined,
): number {
  const word = (position: number) => (texts[position] ?? '').toLowerCase()
  if (PHRASES.has(`${word(first)} ${word(first + 1)}`)) return first + 1
  if (part === 'default' && word(first) === 'default') return valueEnd(texts, first + 1)
  if (part === 'default') return valueEnd(texts, first)
  const end = nameEnd(texts, first)
  if (part === 'references') return parenthesesEnd(texts, end)
  if (part !== 'type') return end
  const words = (from: number) => {
    let last = from
    while (TYPE_WORDS.has(word(last + 1))) last++
    return last
  }
  let last = words(parenthesesEnd(texts, words(end)))
  while (texts[last + 1] === '[') last = texts.indexOf(']', last)
  return last
}

function nameEnd(texts: readonly string[], first: number): number {
  let last = first
  while (texts[last + 1] === '.' && last + 2 < texts.length) last += 2
  return last
}

function valueEnd(texts: readonly string[], first: number): number {
  const isSigned = texts[first] === '-' || texts[first] === '+'
  return parenthesesEnd(texts, nameEnd(texts, isSigned ? first + 1 : first))
}

/** The end of the parentheses right behind a token; the token itself if there are none. */
function parenthesesEnd(texts: readonly string[], before: number): number {
  if (texts[before + 1] !== '(') return before
  let depth = 0
  for (let position = before + 1; position < texts.length; position++) {
    if (texts[position] === '(') depth++
    if (texts[position] === ')') depth--
    if (depth === 0) return position
  }
  return before
}
