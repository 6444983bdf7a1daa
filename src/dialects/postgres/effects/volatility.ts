import type { Catalog } from '../../../catalog/catalog.ts'
import type { Expression } from '../../../catalog/expression.ts'
import { type QualifiedName, nameKey } from '../../../catalog/names.ts'
import { NOT_VOLATILE, VOLATILE } from './builtInFunctions.ts'
import { isNotVolatileInExtension } from './extensionFunctions.ts'

/**
 * Whether an expression has to be computed again for every row, so that ADD COLUMN with it as
 * default rewrites the table (`contain_volatile_functions`, ATExecAddColumn in tablecmds.c).
 */
export function isVolatile(catalog: Catalog, expression: Expression): boolean {
  return expression.functions.some((call) => callIsVolatile(catalog, call, 0))
}

/**
 * The functions on whose account alone an expression counts as volatile, where nobody here knows
 * whether they are: neither the migrations made them, nor PostgreSQL or an extension that is known.
 *
 * @returns none where it is volatile for certain, or not at all
 */
export function doubtfulFunctions(catalog: Catalog, expression: Expression): readonly string[] {
  const volatile = expression.functions.filter((call) => callIsVolatile(catalog, call, 0))
  const doubtful = volatile.filter((call) => !isOwn(catalog, call) && !VOLATILE.has(call.name))
  return doubtful.length === volatile.length ? doubtful.map(({ name }) => name) : []
}

function isOwn(catalog: Catalog, call: QualifiedName): boolean {
  const schemas = call.schema === '' ? catalog.searchPath : [call.schema]
  return schemas.some((schema) => catalog.functions.has(nameKey({ schema, name: call.name })))
}

function isKnownNotVolatile(name: string): boolean {
  return NOT_VOLATILE.has(name) || isNotVolatileInExtension(name)
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
  return !isKnownNotVolatile(call.name)
}
