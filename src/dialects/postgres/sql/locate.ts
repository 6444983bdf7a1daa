import type { NewerSyntax, Origin, Part, Stretch } from '../../../catalog/change.ts'
import { clip, LONGEST_NAME } from '../../../catalog/clip.ts'
import { lastTokenOf } from './extent.ts'
import type { Parser } from './parser.ts'
import type { PartPlace, Places } from './places.ts'
import { type Positions, bytesOf, positionsOf } from './positions.ts'

/** A chunk of a migration whose statements are replayed. */
export interface Chunk {
  readonly text: string
  /** Where it stands in the file. */
  readonly range: Stretch
}

/** Where the parser says a statement stands, in UTF-8 bytes of its chunk. */
interface Bytes {
  readonly start: number
  readonly end: number
}

/**
 * Where a change comes from, read from the parser's bytes. Where a part of it stands only findings
 * ask, so the text is read token by token then and not while migrations are replayed.
 */
export class SqlOrigin implements Origin {
  readonly migration: string
  readonly file: string
  readonly statement: number
  readonly guarded: boolean
  readonly needs: NewerSyntax | null
  readonly chunk: Stretch
  readonly start: number
  readonly end: number
  readonly #parser: Parser
  readonly #text: string
  readonly #bytes: Bytes
  readonly #places: Places

  constructor(
    parser: Parser,
    at: Pick<Origin, 'migration' | 'file' | 'statement' | 'guarded' | 'needs'>,
    { text, range }: Chunk,
    bytes: Bytes,
    places: Places,
  ) {
    this.migration = at.migration
    this.file = at.file
    this.statement = at.statement
    this.guarded = at.guarded
    this.needs = at.needs ?? null
    this.chunk = range
    this.#parser = parser
    this.#text = text
    this.#bytes = bytes
    this.#places = places
    const { start, end } = inFile(positionsOf(text), range, bytes)
    this.start = start
    this.end = end
  }

  placeOf(part: Part): Stretch | null {
    const place = this.#places[part]
    const token = place && findToken(this.#parser, this.#text, this.#bytes, place, part)
    return token ? inFile(positionsOf(this.#text), this.chunk, token) : null
  }
}

function inFile(positions: Positions, chunk: Stretch, { start, end }: Bytes): Stretch {
  return {
    start: chunk.start + positions.fromBytes(start),
    end: chunk.start + positions.fromBytes(end),
  }
}

function findToken(
  parser: Parser,
  text: string,
  origin: Bytes,
  place: PartPlace,
  part: Part,
): Bytes | undefined {
  const bytes = bytesOf(text)
  let tokens: readonly Bytes[]
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
function firstToken(tokens: readonly Bytes[], texts: readonly string[], place: PartPlace): number {
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
function tokensOf(parser: Parser, text: string, from: number): readonly Bytes[] {
  if (SPECIAL.test(text)) return parser.scan(text)
  const tokens: Bytes[] = []
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
