import type { Catalog } from '../../catalog/catalog.ts'
import type { ChangeBody } from '../../catalog/change.ts'
import { contrast, objectKind, objectName } from '../../catalog/contrast.ts'
import { holds } from '../../catalog/holds.ts'
import { displayName, nameKey } from '../../catalog/names.ts'
import type { Subject } from '../../catalog/subject.ts'

/** One thing in which a schema differs from its migrations. */
export interface Lack {
  /** Null for what no catalog has: a role, an expression. */
  readonly subject: Subject | null
  readonly change: 'added' | 'removed' | 'changed'
  /** As findings name it: `users.phone`. */
  readonly object: string
  /** In words: `users.phone added`, `posts.title text → varchar(200)`. */
  readonly text: string
  /** All of what is to change, to tell whether another lack in the same words is the same. */
  readonly content: string
}

/** A difference between two catalogs as what the first one lacks. */
export function lackOf(
  subject: Subject,
  changes: readonly ChangeBody[],
  from: Catalog,
  to: Catalog,
): Lack {
  const change = changeOf(subject, from, to)
  const object = objectName(subject)
  const kind = objectKind(change === 'removed' ? from : to, subject).replace(/^the /, '')
  const what = subject.kind === 'column' ? object : `${kind} ${object}`
  const place =
    subject.table && kind !== 'primary key of' ? ` on ${displayName(subject.table)}` : ''
  const where = subject.kind !== 'column' && change === 'added' ? place : ''
  const text =
    change === 'changed' ? `${what} ${wayBetween(subject, from, to)}` : `${what} ${change}${where}`
  return { subject, change, object, text, content: contentOf(changes) }
}

/** A statement that changes what no catalog has. */
export function lackOfStatement(subject: Subject | null, statement: string): Lack {
  const [line = ''] = statement.trim().split('\n')
  const short = line.length > 80 ? `${line.slice(0, 79)}…` : line.replace(/;$/, '')
  const object = subject === null ? short : objectName(subject)
  const text = subject === null ? short : `${subject.kind} ${object} changed`
  return { subject, change: 'changed', object, text, content: statement }
}

function changeOf(subject: Subject, from: Catalog, to: Catalog): Lack['change'] {
  const [before, after] = [holds(from, subject), holds(to, subject)]
  return before === after ? 'changed' : after ? 'added' : 'removed'
}

function wayBetween(subject: Subject, from: Catalog, to: Catalog): string {
  if (subject.kind === 'enum') {
    const labels = ({ enums }: Catalog) => enums.get(nameKey(subject.name))?.labels ?? []
    return `values ${labels(from).join(', ')} → ${labels(to).join(', ')}`
  }
  const [is, says] = contrast(subject, from, to)
  return `${is} → ${says}`
}

/** The numbers of the deployments that made something say nothing about it. */
const EPOCHS: ReadonlySet<string> = new Set([
  'createdIn',
  'createdBy',
  'defaultedIn',
  'filledIn',
  'writtenIn',
  'added',
])

function contentOf(changes: readonly ChangeBody[]): string {
  return JSON.stringify(changes, (key, value: unknown) => (EPOCHS.has(key) ? undefined : value))
}
