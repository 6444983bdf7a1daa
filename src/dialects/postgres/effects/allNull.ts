import type { Catalog } from '../../../catalog/catalog.ts'
import { isNew } from '../../../catalog/newness.ts'
import type { Column } from '../../../catalog/table.ts'

/** Whether the deployment added a column that nothing has given a value yet. */
export function isAllNull(catalog: Catalog, column: Column | undefined): boolean {
  return (
    column !== undefined &&
    isNew(catalog, column) &&
    column.writtenIn !== catalog.deployment &&
    column.default === null &&
    column.defaultedIn === null &&
    column.generated === null &&
    column.identity === null &&
    !column.serial &&
    !column.notNull
  )
}
