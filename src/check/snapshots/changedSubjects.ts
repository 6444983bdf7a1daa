import type { Catalog } from '../../catalog/catalog.ts'
import type { ChangeBody } from '../../catalog/change.ts'
import { difference } from '../../catalog/difference.ts'
import { type Subject, subjectKey } from '../../catalog/subject.ts'
import { subjectBetween } from './subjectBetween.ts'

/** An object, and the changes that would make it another one. */
export interface ChangedSubject {
  readonly subject: Subject
  readonly changes: readonly ChangeBody[]
}

/** What differs between two catalogs, object by object; a table that one of them lacks is one object. */
export function changedSubjects(
  from: Catalog,
  to: Catalog,
  unsure: 'leave' | 'change',
): ReadonlyMap<string, ChangedSubject> {
  const found = new Map<string, { subject: Subject; changes: ChangeBody[] }>()
  for (const change of difference(from, to, { unsure })) {
    const subject = subjectBetween(from, to, change)
    if (subject === null) continue
    const key = subjectKey(subject)
    const known = found.get(key)
    if (known) known.changes.push(change)
    else found.set(key, { subject, changes: [change] })
  }
  return found
}
