import { listed } from '../../finding/listed.ts'
import type { Change } from '../../catalog/change.ts'
import { displayColumn, displayName } from '../../catalog/names.ts'
import { isNewColumn, isNewTable } from '../../catalog/newness.ts'
import type { DeploymentOutline, MigrationOutline } from '../../lint/outline.ts'
import type { Timeline, TimelineTable } from '../../dialects/timeline.ts'

/** Whom a deployment keeps waiting, and for how long. */
export interface Downtime {
  /** What running code may still name and that goes or gets another name; statements that fail. */
  readonly breaks: readonly string[]
  /** `none`: every lock is brief; `writers`, `readers`: these wait for as long as the work takes. */
  readonly for: 'none' | 'writers' | 'readers'
  /** One sentence for each table that is locked while something grows with a table. */
  readonly sentences: readonly string[]
}

const RANKS = { none: 0, writers: 1, readers: 2 } as const

const WORK = {
  rewrite: (table: string) => `${table} is rewritten`,
  build: (table: string) => `an index is built on ${table}`,
  scan: (table: string) => `${table} is scanned in full`,
} as const

const FAILS = { computed: 'is expected to fail', measured: 'failed' } as const

/** Whether downtime is to be expected, and for whom. */
export function downtimeOf(
  timelines: readonly Timeline[],
  outline: Pick<DeploymentOutline, 'migrations'> = { migrations: [] },
): Downtime {
  const waits = timelines.flatMap((timeline) =>
    timeline.tables.flatMap((row) => waitsFor(row, timeline)),
  )
  const worst = waits.reduce<Downtime['for']>(
    (most, one) => (RANKS[one.for] > RANKS[most] ? one.for : most),
    'none',
  )
  return {
    for: worst,
    sentences: waits.map(({ sentence }) => sentence),
    breaks: [...failures(timelines), ...outline.migrations.flatMap(brokenNames)],
  }
}

function failures(timelines: readonly Timeline[]): string[] {
  return timelines.flatMap(({ statements, source }) =>
    statements.flatMap(({ error }, at) =>
      error === null ? [] : [`Statement ${at + 1} ${FAILS[source]} (${error.message}).`],
    ),
  )
}

/** What code of the previous release knows by a name that it no longer has. */
function brokenNames({ changes }: MigrationOutline): string[] {
  return changes.flatMap(({ change }) => {
    const name = nameThatGoes(change)
    return name === null
      ? []
      : [`Code of the previous release that still names ${name} fails until it is replaced.`]
  })
}

function nameThatGoes(change: Change): string | null {
  switch (change.kind) {
    case 'DropColumn':
    case 'RenameColumn': {
      const { before, table, column } = change
      const isNew = isNewTable(before, table) || isNewColumn(before, table, column)
      return isNew ? null : displayColumn(table, column)
    }
    case 'DropTable':
    case 'RenameTable':
    case 'SetTableSchema':
      return isNewTable(change.before, change.table) ? null : displayName(change.table)
    case 'DropView':
    case 'RenameView':
      return displayName(change.view)
    default:
      return null
  }
}

function waitsFor(row: TimelineTable, { tables, statements }: Timeline) {
  return (['readers', 'writers'] as const).flatMap((whom) => {
    const spans = row.locks.filter(({ keepsOut }) => keepsOut === whom)
    const work = tables.flatMap((other) =>
      other.work
        .filter(({ statement }) =>
          spans.some(({ from, to }) => from <= statement && statement <= to),
        )
        .map(({ kind }) => WORK[kind](other.name)),
    )
    if (work.length === 0) return []
    const from = Math.min(...spans.map((span) => span.from))
    const to = Math.max(...spans.map((span) => span.to))
    const who = whom === 'readers' ? 'Nobody reads or writes' : 'Nobody writes to'
    const until = to === statements.length - 1 ? 'the end' : `statement ${to + 1}`
    const while_ = listed([...new Set(work)])
    const span = from === to ? `in statement ${from + 1}` : `from statement ${from + 1} to ${until}`
    return [{ for: whom, sentence: `${who} ${row.name} ${span}, while ${while_}.` }]
  })
}
