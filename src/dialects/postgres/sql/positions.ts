/** Turns the parser's offsets into positions in a JavaScript string. */
export interface Positions {
  /** From UTF-8 bytes, as in the tree. */
  fromBytes(offset: number): number
  /** From code points, as in an error. */
  fromCodePoints(offset: number): number
}

const AS_THEY_ARE: Positions = { fromBytes: (offset) => offset, fromCodePoints: (offset) => offset }

// eslint-disable-next-line no-control-regex -- this is the question
const ASCII = /^[\x00-\x7f]*$/

let latest: { readonly text: string; readonly positions: Positions } | undefined

/**
 * The two maps of one text: libpg-query counts UTF-8 bytes in trees and tokens, and code points in
 * errors. Those of the latest text are kept: findings
 * come file by file.
 */
export function positionsOf(text: string): Positions {
  if (latest?.text !== text) latest = { text, positions: measure(text) }
  return latest.positions
}

function measure(text: string): Positions {
  if (ASCII.test(text)) return AS_THEY_ARE
  const byBytes: number[] = []
  const byCodePoints: number[] = []
  let unit = 0
  for (const character of text) {
    byCodePoints.push(unit)
    for (let bytes = utf8Length(character.codePointAt(0) ?? 0); bytes > 0; bytes--)
      byBytes.push(unit)
    unit += character.length
  }
  return {
    fromBytes: (offset) => byBytes[offset] ?? text.length,
    fromCodePoints: (offset) => byCodePoints[offset] ?? text.length,
  }
}

function utf8Length(codePoint: number): number {
  if (codePoint < 0x80) return 1
  if (codePoint < 0x800) return 2
  return codePoint < 0x10000 ? 3 : 4
}

/** How many UTF-8 bytes a text takes before a position. */
export function byteLength(text: string): number {
  return Buffer.byteLength(text, 'utf8')
}
