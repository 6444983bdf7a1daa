import type { Catalog } from '../../../catalog/catalog.ts'
import type { Expression } from '../../../catalog/expression.ts'
import { type QualifiedName, nameKey } from '../../../catalog/names.ts'
import { NOT_VOLATILE } from './builtInFunctions.ts'

/**
 * Whether an expression has to be computed anew for every row, so that ADD COLUMN with it as
 * default rewrites the table (`contain_volatile_functions`, ATExecAddColumn in tablecmds.c).
 */
export function isVolatile(catalog: Catalog, expression: Expression): boolean {
  return expression.functions.some((call) => callIsVolatile(catalog, call, 0))
}

/** How deep a function may call others before it is taken for volatile. */
const DEEPEST = 8

function callIsVolatile(catalog: Catalog, call: QualifiedName, depth: number): boolean {
  const schemas = call.schema === '' ? catalog.searchPath : [call.schema]
  for (const schema of schemas) {
    const own = catalog.functions.get(nameKey({ schema, name: call.name }))
    if (own === undefined) continue
    if (own.volatility !== 'volatile') return false
    // The planner puts the body of a simple SQL function in the place of its call.
    if (own.inlined === null || depth >= DEEPEST) return true
    return own.inlined.functions.some((inner) => callIsVolatile(catalog, inner, depth + 1))
  }
  return !NOT_VOLATILE.has(call.name)
}
