import { type Catalog, findTable } from '../../catalog/catalog.ts'
import { holds } from '../../catalog/holds.ts'
import { nameKey } from '../../catalog/names.ts'
import type { Subject } from '../../catalog/subject.ts'
import { type ChangedSubject, changedSubjects } from '../snapshots/changedSubjects.ts'
import { expressible } from '../snapshots/expressible.ts'
import { spelledAs } from '../snapshots/spelling.ts'
import { tableOf } from '../snapshots/uncertainty.ts'
import type { Foretold } from './foretold.ts'

/** What of the foretold changes is in the database already, once all migrations have run. */
export interface Subtraction {
  /** What is still to be done, from the database on which the migrations end. */
  readonly left: readonly ChangedSubject[]
  /** The database that `left` starts from, each: the migrations', or the snapshot's. */
  readonly startOf: (changed: ChangedSubject) => Catalog
  /** What SQL has done, and no snapshot knows of. */
  readonly made: readonly ChangedSubject[]
}

/**
 * Takes from the foretold changes what the SQL of the migrations makes, wherever it stands, object by
 * object and column by column.
 *
 * @param ends - the database on which all migrations end
 */
export function subtractMade(foretold: Foretold, ends: Catalog): Subtraction {
  const { from, to, changed } = foretold
  const migrated = spelledAs(ends, to)
  const actual = expressible(migrated, to)
  const surely = changedSubjects(actual, to, 'leave')
  const perhaps = changedSubjects(actual, to, 'change')
  const moved = changedSubjects(expressible(migrated, from), from, 'leave')
  // Where two expressions cannot be compared, SQL has made what it did not leave as it was.
  const isOpen = (key: string) => surely.has(key) || (perhaps.has(key) && !moved.has(key))
  const left: ChangedSubject[] = []
  const made: ChangedSubject[] = []
  const fromMigrations = new Set<ChangedSubject>()
  const leave = (one: ChangedSubject | undefined) => {
    if (one === undefined) return
    left.push(one)
    fromMigrations.add(one)
  }
  const openParts = new Map<string, string[]>()
  for (const key of perhaps.keys()) {
    const table = tableOf(key)
    if (table === key || !isOpen(key)) continue
    const known = openParts.get(table)
    if (known) known.push(key)
    else openParts.set(table, [key])
  }
  const isWhole = [...from.tables.keys()].every(
    (one) => !to.tables.has(one) || migrated.tables.has(one),
  )
  for (const [key, one] of changed) {
    const isNewTable = one.subject.kind === 'table' && !from.tables.has(nameKey(one.subject.name))
    const parts = openParts.get(key) ?? []
    if (isOpen(key)) leave(perhaps.get(key))
    else if (isOpen(tableOf(key)) || !isKnown(migrated, isWhole, one.subject)) left.push(one)
    else if (isNewTable && parts.length > 0) {
      made.push(one)
      for (const part of parts) leave(perhaps.get(part))
    } else made.push(one)
  }
  return { left, made, startOf: (one) => (fromMigrations.has(one) ? actual : from) }
}

/**
 * Whether the migrations tell about an object at all: SQL that only alters a table that somebody else
 * made tells its columns as far as it names them, and a database that was there before the first
 * migration has objects of which none tells.
 */
function isKnown(migrated: Catalog, isWhole: boolean, subject: Subject): boolean {
  const { kind, table, name } = subject
  const holder = findTable(migrated, table ?? name)
  if (table !== null) return holder?.complete === true || holds(migrated, subject)
  if (holds(migrated, subject)) return kind !== 'table' || holder?.complete === true
  if (kind === 'schema' || migrated.gone.has(nameKey(name))) return true
  // Gone without a trace: nothing to go by, unless the migrations made all the rest.
  return isWhole
}
