import type { Exclusion } from '../dialects/effects.ts'
import type { TableWork, Timeline, TimelineTable } from '../dialects/timeline.ts'
import type { Paint, Style } from './paint.ts'
import { printable } from './printable.ts'
import { cells, displayWidth } from './width.ts'

/** Rows and statements beyond these are counted, not shown: a picture is read in ten seconds. */
const MOST_ROWS = 20
const MOST_STATEMENTS = 24

/** Columns where the output is no terminal. */
const PAGE = 100
const WIDEST_NAME = 28
/** The words to the right of a row need this many columns. */
const WORDS = 34

type Tone = Extract<Style, string>

const LOOKS: Readonly<Record<Exclusion, { readonly glyph: string; readonly style: Tone }>> = {
  readers: { glyph: '█', style: 'red' },
  writers: { glyph: '▒', style: 'yellow' },
  'schema changes': { glyph: '·', style: 'dim' },
}

const WORK = {
  rewrite: { letter: 'R', word: 'rewritten' },
  build: { letter: 'B', word: 'an index is built' },
  scan: { letter: 'S', word: 'full scan' },
} as const satisfies Record<TableWork['kind'], object>

/** Whom a lock makes wait, in words. */
export const KEPT_OUT: Readonly<Record<Exclusion, string>> = {
  readers: 'nobody reads or writes',
  writers: 'nobody writes',
  'schema changes': 'no schema change',
}

/**
 * A deployment as a picture of characters: one row per table, one column per statement, what is locked
 * for whom from where to where. Tables that only other schema changes would wait for are counted.
 *
 * @param width - columns of the terminal; null: not a terminal
 */
export function timelineLines(timeline: Timeline, width: number | null, paint: Paint): string[] {
  const { statements } = timeline
  const shown = timeline.tables.filter(isOfInterest)
  const rows = shown.slice(0, MOST_ROWS)
  const whole = Math.max(40, width ?? PAGE)
  if (statements.length === 0) return []
  const nameWidth = Math.min(
    WIDEST_NAME,
    Math.max(5, ...rows.map(({ name }) => displayWidth(printable(name)))),
  )
  const room = whole - nameWidth - 4
  const { step, cell } = scale(statements.length, room >= WORDS * 2 ? room - WORDS : room)
  const columns = Math.ceil(statements.length / step)
  const picture = columns * cell
  const words = room - picture - 2
  const failed = statements.flatMap(({ error }, at) => (error === null ? [] : [at]))
  const lines = [title(timeline)]
  if (rows.length > 0)
    lines.push(`  ${' '.repeat(nameWidth)}  ${ruler(columns, step, cell, failed)}`)
  for (const row of rows) {
    const drawn = draw(row, columns, step, cell, paint)
    const said =
      words >= WORDS ? `  ${paint('dim', fit(inWords(row, statements.length), words))}` : ''
    lines.push(`  ${padded(printable(row.name), nameWidth)}  ${drawn}${said}`.trimEnd())
  }
  lines.push(...legend(rows, failed.length > 0, whole))
  const rest = timeline.tables.length - rows.length
  if (rest > 0)
    lines.push(`  ${rest} more ${rest === 1 ? 'table' : 'tables'}, ${fewer(shown, rows)}`)
  return [...lines, ...statementLines(timeline, rows, whole, paint)]
}

/** Whether anybody but another migration would notice. */
function isOfInterest({ locks, work }: TimelineTable): boolean {
  return work.length > 0 || locks.some(({ keepsOut }) => keepsOut !== 'schema changes')
}

function fewer(shown: readonly TimelineTable[], rows: readonly TimelineTable[]): string {
  return shown.length > rows.length
    ? 'not shown here'
    : 'where only other schema changes would have to wait'
}

function title({ statements, source, project }: Timeline): string {
  const transactions = new Set(statements.map(({ transaction }) => transaction)).size
  const count = `${statements.length} ${statements.length === 1 ? 'statement' : 'statements'}`
  const span =
    transactions === 1
      ? 'one transaction'
      : transactions === statements.length
        ? 'each a transaction of its own'
        : `${transactions} transactions`
  return printable(`${project}: ${count}, ${span} (${source})`)
}

/** How many statements a column stands for, and how wide it is. */
function scale(count: number, room: number): { readonly step: number; readonly cell: number } {
  const cell = [5, 4, 3, 2, 1].find((wide) => count * wide <= room) ?? 1
  return { step: Math.max(1, Math.ceil((count * cell) / Math.max(room, 1))), cell }
}

