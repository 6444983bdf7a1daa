import type { Exclusion } from '../../dialects/effects.ts'
import type { Timeline } from '../../dialects/timeline.ts'
import { element, html } from '../htmlText.ts'
import { KEPT_OUT } from '../timeline.ts'
import { type ChartRow, chartRows, DURATIONS } from './chart.ts'

/** Rows beyond these are in the table alone. */
const MOST_ROWS = 40
const NAMES = 180
const PAGE = 900
const ROW = 26

const COLORS: Readonly<Record<Exclusion, string>> = {
  readers: '#c62828',
  writers: '#ef8f00',
  'schema changes': '#9e9e9e',
}

/** The locks of a deployment as SVG: a row for each table, a column for each statement; null for none. */
export function lockPicture(timeline: Timeline): string | null {
  const rows = chartRows(timeline)
  const tables = [...new Set(rows.map(({ table }) => table))].slice(0, MOST_ROWS)
  const count = timeline.statements.length
  if (tables.length === 0 || count === 0) return null
  const wide = (PAGE - NAMES) / count
  const step = Math.ceil(count / 30)
  const ruler = Array.from({ length: Math.ceil(count / step) }, (_, i) =>
    element('text', String(i * step + 1), { x: NAMES + i * step * wide, y: 14, class: 'tick' }),
  )
  const drawn = tables.flatMap((table, at) => {
    const y = 22 + at * ROW
    return [
      element('text', html(table.length > 24 ? `${table.slice(0, 23)}…` : table), {
        x: 0,
        y: y + 15,
      }),
      ...rows.filter((row) => row.table === table).map((row) => bar(row, y, wide)),
    ]
  })
  const height = 26 + tables.length * ROW
  return element('svg', [...ruler, ...drawn].join(''), {
    viewBox: `0 0 ${PAGE} ${height}`,
    role: 'img',
    'aria-label': 'Locks by table and statement; the table below says the same',
  })
}

function bar({ from, to, keepsOut, mode, duration }: ChartRow, y: number, wide: number): string {
  const title = `${KEPT_OUT[keepsOut]} (${mode}), statements ${from + 1} to ${to + 1}: ${DURATIONS[duration]}`
  return element('rect', element('title', html(title)), {
    x: (NAMES + from * wide).toFixed(1),
    y: y + 3,
    width: Math.max(2, (to - from + 1) * wide - 1).toFixed(1),
    height: ROW - 8,
    rx: 3,
    fill: COLORS[keepsOut],
    'fill-opacity': duration === 'instant' ? '0.45' : '1',
  })
}
