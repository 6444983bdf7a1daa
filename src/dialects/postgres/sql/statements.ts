import type { Source } from '../../breakpoints.ts'
import type { SqlStatement } from '../../dialect.ts'
import { type Node, type Parser, type RawStmt, SyntaxError, type Token } from './parser.ts'
import { byteLength, positionsOf } from './positions.ts'

/** A statement as the server would run it; offsets are UTF-8 bytes in its source's text. */
export interface ParsedStatement {
  readonly node: Node
  /** What to add to the locations in the tree. */
  readonly base: number
  readonly start: number
  readonly end: number
}

/** A stretch of text the server would refuse. */
export interface RefusedStatement {
  readonly reason: string
  /** Where the parser stopped. */
  readonly at: number
  readonly start: number
  readonly end: number
}

export type ReadStatement = ParsedStatement | RefusedStatement

/**
 * Reads one chunk. Where the parser refuses it, its statements are read one by one, so that one
 * mistake does not hide the others; the server would run none of them.
 *
 * @param source - the chunk between two breakpoints
 */
export function readStatements(parser: Parser, source: Source): readonly ReadStatement[] {
  if (source.text.trim() === '') return []
  try {
    return parseAll(parser, source.text, 0)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    const pieces = splitAtSemicolons(parser, source.text)
    if (pieces.length < 2) return [refused(source.text, 0, error)]
    return pieces.flatMap(({ text, start }): readonly ReadStatement[] => {
      try {
        return parseAll(parser, text, start)
      } catch (inner) {
        if (!(inner instanceof SyntaxError)) throw inner
        return [refused(text, start, inner)]
      }
    })
  }
}

/** The statements of a chunk as they stand in the file. */
export function statementsIn(parser: Parser, source: Source): readonly SqlStatement[] {
  const positions = positionsOf(source.text)
  const at = (bytes: number) => source.offset + positions.fromBytes(bytes)
  return readStatements(parser, source).map((statement) => ({
    command: 'node' in statement ? (Object.keys(statement.node)[0] ?? null) : null,
    start: at(statement.start),
    end: at(statement.end),
  }))
}

function parseAll(parser: Parser, text: string, base: number): ParsedStatement[] {
  // Once for all of them: there may be thousands in a chunk of megabytes.
  const bytes = Buffer.from(text, 'utf8')
  return parser.parse(text).flatMap((statement) => place(statement, bytes, base))
}

function place(statement: RawStmt, bytes: Buffer, base: number): ParsedStatement[] {
  if (statement.stmt === undefined) return []
  const location = statement.stmt_location ?? 0
  const end = trimmedEnd(bytes, statement.stmt_len ? location + statement.stmt_len : bytes.length)
  return [{ node: statement.stmt, base, start: base + skipBlank(bytes, location), end: base + end }]
}

function trimmedEnd(bytes: Buffer, from = bytes.length): number {
  let end = from
  while (end > 0 && (isSpace(bytes[end - 1]) || bytes[end - 1] === 0x3b)) end--
  return end
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || (byte !== undefined && byte >= 0x09 && byte <= 0x0d)
}

/** The first byte from a position on that is neither white space nor in a comment. */
function skipBlank(bytes: Buffer, from: number): number {
  let at = from
  for (;;) {
    while (isSpace(bytes[at])) at++
    if (bytes[at] === 0x2d && bytes[at + 1] === 0x2d) {
      const end = bytes.indexOf(0x0a, at)
      if (end < 0) return at
      at = end
    } else if (bytes[at] === 0x2f && bytes[at + 1] === 0x2a) {
      at = endOfComment(bytes, at)
    } else return at
  }
}

/** Block comments nest ("Lexical Structure", comments). */
function endOfComment(bytes: Buffer, from: number): number {
  let depth = 0
  for (let at = from; at < bytes.length; at++) {
    if (bytes[at] === 0x2f && bytes[at + 1] === 0x2a) {
      depth++
      at++
    } else if (bytes[at] === 0x2a && bytes[at + 1] === 0x2f) {
      depth--
      at++
      if (depth === 0) return at + 1
    }
  }
  return bytes.length
}

function refused(text: string, base: number, error: SyntaxError): RefusedStatement {
  const bytes = Buffer.from(text, 'utf8')
  const unit = positionsOf(text).fromCodePoints(error.cursor)
  return {
    reason: error.message,
    at: base + byteLength(text.slice(0, unit)),
    start: base + skipBlank(bytes, 0),
    end: base + trimmedEnd(bytes),
  }
}

function splitAtSemicolons(
  parser: Parser,
  text: string,
): readonly { readonly text: string; readonly start: number }[] {
  let tokens: readonly Token[]
  try {
    tokens = parser.scan(text)
  } catch {
    return []
  }
  const bytes = Buffer.from(text, 'utf8')
  const pieces: { text: string; start: number }[] = []
  let start = 0
  for (const token of tokens) {
    if (token.tokenName !== 'ASCII_59') continue
    pieces.push({ text: bytes.toString('utf8', start, token.start), start })
    start = token.end
  }
  pieces.push({ text: bytes.toString('utf8', start), start })
  return pieces.filter((piece) => piece.text.trim() !== '')
}
