import type { Origin, Part, PartPlace as AnyPlace } from '../../../catalog/change.ts'
import { clip, LONGEST_NAME } from '../../../catalog/clip.ts'
import { lastTokenOf } from './extent.ts'
import type { Parser } from './parser.ts'
import { positionsOf } from './positions.ts'

/** A place that has to be looked for. */
type PartPlace = Exclude<AnyPlace, { readonly end: number }>

/** A stretch of the file, in UTF-16 units. */
interface Stretch {
  readonly start: number
  readonly end: number
}

/**
 * Where a change, or the part of it that is to blame, stands in its file. Only findings ask, so the
 * text is read token by token here and not while migrations are replayed.
 */
export function locate(parser: Parser, origin: Origin, part: Part | undefined): Stretch {
  const { text, offset } = origin.source
  const positions = positionsOf(text)
  const inFile = (start: number, end: number): Stretch => ({
    start: offset + positions.fromBytes(start),
    end: offset + positions.fromBytes(end),
  })
  const place = part && origin.parts[part]
  if (part === undefined || place === undefined) return inFile(origin.start, origin.end)
  if ('end' in place) return { start: place.start, end: place.end }
  const token = findToken(parser, origin, place, part)
  return token ? inFile(token.start, token.end) : inFile(origin.start, origin.end)
}

function findToken(
  parser: Parser,
  origin: Origin,
  place: PartPlace,
  part: Part,
): Stretch | undefined {
  const bytes = Buffer.from(origin.source.text, 'utf8')
  let tokens: readonly Stretch[]
  try {
    const from = 'at' in place ? place.at : place.from
    tokens = tokensOf(parser, bytes.toString('utf8', origin.start, origin.end), from - origin.start)
  } catch {
    return 'at' in place ? { start: place.at, end: Math.min(place.at + 1, origin.end) } : undefined
  }
  const own = tokens.map((token) => ({
    start: token.start + origin.start,
    end: token.end + origin.start,
  }))
  const texts = own.map((token) => bytes.toString('utf8', token.start, token.end))
  const first = firstToken(own, texts, place)
  const start = own[first]
  if (start === undefined) return undefined
  const last = 'at' in place ? lastTokenOf(texts, first, part) : first
  return { start: start.start, end: own[last]?.end ?? start.end }
}

/** The number of the token a part begins with; -1 if there is none. */
function firstToken(
  tokens: readonly Stretch[],
  texts: readonly string[],
  place: PartPlace,
): number {
  if ('at' in place) return tokens.findIndex((token) => token.start >= place.at)
  const from = tokens.findIndex((token) => token.start >= place.from)
  const after = place.action === undefined ? from - 1 : lastTokenOf(texts, from, 'table')
  const matches = [...texts.keys()].filter(
    (position) => position > after && identifier(texts[position] ?? '') === place.word,
  )
  if (place.last) return matches.at(-1) ?? -1
  if (place.action === undefined) return matches[0] ?? -1
  const introduced = matches.filter((position) => INTRODUCTION.test(texts[position - 1] ?? ''))
  return introduced[place.action] ?? introduced[0] ?? matches[0] ?? -1
}

/** Words in front of what an action is about. */
const INTRODUCTION = /^(?:column|constraint|exists|alter|add|drop|rename|validate)$/i

/** Without strings, comments and dollar quotes a token is what it looks like. */
const SPECIAL = /['$\\\x80-\uffff]|--|\/\*/
const PLAIN_TOKEN = /"(?:[^"]|"")*"|\w+|\S/g

/** The tokens from a place on, as PostgreSQL's lexer finds them; it is asked where it takes one. */
function tokensOf(parser: Parser, text: string, from: number): readonly Stretch[] {
  if (SPECIAL.test(text)) return parser.scan(text)
  const tokens: Stretch[] = []
  // Places are beginnings of tokens, so that nothing before one has to be read.
  PLAIN_TOKEN.lastIndex = Math.max(0, from)
  for (let match = PLAIN_TOKEN.exec(text); match !== null; match = PLAIN_TOKEN.exec(text)) {
    tokens.push({ start: match.index, end: PLAIN_TOKEN.lastIndex })
  }
  return tokens
}

/** The name a token stands for: folded or unquoted, and cut where the server cuts it. */
function identifier(text: string): string {
  const name = text.startsWith('"')
    ? text.slice(1, -1).replaceAll('""', '"')
    : text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
  return clip(name, LONGEST_NAME)
}
