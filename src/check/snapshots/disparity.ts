import { type Catalog, findTable } from '../../catalog/catalog.ts'
import type { ChangeBody } from '../../catalog/change.ts'
import { findColumn } from '../../catalog/table.ts'
import type { ChangedSubject } from './changedSubjects.ts'

/** Changes that bring something into being, and those that take it away. */
const CREATES: ReadonlySet<ChangeBody['kind']> = new Set([
  'CreateTable',
  'AddColumn',
  'AddForeignKey',
  'AddCheck',
  'AddUnique',
  'AddPrimaryKey',
  'CreateIndex',
  'CreatePolicy',
  'CreateEnum',
  'CreateView',
  'CreateSequence',
  'CreateSchema',
])
const DROPS: ReadonlySet<ChangeBody['kind']> = new Set([
  'DropTable',
  'DropColumn',
  'DropConstraint',
  'DropIndex',
  'DropType',
])

/** `required`: a column too many that an INSERT without it fails on. */
export type Disparity = 'differs' | 'missing' | 'required' | 'extra'

/** What is wrong with an object that a database has otherwise than it should. */
export function disparityOf({
  changes,
  subject,
  actual,
}: ChangedSubject & { readonly actual: Catalog }): Disparity {
  if (changes.every(({ kind }) => CREATES.has(kind))) return 'missing'
  if (!changes.every(({ kind }) => DROPS.has(kind))) return 'differs'
  const column =
    subject.kind === 'column' && subject.table
      ? findColumn(findTable(actual, subject.table), subject.name.name)
      : undefined
  const isRequired =
    column?.notNull === true &&
    column.default === null &&
    !column.serial &&
    column.identity === null &&
    column.generated === null
  return isRequired ? 'required' : 'extra'
}
