import type { Catalog } from './catalog.ts'
import { nameKey } from './names.ts'
import type { Subject } from './subject.ts'

/** Whether a catalog has an object; a primary key may go by that name, whatever its own is. */
export function holds(catalog: Catalog, { kind, table, name }: Subject): boolean {
  if (table === null) {
    const key = nameKey(name)
    switch (kind) {
      case 'view':
        return catalog.views.has(key)
      case 'enum':
        return catalog.enums.has(key)
      case 'sequence':
        return catalog.sequences.has(key)
      case 'schema':
        return catalog.schemas.has(name.schema)
      default:
        return catalog.tables.has(key)
    }
  }
  const holder = catalog.tables.get(nameKey(table))
  if (holder === undefined) return false
  const has = (parts: readonly { readonly name: string }[]) =>
    parts.some((part) => part.name === name.name)
  switch (kind) {
    case 'column':
      return has(holder.columns)
    case 'index':
      return has(holder.indexes)
    case 'policy':
      return has(holder.policies)
    default:
      return name.name === 'primary key'
        ? holder.constraints.some(({ type }) => type === 'primary key')
        : has(holder.constraints)
  }
}
