import type { Source } from '../breakpoints.ts'
import { Refusal } from './refusal.ts'

export type TokenKind =
  'word' | 'name' | 'string' | 'number' | 'blob' | 'parameter' | 'symbol' | 'end'

/** A token with its place in the file. */
export interface Token {
  readonly kind: TokenKind
  readonly start: number
  readonly end: number
  /** As it is written. */
  readonly text: string
  /** A word in capitals, a name or string without its quotes; else the text. */
  readonly value: string
}

/** A comment as it stands in the file. */
export interface Comment {
  readonly text: string
  readonly start: number
  readonly end: number
}

export interface Tokens {
  /** Ends with a token of kind `end`. */
  readonly tokens: readonly Token[]
  readonly comments: readonly Comment[]
}

/** How a dialect's tokens are spelled. */
export interface Lexis {
  /** Sticky, with one group per kind: `space`, `comment`, and those of `TokenKind`. */
  readonly pattern: RegExp
  /** What a quoted name or string stands for. */
  unquote(text: string): string
}

/**
 * Takes text apart into tokens.
 *
 * @throws {Refusal} at the first character that begins no token
 */
export function tokenize({ text, offset }: Source, { pattern, unquote }: Lexis): Tokens {
  const tokens: Token[] = []
  const comments: Comment[] = []
  const sticky = new RegExp(pattern.source, pattern.flags)
  let at = 0
  while (at < text.length) {
    sticky.lastIndex = at
    const match = sticky.exec(text)
    const start = offset + at
    if (match === null) {
      const character = String.fromCodePoint(text.codePointAt(at) ?? 0)
      const end = start + character.length
      throw new Refusal(`unrecognized token: "${shortened(text.slice(at))}"`, { start, end })
    }
    const [written] = match
    const groups = match.groups ?? {}
    at += written.length
    const end = offset + at
    if (groups.space !== undefined) continue
    if (groups.comment !== undefined) {
      comments.push({ text: written, start, end })
      continue
    }
    const kind = KINDS.find((candidate) => groups[candidate] !== undefined) ?? 'symbol'
    tokens.push({ kind, start, end, text: written, value: valueOf(kind, written, unquote) })
  }
  const end = offset + text.length
  tokens.push({ kind: 'end', start: end, end, text: '', value: '' })
  return { tokens, comments }
}

const KINDS = ['word', 'symbol', 'name', 'string', 'number', 'blob', 'parameter'] as const

function valueOf(kind: TokenKind, written: string, unquote: (text: string) => string): string {
  if (kind === 'word') return capitals(written)
  return kind === 'name' || kind === 'string' ? unquote(written) : written
}

/** Keywords and names are compared in ASCII capitals, as SQLite and MySQL do. */
export function capitals(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase())
}

function shortened(text: string): string {
  const [first = ''] = /^\S{1,20}/.exec(text) ?? []
  return first
}
