import { findIndex, findTable } from '../../../catalog/catalog.ts'
import type { QualifiedName } from '../../../catalog/names.ts'
import { findColumn, findConstraint } from '../../../catalog/table.ts'
import { GENERAL, type Reversals } from '../../reversal/general.ts'
import { NOTHING, type Reversal, undoneBy } from '../../reversal/reversal.ts'
import { alterTable, foreignKeySql, list, qualified, quoted } from './sql.ts'

/** How changes of constraints and indexes are undone. */
export const constraints = {
  AddForeignKey: dropped,
  AlterForeignKey: ({ table, constraint, from }) =>
    undoneBy([
      alterTable(table, `DROP CONSTRAINT ${quoted(constraint)}`),
      alterTable(table, `ADD CONSTRAINT ${quoted(constraint)} ${foreignKeySql(from)}`),
    ]),
  AddCheck: dropped,
  AddUnique: dropped,
  AddPrimaryKey(change) {
    const had = findTable(change.before, change.table)
    const nullable = change.columns.filter((name) => findColumn(had, name)?.notNull === false)
    const undone = dropped(change)
    if (undone.kind !== 'statements' || nullable.length === 0) return undone
    // The columns stay NOT NULL when the key goes.
    const rest = nullable.map((name) =>
      alterTable(change.table, `ALTER COLUMN ${quoted(name)} DROP NOT NULL`),
    )
    return { ...undone, sql: [...undone.sql, ...rest] }
  },
  AddExclusion: dropped,
  DropConstraint(change) {
    const { table, constraint, before } = change
    const had = findConstraint(findTable(before, table), constraint)
    const add = (what: string) =>
      undoneBy(
        alterTable(table, `ADD CONSTRAINT ${quoted(constraint)} ${what}`),
        `adding ${constraint} again fails on rows that were written against it`,
      )
    if (had?.type === 'foreign key') return add(foreignKeySql(had))
    if (had?.type === 'unique') return add(`UNIQUE ${list(had.columns)}`)
    if (had?.type === 'primary key') return add(`PRIMARY KEY ${list(had.columns)}`)
    return GENERAL.DropConstraint(change)
  },
  RenameConstraint: ({ table, constraint, to }) =>
    undoneBy(alterTable(table, `RENAME CONSTRAINT ${quoted(to)} TO ${quoted(constraint)}`)),

  CreateIndex({ table, index, before }) {
    const name = { schema: table.schema, name: index.name }
    if (findIndex(before, name) !== undefined) return NOTHING
    return undoneBy(`DROP INDEX ${qualified(name)};`)
  },
  RenameIndex: ({ index, to }) =>
    undoneBy(
      `ALTER INDEX ${qualified({ schema: index.schema, name: to })} RENAME TO ${quoted(index.name)};`,
    ),
} satisfies Reversals

function dropped(change: {
  readonly table: QualifiedName
  readonly constraint: string
  readonly usingIndex?: string | null
}): Reversal {
  const { table, constraint, usingIndex } = change
  return undoneBy(
    alterTable(table, `DROP CONSTRAINT ${quoted(constraint)}`),
    usingIndex ? `the index ${usingIndex} it was built from is dropped with it` : null,
  )
}
