import { type Contents, SharedMap } from './sharedMap.ts'

/**
 * Something values are looked up by: the tables a table points at, say.
 *
 * @typeParam V - of the map's values
 */
export interface Aspect<V> {
  /** What the terms are read from: as long as it is the same object, so are they. */
  readonly part: (value: V) => unknown
  readonly terms: (value: V) => readonly string[]
}

export type Aspects<V> = Readonly<Record<string, Aspect<V>>>
/** For each aspect and term, the keys of the values that have it. */
type Index = SharedMap<SharedMap<true>>

const NOBODY: SharedMap<true> = SharedMap.from([])

/**
 * A shared map that also finds its values by what they hold. The index follows each change of the
 * map, so that nobody has to walk over thousands of tables to find the two that point at one.
 */
export class IndexedMap<V, A extends string = string> extends SharedMap<V> {
  readonly #aspects: Aspects<V>
  /** Made when it is first needed. */
  #index: Index | null

  private constructor(contents: Contents<V>, aspects: Aspects<V>, index: Index | null) {
    super(contents)
    this.#aspects = aspects
    this.#index = index
  }

  static of<V>(entries: Iterable<readonly [string, V]>, aspects: Aspects<V>): IndexedMap<V> {
    return new IndexedMap(SharedMap.contentsOf(entries), aspects, null)
  }

  override with(key: string, value: V): IndexedMap<V, A> {
    const index = this.reindexed(key, this.get(key), value)
    return new IndexedMap(this.contentsWith(key, value), this.#aspects, index)
  }

  override without(key: string): IndexedMap<V, A> {
    const value = this.get(key)
    if (value === undefined) return this
    const index = this.reindexed(key, value, undefined)
    return new IndexedMap(this.contentsWithout(key), this.#aspects, index)
  }

  /** The values that have a term, in the order of their keys. */
  having(aspect: A, term: string): readonly V[] {
    const keys = [...(this.index().get(`${aspect} ${term}`)?.keys() ?? [])].sort()
    return keys.map((key) => this.get(key)).filter((value) => value !== undefined)
  }

  private index(): Index {
    if (this.#index === null) {
      let index: Index = SharedMap.from([])
      for (const [key, value] of this) index = this.changed(index, key, undefined, value)
      this.#index = index
    }
    return this.#index
  }

  private reindexed(key: string, before: V | undefined, after: V | undefined): Index {
    return this.changed(this.index(), key, before, after)
  }

  private changed(index: Index, key: string, before: V | undefined, after: V | undefined): Index {
    let result = index
    for (const [name, aspect] of Object.entries(this.#aspects)) {
      if (before && after && aspect.part(before) === aspect.part(after)) continue
      const old = new Set(before ? aspect.terms(before) : [])
      const now = new Set(after ? aspect.terms(after) : [])
      for (const term of old) if (!now.has(term)) result = remove(result, `${name} ${term}`, key)
      for (const term of now) if (!old.has(term)) result = add(result, `${name} ${term}`, key)
    }
    return result
  }
}

function add(index: Index, term: string, key: string): Index {
  return index.with(term, (index.get(term) ?? NOBODY).with(key, true))
}

function remove(index: Index, term: string, key: string): Index {
  const rest = (index.get(term) ?? NOBODY).without(key)
  return rest.size > 0 ? index.with(term, rest) : index.without(term)
}
