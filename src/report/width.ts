import { isUnprintable } from './printable.ts'

/** One user-perceived character, as a terminal shows it. */
export interface Cell {
  readonly text: string
  /** Columns it takes up. */
  readonly width: number
  /** Where it stands in the text it was taken from. */
  readonly offset: number
}

const TAB = '    '
const EMOJI = /\p{Emoji_Presentation}|\uFE0F/u
// Unicode Standard Annex #11, East Asian Width: the blocks that are wide or full-width.
const WIDE_LOW = /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7A3]/
const WIDE_HIGH = /[\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}]/u
const INVISIBLE = /^[\p{Mark}\p{Format}]+$/u

/**
 * Splits a line into what a terminal shows: tabs become spaces, control characters and those that
 * reorder a visible
 * stand-in (a file under check must not steer the terminal), combined characters stay together.
 */
export function cells(line: string): Cell[] {
  return split(line).map(({ segment, index }) => {
    if (segment === '\t') return { text: TAB, width: TAB.length, offset: index }
    if (isUnprintable(segment)) return { text: '·', width: 1, offset: index }
    return { text: segment, width: widthOf(segment), offset: index }
  })
}

/** Columns a text takes up in a terminal. */
export function displayWidth(text: string): number {
  return cells(text).reduce((sum, { width }) => sum + width, 0)
}

function split(line: string): { segment: string; index: number }[] {
  if (isAscii(line)) return Array.from(line, (segment, index) => ({ segment, index }))
  return [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(line)]
}

function isAscii(line: string): boolean {
  // eslint-disable-next-line no-control-regex
  return /^[\x00-\x7F]*$/.test(line)
}

function widthOf(grapheme: string): number {
  if (INVISIBLE.test(grapheme)) return 0
  return [EMOJI, WIDE_LOW, WIDE_HIGH].some((wide) => wide.test(grapheme)) ? 2 : 1
}
