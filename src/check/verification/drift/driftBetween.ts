import type { Catalog } from '../../../catalog/catalog.ts'
import type { ChangeBody } from '../../../catalog/change.ts'
import { contrast, objectKind, objectName } from '../../../catalog/contrast.ts'
import { type Subject, subjectKey } from '../../../catalog/subject.ts'
import type { Database } from '../../../verify/catalog/readDatabase.ts'
import { type ChangedSubject, changedSubjects } from '../../snapshots/changedSubjects.ts'
import { type Disparity, disparityOf } from '../../snapshots/disparity.ts'
import { expressible } from '../../snapshots/expressible.ts'
import { tableOf } from '../../snapshots/uncertainty.ts'

/** One object that a database has otherwise than another one, or alone. */
export interface Drifted {
  readonly subject: Subject
  readonly disparity: Disparity
  /** `the column`, `the primary key of`. */
  readonly kind: string
  /** As findings name it. */
  readonly object: string
  /** What it is on either side, where both have it. */
  readonly sides: readonly [string, string]
  /** Whether those are what the server says that it is, in SQL. */
  readonly isDefined: boolean
  /** Whether they certainly mean different things: two expressions may say the same in other words. */
  readonly sure: boolean
  readonly changes: readonly ChangeBody[]
}

/** What differs between the database that the migrations make and the one that the schema asks for. */
export interface DatabaseDrift {
  readonly drifted: readonly Drifted[]
  /** What only the migrations make and no schema file has words for, or need not: `trigger a.touch`. */
  readonly unmodelled: readonly string[]
}

/**
 * Compares the database that the migrations make with the one that the schema makes, object by object.
 *
 * @param given - what was there before the first migration
 * @param isManaged - whether Drizzle is to look at an object
 */
export function driftBetween(
  migrated: Database,
  declared: Database,
  given: Database['others'],
  isManaged: (subject: Subject) => boolean,
): DatabaseDrift {
  const expected = declared.catalog
  const actual = expressible(migrated.catalog, expected)
  const sure = new Set(changedSubjects(actual, expected, 'leave').keys())
  const changed = changedSubjects(actual, expected, 'change')
  const drifted: Drifted[] = []
  const unmodelled = extras(migrated, given)
  for (const [key, one] of changed) {
    if (!isManaged(one.subject)) continue
    const extra = one.changes.every(isHarmless)
    if (extra) unmodelled.push(`${one.subject.kind} ${objectName(one.subject)}`)
    else drifted.push(toldApart(one, actual, expected, sure.has(key), migrated, declared))
  }
  for (const [key, { subject, text: is }] of migrated.definitions) {
    const says = declared.definitions.get(key)?.text
    if (says === undefined || changed.has(key) || changed.has(tableOf(key))) continue
    if (!isManaged(subject) || isSameDefinition(subject, is, says)) continue
    if (isBeyondDrizzle(subject, is, says))
      unmodelled.push(`${subject.kind} ${objectName(subject)}: ${is}`)
    else
      drifted.push({
        subject,
        disparity: 'differs',
        kind: objectKind(actual, subject),
        object: objectName(subject),
        sides: [oneLine(is), oneLine(says)],
        isDefined: subject.kind !== 'column',
        sure: subject.kind === 'column',
        changes: [],
      })
  }
  return { drifted, unmodelled }
}

function toldApart(
  one: ChangedSubject,
  actual: Catalog,
  expected: Catalog,
  sure: boolean,
  migrated: Database,
  declared: Database,
): Drifted {
  const { subject, changes } = one
  const disparity = disparityOf({ ...one, actual })
  const key = subjectKey(subject)
  const [is, says] = [migrated, declared].map(({ definitions }) => definitions.get(key)?.text)
  const isDefined = is !== undefined && says !== undefined && subject.kind !== 'column'
  const sides: Drifted['sides'] =
    disparity !== 'differs'
      ? ['', '']
      : isDefined
        ? [oneLine(is), oneLine(says)]
        : contrast(subject, actual, expected)
  return {
    subject,
    disparity,
    kind: objectKind(disparity === 'missing' ? expected : actual, subject),
    object: objectName(subject),
    sides,
    isDefined,
    sure,
    changes,
  }
}

/**
 * What a database has beyond its schema without harm: views, policies, sequences, schemas, indexes and row
 * level security made by hand. The order of an enum's labels decides about sorting only.
 */
function isHarmless(change: ChangeBody): boolean {
  switch (change.kind) {
    case 'DropView':
    case 'DropPolicy':
    case 'DropSequence':
    case 'DropSchema':
    case 'DropIndex':
      return true
    case 'SetRowSecurity':
      return !change.enabled
    case 'RecreateEnum':
      return [...change.from].sort().join('\0') === [...change.labels].sort().join('\0')
    default:
      return false
  }
}

/** What was there before the first migration is not theirs. */
function extras({ others }: Database, given: Database['others']): string[] {
  const key = ({ kind, shown }: Database['others'][number]) => `${kind} ${shown}`
  const known = new Set(given.map(key))
  return others.map(key).filter((one) => !known.has(one))
}

function isSameDefinition({ kind }: Subject, a: string, b: string): boolean {
  if (a === b) return true
  // `SELECT *` names the columns in the order in which they were added.
  if (kind === 'view') return words(a) === words(b)
  // Their structure was compared: casts that conversions have left make no other constraint.
  return kind === 'constraint' && withoutMore(a) !== withoutMore(b)
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function words(text: string): string {
  return (text.match(/[\w"'.]+/g) ?? []).sort().join(' ')
}

/** Clauses that no schema file can say. */
const MORE =
  / (?:INCLUDE \([^)]*\)|NULLS NOT DISTINCT|NOT VALID|(?:NOT )?DEFERRABLE|INITIALLY \w+|MATCH FULL)/g

function withoutMore(definition: string): string {
  return definition.replace(MORE, '')
}

function isBeyondDrizzle({ kind }: Subject, is: string, says: string): boolean {
  return kind === 'constraint' || (kind === 'index' && withoutMore(is) === withoutMore(says))
}
