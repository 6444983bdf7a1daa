import type { Unit } from '../plan.ts'
import type { OwnOutcome } from './ownMigrator.ts'
import type { Look } from './look.ts'

/** What a deployment has made of a database, as far as two runs of it have to agree. */
export interface Ending {
  /** Null where it went through. */
  readonly error: string | null
  /** How many rows each table has; null where one of the two was refused. */
  readonly rows: ReadonlyMap<string, number> | null
}

/** How many rows each table has. */
export function rowsOf({ tables }: Look): ReadonlyMap<string, number> {
  return new Map([...tables.values()].map(({ name, rows }) => [name, rows]))
}

/** The files that units were taken from, without those that are left out. */
export function filesOf(
  units: readonly Unit[],
): readonly { readonly name: string; readonly text: string }[] {
  const names = [...new Set(units.map(({ migration }) => migration))]
  return names.map((name) => ({
    name,
    text: units
      .flatMap(({ migration, sql }) => (migration === name ? [sql] : []))
      .join('\n--> statement-breakpoint\n'),
  }))
}

/**
 * Where drizzle-orm's own `migrate` did something else than this tool made of the same deployment, on the
 * same rows: a line each.
 */
export function otherwise(
  mine: Ending,
  { orm, error }: OwnOutcome,
  theirs: ReadonlyMap<string, number>,
): readonly string[] {
  const what: string[] = []
  if ((mine.error === null) !== (error === null)) {
    what.push(
      error === null
        ? `it went through, where verify was refused (${mine.error ?? ''})`
        : `it was refused (${error}), where verify went through`,
    )
  }
  for (const [table, rows] of mine.rows ?? []) {
    const left = theirs.get(table)
    if (left !== rows) {
      what.push(`${table} has ${left ?? 'no'} rows afterwards, and here ${rows}`)
    }
  }
  return what.map(
    (one) =>
      `migrate() of ${orm} did otherwise than verify: ${one}. Trust migrate(), and please report this.`,
  )
}
