import { type Catalog, findTable } from '../../catalog/catalog.ts'
import { holds } from '../../catalog/holds.ts'
import { subjectKey } from '../../catalog/subject.ts'
import { changedSubjects } from './changedSubjects.ts'
import type { Mismatch } from './comparison.ts'
import { expressible } from './expressible.ts'
import { tableOf } from './uncertainty.ts'

/**
 * Takes out what SQL had made before the snapshot from which the comparison started, and what that
 * snapshot did not know: a later one that has it is right.
 *
 * @param migrated - the database on which all migrations end, from the first one on
 */
export function withoutMade(
  mismatches: readonly Mismatch[],
  migrated: () => Catalog,
): readonly Mismatch[] {
  // What SQL has touched since then is as it left it.
  const untouched = new Set(mismatches.filter(({ range }) => range === null))
  if (untouched.size === 0) return mismatches
  const actual = migrated()
  const unlike = new Map<Catalog, ReadonlySet<string>>()
  return mismatches.filter((mismatch) => {
    if (!untouched.has(mismatch)) return true
    const { subject, expected } = mismatch
    const keys =
      unlike.get(expected) ??
      new Set(changedSubjects(expressible(actual, expected), expected, 'leave').keys())
    unlike.set(expected, keys)
    const key = subjectKey(subject)
    const isKnown =
      subject.table === null
        ? holds(actual, subject)
        : findTable(actual, subject.table)?.complete === true || holds(actual, subject)
    return keys.has(key) || keys.has(tableOf(key)) || !isKnown
  })
}
