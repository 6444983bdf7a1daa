import type { Catalog } from '../../../catalog/catalog.ts'
import type { Expression } from '../../../catalog/expression.ts'
import { isNew } from '../../../catalog/newness.ts'
import { type Column, type Table, findColumn } from '../../../catalog/table.ts'

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

/**
 * Whether a check lets every row pass because all it asks about is a column that is NULL everywhere:
 * what a comparison makes of NULL is NULL, which is no violation.
 */
export function holdsForNull(
  catalog: Catalog,
  table: Table | undefined,
  { columns, form }: Expression,
): boolean {
  return (
    columns.length > 0 &&
    columns.every((name) => isAllNull(catalog, findColumn(table, name))) &&
    form !== null &&
    !SEES_NULL.test(form)
  )
}

/** What gives an answer for NULL: tests for it, COALESCE, CASE, functions that count or join. */
const SEES_NULL =
  /"(?:NullTest|BooleanTest|CoalesceExpr|CaseExpr|SubLink|RowExpr|MinMaxExpr)"|DISTINCT|"call":"(?:num_nulls|num_nonnulls|concat|concat_ws|format|json_?b?_build_\w+)"/
