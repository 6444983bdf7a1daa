import { type Catalog, findTable } from '../../catalog/catalog.ts'
import type { ChangeBody } from '../../catalog/change.ts'
import { nameKey } from '../../catalog/names.ts'
import { type Subject, subjectOf } from '../../catalog/subject.ts'
import { findConstraint } from '../../catalog/table.ts'

/**
 * What a change between two catalogs is about: the table, where it comes or goes as a whole; a table
 * has one key.
 */
export function subjectBetween(
  actual: Catalog,
  expected: Catalog,
  change: ChangeBody,
): Subject | null {
  const subject = subjectOf(change)
  if (!subject?.table) return subject
  const { table } = subject
  if (!actual.tables.has(nameKey(table)) || !expected.tables.has(nameKey(table))) {
    return { kind: 'table', table: null, name: table }
  }
  const isPrimary =
    change.kind === 'AddPrimaryKey' ||
    (change.kind === 'DropConstraint' &&
      findConstraint(findTable(actual, table), change.constraint)?.type === 'primary key')
  return isPrimary ? { ...subject, name: { schema: table.schema, name: 'primary key' } } : subject
}
