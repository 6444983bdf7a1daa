import { sequencesByAspect, tablesByAspect, viewsByAspect } from './aspects.ts'
import type { Catalog } from './catalog.ts'
import { SharedMap } from './sharedMap.ts'
import { SharedSet } from './sharedSet.ts'

type Plain<T> = T extends SharedSet ? ReadonlySet<string> : T

/**
 * A catalog as v8.serialize can write it: its maps and sets are plain ones. What a deployment found is
 * left out: the next one starts from the catalog itself.
 */
export type PlainCatalog = {
  readonly [K in keyof Omit<Catalog, 'deployed'>]: Plain<Catalog[K]>
}

/** The catalog, ready to be cached. */
export function plainCatalog({ deployed: _, ...catalog }: Catalog): PlainCatalog {
  const { types, extensions, roles, ...rest } = catalog
  return {
    ...rest,
    schemas: new Set(catalog.schemas),
    tables: new Map(catalog.tables),
    views: new Map(catalog.views),
    sequences: new Map(catalog.sequences),
    enums: new Map(catalog.enums),
    domains: new Map(catalog.domains),
    functions: new Map(catalog.functions),
    gone: new Set(catalog.gone),
    ...(types && { types: new Set(types) }),
    ...(extensions && { extensions: new Set(extensions) }),
    ...(roles && { roles: new Set(roles) }),
  }
}

/** A cached catalog as migrations can be run on it. */
export function catalogOf(plain: PlainCatalog): Catalog {
  const { types, extensions, roles, ...rest } = plain
  return {
    ...rest,
    schemas: SharedSet.from(plain.schemas),
    tables: tablesByAspect(plain.tables),
    views: viewsByAspect(plain.views),
    sequences: sequencesByAspect(plain.sequences),
    enums: SharedMap.from(plain.enums),
    domains: SharedMap.from(plain.domains),
    functions: SharedMap.from(plain.functions),
    gone: SharedSet.from(plain.gone),
    ...(types && { types: SharedSet.from(types) }),
    ...(extensions && { extensions: SharedSet.from(extensions) }),
    ...(roles && { roles: SharedSet.from(roles) }),
  }
}
