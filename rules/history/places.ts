import type { History, HistoryMigration } from '../../src/check/history/history.ts'
import type { PlacedReport } from '../../src/lint/placedRule.ts'

type Place = Pick<PlacedReport, 'migration' | 'file' | 'range'>

/** Where the journal names a migration, or its SQL in the layout that has no journal. */
export function entryPlace(
  { after, rangeOf }: History,
  { name, position, file }: HistoryMigration,
  key?: 'when' | 'idx' | 'tag',
): Place {
  if (after.journal === null) return { migration: name, file, range: null }
  const path = ['entries', position, ...(key === undefined ? [] : [key])]
  return { migration: name, file: after.journal, range: rangeOf(after.journal, path) }
}

/** A migration's snapshot, with the value to blame in it. */
export function snapshotPlace(
  { rangeOf }: History,
  { name, snapshot }: HistoryMigration,
  key: 'id' | 'prevId' | 'prevIds' | 'version',
): Place {
  return { migration: name, file: snapshot, range: rangeOf(snapshot, [key]) }
}

/** What holds the SQL where there is some, else what names it. */
export function sqlPlace(history: History, migration: HistoryMigration): Place {
  if (!migration.hasSql) return entryPlace(history, migration)
  return { migration: migration.name, file: migration.file, range: null }
}

/** Whether an id is what the first snapshot names as its parent: all zeros. */
export function isRootId(id: string): boolean {
  return /^[0-]*$/.test(id)
}

/**
 * A time of the journal in words.
 *
 * @param beside - another one that is shown with it: within one minute both have seconds
 */
export function timeOf(when: number, beside?: number): string {
  const date = new Date(when)
  if (Number.isNaN(date.getTime())) return String(when)
  const minute = (time: number) => Math.floor(time / 60_000)
  const length = beside !== undefined && minute(when) === minute(beside) ? 19 : 16
  return `${date.toISOString().slice(0, length).replace('T', ' ')} UTC`
}

/** `a`, `a and b`, `a to z (26 migrations)`. */
export function namesOf(migrations: readonly { readonly name: string }[]): string {
  const [first, ...rest] = migrations
  const last = rest.at(-1)
  if (!last) return first?.name ?? ''
  if (rest.length === 1) return `${first?.name} and ${last.name}`
  return `${first?.name} to ${last.name} (${migrations.length} migrations)`
}
