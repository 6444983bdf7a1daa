import type { Catalog } from './catalog.ts'
import { type QualifiedName, displayColumn, displayName } from './names.ts'
import type { Table } from './table.ts'

/** What goes where a function is dropped with CASCADE. */
export interface FunctionUser {
  readonly table: Table
  /** In words: `trigger stamp of users`. */
  readonly what: string
  /** A column goes, with the data in it. */
  readonly isColumn: boolean
}

/** Triggers that call a function, and what else of a table an expression calls it in. */
export function functionUsers(catalog: Catalog, gone: QualifiedName): readonly FunctionUser[] {
  const isGone = ({ schema, name }: QualifiedName) =>
    name === gone.name &&
    (schema === gone.schema || (schema === '' && catalog.searchPath.includes(gone.schema)))
  const users: FunctionUser[] = []
  for (const table of catalog.tables.values()) {
    const add = (what: string, isColumn = false) => users.push({ table, what, isColumn })
    const name = displayName(table)
    for (const { name: trigger, calls } of table.triggers) {
      if (calls && isGone(calls)) add(`trigger ${trigger} of ${name}`)
    }
    for (const column of table.columns) {
      const own = displayColumn(table, column.name)
      if (column.generated?.expression.functions.some(isGone)) add(`column ${own}`, true)
      else if (column.default?.functions.some(isGone)) add(`the default of ${own}`)
    }
    for (const one of table.constraints) {
      if (one.type === 'check' && one.expression.functions.some(isGone)) {
        add(`check ${one.name} of ${name}`)
      }
    }
  }
  return users
}
