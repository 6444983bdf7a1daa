import { type Catalog, findDomain, findEnum } from '../../../catalog/catalog.ts'
import type { DataType } from '../../../catalog/type.ts'
import type { PgType } from './typeChange.ts'

/** A type with what the catalog knows about it. */
export function resolveType(catalog: Catalog, type: DataType): PgType {
  if (type.schema === null) return { ...type, kind: 'base' }
  const labels = findEnum(catalog, type)?.labels
  if (labels !== undefined) return { ...type, kind: 'enum', labels }
  const domain = findDomain(catalog, type)
  if (domain === undefined) return { ...type, kind: 'unknown' }
  return {
    ...type,
    kind: 'domain',
    base: resolveType(catalog, domain.base),
    constrained: domain.constrained,
  }
}
