import { findTable } from '../../catalog/catalog.ts'
import type { Change, ChangeOf } from '../../catalog/change.ts'
import { displayName } from '../../catalog/names.ts'
import { isNewTable } from '../../catalog/newness.ts'
import { findConstraint } from '../../catalog/table.ts'
import type { DeploymentOutline } from '../../lint/outline.ts'

/** What no migration does, and somebody has to. */
export interface ByHand {
  readonly before: readonly string[]
  readonly after: readonly string[]
}

/** What has to be done by hand before a deployment and after it. */
export function byHandAround({ migrations }: DeploymentOutline): ByHand {
  const changes = migrations.flatMap(({ changes }) => changes.map(({ change }) => change))
  const last = changes.at(-1)
  const before = changes
    .filter(isPrepared)
    .map(
      ({ index, table }) =>
        `Build the index ${index.name} on ${displayName(table)} concurrently: the migration only makes sure that it is there.`,
    )
  const after = changes.flatMap((change) => unproved(change, last))
  return { before, after }
}

/** An index that is expected to be there: IF NOT EXISTS on a table that holds rows. */
function isPrepared(change: Change): change is ChangeOf<'CreateIndex'> {
  return (
    change.kind === 'CreateIndex' &&
    change.ifNotExists &&
    !change.concurrently &&
    !isNewTable(change.before, change.table)
  )
}

/** A constraint that is NOT VALID when all is done. */
function unproved(change: Change, last: Change | undefined): string[] {
  if (change.kind !== 'AddForeignKey' && change.kind !== 'AddCheck') return []
  const { table, constraint } = change
  const at = last && findConstraint(findTable(last.after, table), constraint)
  if (at?.valid !== false) return []
  return [
    `Validate the constraint ${constraint} of ${displayName(table)} in a migration of a later deployment (VALIDATE CONSTRAINT): the rows that are there are not checked yet.`,
  ]
}
