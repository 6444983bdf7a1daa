import type { Node } from '@pgsql/types'
import type { Catalog } from '../../../../catalog/catalog.ts'
import type { ChangeBody } from '../../../../catalog/change.ts'
import type { PartPlace, Places } from '../places.ts'

export type { Places } from '../places.ts'

/** Where a statement inside another one stands, and whether it is sure to run. */
export interface Within {
  readonly start: number
  readonly end: number
  /** It stands in a condition, a loop or under an exception handler. */
  readonly guarded: boolean
}

/** What a translator needs: the catalog as it stands, and where its changes go. */
export interface Translation {
  /** After everything that was emitted so far. */
  catalog(): Catalog
  /** The text that is translated, as bytes, and where the statement stands in it. */
  text(): { readonly bytes: Buffer; readonly start: number; readonly end: number }
  /** @param within - for a statement inside a DO block */
  emit(body: ChangeBody, places?: Places, within?: Within): void
}

/** A place at a node's location; none where the tree has no location. */
export function at(location: number | undefined): PartPlace | undefined {
  return location === undefined || location < 0 ? undefined : { at: location }
}

/** A place where an identifier stands, found by looking for it after a location. */
export function word(name: string, from: number | undefined): PartPlace {
  return { word: name, from: Math.max(0, from ?? 0) }
}

/**
 * A place where an action on a relation names a column or constraint, which the tree does not tell.
 *
 * @param from - where the relation's name starts
 * @param action - how many actions of the statement before this one name the same
 */
export function named(name: string, from: number, action = 0): PartPlace {
  return { word: name, from, action }
}

/** The last place where an identifier stands. */
export function lastWord(name: string): PartPlace {
  return { word: name, from: 0, last: true }
}

/** Places counted from another beginning. */
export function shifted(places: Places | undefined, by: number): Places {
  if (places === undefined || by === 0) return places ?? {}
  return Object.fromEntries(
    Object.entries(places).map(([part, place]) => [
      part,
      place && ('at' in place ? { at: place.at + by } : { ...place, from: place.from + by }),
    ]),
  )
}

/** Where an expression starts; a cast's own location is that of its `::`. */
export function locationOf(node: Node | undefined): number | undefined {
  const body = node && (Object.values(node)[0] as { location?: number; arg?: Node } | undefined)
  return body?.arg ? (locationOf(body.arg) ?? body.location) : body?.location
}
