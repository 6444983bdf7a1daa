import type { Catalog } from '../../catalog/catalog.ts'
import type { Change, ChangeKind } from '../../catalog/change.ts'
import { holds } from '../../catalog/holds.ts'
import { type Subject, subjectKey, subjectOf } from '../../catalog/subject.ts'
import type { Replay } from '../replay.ts'
import { type ChangedSubject, changedSubjects } from '../snapshots/changedSubjects.ts'
import { subjectBetween } from '../snapshots/subjectBetween.ts'
import { tableOf, touched } from '../snapshots/uncertainty.ts'

/** What `drizzle-kit generate` would write, as changes of the newest snapshot. */
export interface Foretold {
  /** The database of the newest snapshot, and that of the schema. */
  readonly from: Catalog
  readonly to: Catalog
  /** What differs between the two, by key of the object. */
  readonly changed: ReadonlyMap<string, ChangedSubject>
  readonly statements: readonly ForetoldStatement[]
}

export interface ForetoldStatement {
  readonly sql: string
  /** Keys of the objects that it makes others. */
  readonly keys: readonly string[]
  /** Where no catalog has what it changes (the query of a view, a role): what it is about. */
  readonly unseen: { readonly subject: Subject | null } | null
}

/**
 * Reads the SQL that drizzle-kit would write as a migration on top of the newest snapshot.
 *
 * @param sql - its statements
 * @param isIgnored - whether an object is not to be looked at
 * @returns null where the tool itself fails on it
 */
export function foretell(
  replay: Replay,
  from: Catalog,
  sql: readonly string[],
  isIgnored: (subject: Subject) => boolean,
): Foretold | null {
  const text = sql.join(BREAK)
  const { after: to, migrations, failures } = replay(from, [{ name: '', file: '', text }])
  if (failures.length > 0) return null
  const changes = migrations.flatMap(({ statements }) =>
    statements.flatMap((statement) => statement.changes),
  )
  const written = new Set(changes.flatMap((change) => keysOf(from, to, change)))
  const writtenTables = new Set([...written].map(tableOf))
  const changed = new Map(
    // What dropping a type would take along, PostgreSQL refuses.
    [...changedSubjects(from, to, 'change')].filter(
      ([key, { subject }]) =>
        !isIgnored(subject) &&
        (written.has(key) || written.has(tableOf(key)) || writtenTables.has(key)),
    ),
  )
  const changedTables = new Set([...changed.keys()].map(tableOf))
  const isSeen = (key: string) =>
    changed.has(key) || changed.has(tableOf(key)) || changedTables.has(key)
  const byStatement = changesOf(sql, changes)
  const statements = sql.map((statement, i): ForetoldStatement => {
    const own = byStatement[i]!
    const keys = [...new Set(own.flatMap((change) => keysOf(from, to, change)))]
    const isPassedOver = own.some((change) => {
      const subject = subjectOf(change)
      return subject !== null && isIgnored(subject)
    })
    const unseen = isPassedOver || keys.some(isSeen) ? null : unseenBy(own, from, to)
    return { sql: statement, keys, unseen }
  })
  return { from, to, changed, statements }
}

/** The changes of each statement, by where they stand in the text of all. */
function changesOf(
  sql: readonly string[],
  changes: readonly Change[],
): readonly (readonly Change[])[] {
  const sorted = [...changes].sort((a, b) => a.origin.start - b.origin.start)
  let start = 0
  let at = 0
  return sql.map((statement) => {
    const end = start + statement.length
    const first = at
    while (at < sorted.length && sorted[at]!.origin.start < end) at++
    start = end + BREAK.length
    return sorted.slice(first, at)
  })
}

const BREAK = '\n--> statement-breakpoint\n'

/** The statements that some objects take, with those that belong to them (the rebuild of a table). */
export function statementsFor(
  { statements }: Pick<Foretold, 'statements'>,
  wanted: Iterable<ForetoldStatement>,
): readonly string[] {
  const byKey = indexByKey(statements)
  const chosen = new Set(wanted)
  // A set's own loop comes to what is added on the way.
  for (const one of chosen) {
    for (const key of one.keys) {
      for (const other of byKey.get(key) ?? []) chosen.add(other)
      byKey.delete(key)
    }
  }
  // What makes no object another one (a PRAGMA, copying rows) is there for the one next to it.
  return statements
    .filter(
      (one, i) =>
        chosen.has(one) ||
        (one.keys.length === 0 &&
          one.unseen === null &&
          [statements[i - 1], statements[i + 1]].some((next) => next && chosen.has(next))),
    )
    .map(({ sql }) => sql)
}

/** Statements by the objects that they make others. */
export function indexByKey(
  statements: readonly ForetoldStatement[],
): Map<string, ForetoldStatement[]> {
  const found = new Map<string, ForetoldStatement[]>()
  for (const one of statements) {
    for (const key of one.keys) {
      const known = found.get(key)
      if (known) known.push(one)
      else found.set(key, [one])
    }
  }
  return found
}

function keysOf(from: Catalog, to: Catalog, change: Change): readonly string[] {
  const between = subjectBetween(from, to, change)
  return [...touched(change), ...(between ? [between] : [])].map(subjectKey)
}

/** Changes that make no object of the schema another one. */
const NEUTRAL: ReadonlySet<ChangeKind> = new Set([
  'SetVariable',
  'WriteRows',
  'ReadRows',
  'TransactionControl',
])

function unseenBy(
  changes: readonly Change[],
  from: Catalog,
  to: Catalog,
): ForetoldStatement['unseen'] {
  const real = changes.filter(({ kind }) => !NEUTRAL.has(kind))
  if (real.length === 0) return null
  const subject = real.map(subjectOf).find((one) => one !== null) ?? null
  // A table that is there for the time of a rebuild.
  return subject && !holds(from, subject) && !holds(to, subject) ? null : { subject }
}
