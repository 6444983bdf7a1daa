import { sequencesByAspect, tablesByAspect, viewsByAspect } from './aspects.ts'
import type { Catalog } from './catalog.ts'
import { SharedMap } from './sharedMap.ts'
import { SharedSet } from './sharedSet.ts'

/** A catalog as v8.serialize can write it: its maps and sets are plain ones. */
export type PlainCatalog = Omit<Catalog, 'schemas' | 'gone'> & {
  readonly schemas: ReadonlySet<string>
  readonly gone: ReadonlySet<string>
}

/** The catalog, ready to be cached. */
export function plainCatalog(catalog: Catalog): PlainCatalog {
  return {
    ...catalog,
    schemas: new Set(catalog.schemas),
    tables: new Map(catalog.tables),
    views: new Map(catalog.views),
    sequences: new Map(catalog.sequences),
    enums: new Map(catalog.enums),
    domains: new Map(catalog.domains),
    functions: new Map(catalog.functions),
    gone: new Set(catalog.gone),
  }
}

/** A cached catalog as migrations can be run on it. */
export function catalogOf(plain: PlainCatalog): Catalog {
  return {
    ...plain,
    schemas: SharedSet.from(plain.schemas),
    tables: tablesByAspect(plain.tables),
    views: viewsByAspect(plain.views),
    sequences: sequencesByAspect(plain.sequences),
    enums: SharedMap.from(plain.enums),
    domains: SharedMap.from(plain.domains),
    functions: SharedMap.from(plain.functions),
    gone: SharedSet.from(plain.gone),
  }
}
