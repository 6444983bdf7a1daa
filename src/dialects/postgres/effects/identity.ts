import type { Catalog } from '../../../catalog/catalog.ts'
import type { DataType } from '../../../catalog/type.ts'
import { resolveType } from './resolveType.ts'
import { baseOf, isArray, isUnknown, typeKey } from './typeModel.ts'

/** What PostgreSQL says to an identity of any other type (`init_params`, sequence.c). */
export const IDENTITY_TYPE = 'identity column type must be smallint, integer, or bigint'

/** Whether a column of the type can be an identity; yes for what nothing is known of. */
export function canCount(catalog: Catalog, type: DataType): boolean {
  const base = baseOf(resolveType(catalog, type))
  return isUnknown(base) || (!isArray(base) && WHOLE.has(typeKey(base)))
}

const WHOLE: ReadonlySet<string> = new Set(['int2', 'int4', 'int8'])
