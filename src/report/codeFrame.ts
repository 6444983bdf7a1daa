import type { Range } from '../finding/finding.ts'
import type { Paint } from './paint.ts'
import type { Lines } from './position.ts'
import { cells, type Cell } from './width.ts'

/** Lines of a range that are shown before the rest is only counted. */
const MOST_LINES = 4
/** Lines shown around the range, as far as they belong to the same statement. */
const BEFORE = 2
const AFTER = 1

/**
 * The lines a finding is about, numbered, with the part to blame underlined.
 *
 * @param text - the file
 * @param lines - its lines
 * @param range - the part to blame
 * @param width - columns there are for a line of code
 */
export function codeFrame(
  text: string,
  lines: Lines,
  range: Range,
  width: number,
  paint: Paint,
): string[] {
  const first = lines.position(range.start).line
  const last = Math.max(first, lines.position(Math.max(range.start, range.end - 1)).line)
  const shown = last - first < MOST_LINES ? last : first + MOST_LINES - 2
  const from = before(text, lines, first)
  const to = shown === last ? after(text, lines, last) : shown
  const gutter = String(to).length
  const frame: string[] = []
  for (let number = from; number <= to; number++) {
    const blamed = number >= first && number <= last
    const line = lines.range(number)
    // A byte order mark stands before the first line: then the line's start is to blame.
    const start = Math.max(range.start, line.start)
    const underlined = { start, end: Math.min(Math.max(range.end, start + 1), line.end) }
    const cut = cutLine(text, line, number === first ? underlined : null, width)
    const label = `${blamed ? '>' : ' '} ${String(number).padStart(gutter)} |`
    frame.push(`${paint(blamed ? 'red' : 'dim', label)} ${cut.text}`.trimEnd())
    if (number === first) frame.push(underline(gutter, cut, paint))
  }
  if (shown < last) {
    frame.push(paint('dim', `  ${' '.repeat(gutter)} | … ${last - shown} more lines`))
  }
  return frame
}

function underline(gutter: number, cut: CutLine, paint: Paint): string {
  const label = paint('dim', `  ${' '.repeat(gutter)} |`)
  return `${label} ${' '.repeat(cut.before)}${paint('red', '^'.repeat(Math.max(1, cut.under)))}`
}

/** Whether a line ends a statement, so that what follows is another one. */
function endsStatement(line: string): boolean {
  return /;\s*(--.*)?$|statement-breakpoint/.test(line) || line.trim() === ''
}

function before(text: string, lines: Lines, first: number): number {
  let from = first
  while (from > 1 && first - from < BEFORE && !endsStatement(lineText(text, lines, from - 1))) {
    from--
  }
  return from
}

function after(text: string, lines: Lines, last: number): number {
  let to = last
  while (to < lines.count && to - last < AFTER && !endsStatement(lineText(text, lines, to))) to++
  return to > last && lineText(text, lines, to).trim() === '' ? last : to
}

function lineText(text: string, lines: Lines, number: number): string {
  const { start, end } = lines.range(number)
  // The end of a statement shows at the end of a line, however long the line is.
  return text.slice(Math.max(start, end - 200), end)
}

interface CutLine {
  readonly text: string
  /** Columns before the part to underline. */
  readonly before: number
  /** Columns of the part to underline. */
  readonly under: number
}

const CUT = '…'

/** What of a line fits, around the part to underline where there is one. */
function cutLine(text: string, line: Range, blamed: Range | null, width: number): CutLine {
  const focus = blamed ?? { start: line.start, end: line.start }
  // No more than a screenful either side is looked at: a line may be megabytes long.
  const start = wholeCharacter(text, Math.max(line.start, focus.start - width))
  const end = wholeCharacter(text, Math.min(line.end, focus.start + 2 * width))
  const all = cells(text.slice(start, end))
  const isUnder = ({ offset }: Cell) => offset + start >= focus.start && offset + start < focus.end
  const under = sum(all.filter(isUnder))
  const lead = all.findIndex(isUnder)
  const beforeAll = sum(lead === -1 ? all : all.slice(0, lead))
  if (start === line.start && end === line.end && sum(all) <= width) {
    return { text: join(all), before: beforeAll, under }
  }
  const room = width - 2 * CUT.length
  const wantedBefore = Math.floor(Math.max(room - under, room / 3) / 2)
  let skipped = 0
  let index = 0
  while (index < lead && beforeAll - skipped > wantedBefore) skipped += all[index++]!.width
  const kept: Cell[] = []
  let used = 0
  for (; index < all.length && used + all[index]!.width <= room; index++) {
    kept.push(all[index]!)
    used += all[index]!.width
  }
  const cutBefore = start > line.start || skipped > 0
  const cutAfter = end < line.end || index < all.length
  return {
    text: `${cutBefore ? CUT : ''}${join(kept)}${cutAfter ? CUT : ''}`,
    before: (cutBefore ? CUT.length : 0) + beforeAll - skipped,
    under: sum(kept.filter(isUnder)),
  }
}

/** An offset that does not split a surrogate pair. */
function wholeCharacter(text: string, offset: number): number {
  const code = text.charCodeAt(offset)
  return code >= 0xdc00 && code <= 0xdfff ? offset - 1 : offset
}

function sum(some: readonly Cell[]): number {
  return some.reduce((total, { width }) => total + width, 0)
}

function join(some: readonly Cell[]): string {
  return some.map(({ text }) => text).join('')
}