/** The numbers of statements, as many as there is room for, with a cross where they fail. */
function ruler(columns: number, step: number, cell: number, failed: readonly number[]): string {
  let line = ''
  for (let column = 0; column < columns; column++) {
    const at = column * cell
    const fails = failed.some((one) => Math.floor(one / step) === column)
    const label = `${column * step + 1}${fails ? '✗' : ''}`
    if (line.length <= at && at + label.length <= columns * cell)
      line = line.padEnd(at) + `${label} `
  }
  return line.trimEnd()
}

function draw(
  { locks, work }: TimelineTable,
  columns: number,
  step: number,
  cell: number,
  paint: Paint,
): string {
  const within = (column: number, from: number, to: number) =>
    from < (column + 1) * step && to >= column * step
  let line = ''
  for (let column = 0; column < columns; column++) {
    const held = locks.filter(({ from, to }) => within(column, from, to))
    const strongest = (['readers', 'writers', 'schema changes'] as const).find((whom) =>
      held.some(({ keepsOut }) => keepsOut === whom),
    )
    const { glyph, style } = strongest ? LOOKS[strongest] : { glyph: ' ', style: 'dim' as const }
    const done = (['rewrite', 'build', 'scan'] as const).find((kind) =>
      work.some((one) => one.kind === kind && within(column, one.statement, one.statement)),
    )
    const mark = done ? WORK[done].letter : glyph
    line += paint(mark === glyph ? style : ['bold', style], mark)
    line += paint(style, glyph.repeat(cell - 1))
  }
  return line
}

function inWords({ locks, work }: TimelineTable, count: number): string {
  const worst = (['readers', 'writers'] as const).find((whom) =>
    locks.some(({ keepsOut }) => keepsOut === whom),
  )
  const parts = []
  if (worst) {
    const spans = locks.filter(({ keepsOut }) => keepsOut === worst)
    const from = spans[0]!.from + 1
    const to = spans.at(-1)!.to + 1
    const until = to === count ? 'to the end' : from === to ? '' : `to ${to}`
    parts.push(
      `${KEPT_OUT[worst]}, ${from === count ? '' : 'from '}${from} ${from === count ? '' : until}`.trim(),
    )
  }
  for (const kind of ['rewrite', 'build', 'scan'] as const) {
    if (work.some((one) => one.kind === kind)) parts.push(WORK[kind].word)
  }
  return parts.join('; ')
}

function legend(rows: readonly TimelineTable[], hasFailed: boolean, whole: number): string[] {
  const parts = (Object.keys(LOOKS) as Exclusion[])
    .filter((whom) => rows.some(({ locks }) => locks.some(({ keepsOut }) => keepsOut === whom)))
    .map((whom) => `${LOOKS[whom].glyph} ${KEPT_OUT[whom]}`)
  for (const kind of ['rewrite', 'build', 'scan'] as const) {
    if (rows.some(({ work }) => work.some((one) => one.kind === kind))) {
      parts.push(`${WORK[kind].letter} ${WORK[kind].word}`)
    }
  }
  if (hasFailed) parts.push('✗ fails')
  const lines: string[] = []
  for (const part of parts) {
    const last = lines.at(-1)
    const longer = `${last}   ${part}`
    if (last !== undefined && displayWidth(longer) <= whole) lines[lines.length - 1] = longer
    else lines.push(`  ${part}`)
  }
  return lines
}

/** The statements that the picture is about, by number. */
function statementLines(
  { statements }: Timeline,
  rows: readonly TimelineTable[],
  whole: number,
  paint: Paint,
): string[] {
  const told = new Set<number>()
  for (const { locks, work } of rows) {
    for (const { from, keepsOut } of locks) if (keepsOut !== 'schema changes') told.add(from)
    for (const { statement } of work) told.add(statement)
  }
  statements.forEach(({ error }, at) => error && told.add(at))
  const numbers = [...told].sort((a, b) => a - b)
  const wide = String(statements.length).length
  const lines = numbers.slice(0, MOST_STATEMENTS).map((at) => {
    const { sql, migration, error } = statements[at]!
    const number = String(at + 1).padStart(wide)
    const head = `  ${number}  ${printable(migration)}  `
    const text = fit(
      printable(sql.replace(/\s+/g, ' ').trim()),
      Math.max(20, whole - displayWidth(head)),
    )
    return error ? paint('red', `${head}${text}`) : `${head}${text}`
  })
  const more = numbers.length - lines.length
  return more > 0 ? [...lines, `  and ${more} more`] : lines
}

function padded(text: string, width: number): string {
  const short = fit(text, width)
  return short + ' '.repeat(Math.max(0, width - displayWidth(short)))
}

/** A text cut to so many columns, with an ellipsis where something is missing. */
function fit(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  let used = 0
  let short = ''
  for (const cell of cells(text)) {
    if (used + cell.width > width - 1) break
    used += cell.width
    short += cell.text
  }
  return `${short}…`
}
