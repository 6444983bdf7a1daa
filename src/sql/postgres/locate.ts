import type { Origin, Part, PartPlace } from '../../catalog/change.ts'
import type { Parser, Token } from './parser.ts'
import { positionsOf } from './positions.ts'

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
  if (place === undefined) return inFile(origin.start, origin.end)
  const token = findToken(parser, origin, place)
  return token ? inFile(token.start, token.end) : inFile(origin.start, origin.end)
}

function findToken(parser: Parser, origin: Origin, place: PartPlace): Stretch | undefined {
  const bytes = Buffer.from(origin.source.text, 'utf8')
  let tokens: readonly Token[]
  try {
    tokens = parser.scan(bytes.toString('utf8', origin.start, origin.end))
  } catch {
    return 'at' in place ? { start: place.at, end: Math.min(place.at + 1, origin.end) } : undefined
  }
  const own = tokens.map((token) => ({
    start: token.start + origin.start,
    end: token.end + origin.start,
  }))
  const textOf = (token: Stretch) => bytes.toString('utf8', token.start, token.end)
  if ('at' in place) {
    const first = own.findIndex((token) => token.start >= place.at)
    return first < 0 ? undefined : wholeName(own, first, textOf)
  }
  const wanted = place.word.toLowerCase()
  const matches = own.filter(
    (token) => token.start >= place.from && identifier(textOf(token)).toLowerCase() === wanted,
  )
  return place.last ? matches.at(-1) : matches[0]
}

/** A name with its schema, a type with its modifiers and NOT NULL are several tokens. */
function wholeName(
  tokens: readonly Stretch[],
  first: number,
  textOf: (token: Stretch) => string,
): Stretch | undefined {
  const start = tokens[first]
  if (start === undefined) return undefined
  let last = first
  while (textOf(tokens[last + 1] ?? start) === '.' && tokens[last + 1] && tokens[last + 2]) last += 2
  if (/^not$/i.test(textOf(start)) && /^null$/i.test(textOf(tokens[first + 1] ?? start))) last++
  if (/^[\w"]/.test(textOf(start)) && textOf(tokens[last + 1] ?? start) === '(' && isShort(tokens, last)) {
    const close = tokens.findIndex((token, index) => index > last && textOf(token) === ')')
    if (close > 0 && close - last <= 4) last = close
  }
  return { start: start.start, end: tokens[last]?.end ?? start.end }
}

function isShort(tokens: readonly Stretch[], index: number): boolean {
  return tokens[index + 1]?.start === tokens[index]?.end
}

/** The name a token stands for: without quotes, and cut where the server cuts it (NAMEDATALEN). */
function identifier(text: string): string {
  const name = text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text
  const bytes = Buffer.from(name, 'utf8')
  if (bytes.length <= 63) return name
  let end = 63
  // Never in the middle of a character: continuation bytes start with the bits 10.
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end--
  return bytes.toString('utf8', 0, end)
}
