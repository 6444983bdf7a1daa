import type { Catalog } from '../catalog.ts'
import { type QualifiedName, nameKey } from '../names.ts'
import type { Sameness } from '../sameness.ts'

/** Two catalogs, and how to take what cannot be told. */
export interface Comparison {
  readonly from: Catalog
  readonly to: Catalog
  readonly unsure: 'leave' | 'change'
}

/** Whether an answer counts as a difference. */
export function differs({ unsure }: Pick<Comparison, 'unsure'>, sameness: Sameness): boolean {
  return sameness === 'different' || (sameness === 'unknown' && unsure === 'change')
}

/** Objects of one map that another map does not have, by name. */
export function onlyIn<T extends QualifiedName>(
  one: ReadonlyMap<string, T>,
  other: ReadonlyMap<string, unknown>,
): readonly T[] {
  return [...one.values()]
    .filter((object) => !other.has(nameKey(object)))
    .sort((a, b) => (nameKey(a) < nameKey(b) ? -1 : 1))
}

/** The name alone of something that has one. */
export function nameOf({ schema, name }: QualifiedName): QualifiedName {
  return { schema, name }
}
