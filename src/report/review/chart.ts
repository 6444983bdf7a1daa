import type { Exclusion } from '../../dialects/effects.ts'
import type { LockSpan, TableWork, Timeline, TimelineTable } from '../../dialects/timeline.ts'
import { printable } from '../printable.ts'
import { KEPT_OUT } from '../timeline.ts'

/** Rows beyond these are in the table alone: a chart is read in ten seconds. */
const MOST_ROWS = 20
const MOST_TICKS = 20

/** What a lock is held for meanwhile, and so how long it takes. */
export type Duration = 'instant' | TableWork['kind']

/** A lock with its table and what happens under it. */
export interface ChartRow extends LockSpan {
  readonly table: string
  readonly duration: Duration
}

export const DURATIONS: Readonly<Record<Duration, string>> = {
  instant: 'instant',
  scan: 'a scan',
  build: 'an index build',
  rewrite: 'a rewrite',
}

/** The locks that anybody but another migration notices, table by table. */
export function chartRows(timeline: Timeline): readonly ChartRow[] {
  return timeline.tables.flatMap((row) =>
    row.locks
      .filter(({ keepsOut }) => keepsOut !== 'schema changes')
      .map((span) => ({ ...span, table: row.name, duration: durationOf(span, timeline.tables) })),
  )
}

/** The longest work that is done anywhere while a lock is held: the lock lasts as long. */
function durationOf({ from, to }: LockSpan, tables: readonly TimelineTable[]): Duration {
  const kinds = tables.flatMap(({ work }) =>
    work.filter(({ statement }) => from <= statement && statement <= to).map(({ kind }) => kind),
  )
  return (['rewrite', 'build', 'scan'] as const).find((kind) => kinds.includes(kind)) ?? 'instant'
}

/** Colours of a Gantt chart: red, blue, grey. */
const TAGS: Readonly<Record<Exclusion, string>> = {
  readers: 'crit',
  writers: 'active',
  'schema changes': 'done',
}

/**
 * The locks as a Gantt chart of Mermaid (https://mermaid.js.org/syntax/gantt.html): a row for each
 * table, the numbers of the statements as its time.
 *
 * @returns null where there is nothing to draw
 */
export function mermaidChart(timeline: Timeline): string | null {
  const rows = chartRows(timeline)
  const tables = [...new Set(rows.map(({ table }) => table))].slice(0, MOST_ROWS)
  if (tables.length === 0) return null
  const lines = tables.flatMap((table) => [
    `  section ${label(table)}`,
    ...rows
      .filter((row) => row.table === table)
      .map(({ from, to, keepsOut, duration }) => {
        const text =
          duration === 'instant'
            ? KEPT_OUT[keepsOut]
            : `${KEPT_OUT[keepsOut]} - ${DURATIONS[duration]}`
        return `  ${label(text)} :${TAGS[keepsOut]}, ${from + 1}000, ${to + 2}000`
      }),
  ])
  const tick = Math.ceil(timeline.statements.length / MOST_TICKS)
  // Statement n is second n. Mermaid takes the start of a task for milliseconds, whatever its dateFormat.
  const head = ['gantt', '  dateFormat x', '  axisFormat %s', `  tickInterval ${tick}second`]
  return [...head, ...lines].join('\n')
}

/** A text in a chart: what its grammar gives a meaning is left out; the table has it as it is. */
function label(text: string): string {
  const clean = printable(text)
    .replace(/[^\p{L}\p{N} ._()-]/gu, '_')
    .trim()
  return clean === '' ? '_' : clean
}
