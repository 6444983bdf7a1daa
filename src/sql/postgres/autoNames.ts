import { type Catalog, findTable, relationExists } from '../../catalog/catalog.ts'
import type { QualifiedName } from '../../catalog/names.ts'

/** NAMEDATALEN - 1. */
const LONGEST = 63

/**
 * The name PostgreSQL makes up for a constraint or index without one
 * (`ChooseRelationName` and `makeObjectName`, src/backend/commands/indexcmds.c).
 *
 * @param second - the columns' names, joined with `_`; '' for a primary key
 * @param label - `key`, `pkey`, `fkey`, `check`, `idx`, `excl`
 */
export function automaticName(
  catalog: Catalog,
  table: QualifiedName,
  second: string,
  label: string,
): string {
  for (let pass = 0; ; pass++) {
    const name = fit(table.name, second, pass === 0 ? label : `${label}${pass}`)
    const taken =
      relationExists(catalog, { schema: table.schema, name }) ||
      findTable(catalog, table)?.constraints.some((constraint) => constraint.name === name)
    if (!taken) return name
  }
}

function fit(first: string, second: string, label: string): string {
  const room = LONGEST - label.length - 1 - (second === '' ? 0 : 1)
  let long = Buffer.from(first)
  let other = Buffer.from(second)
  while (long.length + other.length > room) {
    if (long.length > other.length) long = long.subarray(0, long.length - 1)
    else other = other.subarray(0, other.length - 1)
  }
  return [long.toString(), other.toString(), label].filter((part) => part !== '').join('_')
}
