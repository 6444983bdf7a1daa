import { type Catalog, constraintExists, relationExists } from '../../../catalog/catalog.ts'
import type { QualifiedName } from '../../../catalog/names.ts'
import { clip, LONGEST_NAME } from '../../../catalog/clip.ts'

/** What tells made-up names apart: relations and constraints each have names of their own. */
type Label = 'key' | 'pkey' | 'excl' | 'idx' | 'check' | 'fkey' | 'not_null'

/**
 * The name PostgreSQL makes up for a constraint or index without one (`ChooseRelationName`,
 * `makeObjectName`, src/backend/commands/indexcmds.c; `ChooseConstraintName`,
 * src/backend/catalog/pg_constraint.c). A name is taken if anything of its kind in the schema has it.
 *
 * @param second - the columns' names, joined with `_`; '' for a primary key
 */
export function automaticName(
  catalog: Catalog,
  table: QualifiedName,
  second: string,
  label: Label,
): string {
  const isRelation = label !== 'check' && label !== 'fkey' && label !== 'not_null'
  const isConstraint = label !== 'idx'
  for (let pass = 0; ; pass++) {
    const name = fit(table.name, second, pass === 0 ? label : `${label}${pass}`)
    const taken =
      (isRelation && relationExists(catalog, { schema: table.schema, name })) ||
      (isConstraint && constraintExists(catalog, { schema: table.schema, name }))
    if (!taken) return name
  }
}

/** The longer of the two is cut first, in bytes but never within a character. */
function fit(first: string, second: string, label: string): string {
  const room = LONGEST_NAME - label.length - 1 - (second === '' ? 0 : 1)
  let long = Buffer.byteLength(first)
  let other = Buffer.byteLength(second)
  while (long + other > room) {
    if (long > other) long--
    else other--
  }
  return [clip(first, long), clip(second, other), label].filter((part) => part !== '').join('_')
}
