import { type Contents, SharedMap } from './sharedMap.ts'

/** Something values are looked up by: the tables a table points at, say. */
export interface Aspect<V> {
  /** What the terms are read from: as long as it is the same object, so are they. */
  readonly part: (value: V) => unknown
  readonly terms: (value: V) => readonly string[]
}

export type Aspects<V> = Readonly<Record<string, Aspect<V>>>

/** The keys of the values that have a term. Most terms have one: a set of its own for each would cost. */
type Keys = string | SharedMap<true>
/** The keys by term, one map for each aspect, in the order of the aspects. */
type Index = readonly SharedMap<Keys>[]

const NO_TERMS: SharedMap<Keys> = SharedMap.from([])

/**
 * A shared map that also finds its values by what they hold. The index follows each change of the
 * map, so that nobody has to walk over thousands of tables to find the two that point at one.
 */
export class IndexedMap<V, A extends string = string> extends SharedMap<V> {
  readonly #aspects: readonly (readonly [string, Aspect<V>])[]
  /** Made when it is first needed. */
  #index: Index | null

  private constructor(
    contents: Contents<V>,
    aspects: readonly (readonly [string, Aspect<V>])[],
    index: Index | null,
  ) {
    super(contents)
    this.#aspects = aspects
    this.#index = index
  }

  static of<V>(entries: Iterable<readonly [string, V]>, aspects: Aspects<V>): IndexedMap<V> {
    return new IndexedMap(SharedMap.contentsOf(entries), Object.entries(aspects), null)
  }

  override with(key: string, value: V): IndexedMap<V, A> {
    const index = this.changed(this.index(), key, this.get(key), value)
    return new IndexedMap(this.contentsWith(key, value), this.#aspects, index)
  }

  override without(key: string): IndexedMap<V, A> {
    const value = this.get(key)
    if (value === undefined) return this
    const index = this.changed(this.index(), key, value, undefined)
    return new IndexedMap(this.contentsWithout(key), this.#aspects, index)
  }

  /** The values that have a term, in the order of their keys. */
  having(aspect: A, term: string): readonly V[] {
    const position = this.#aspects.findIndex(([name]) => name === aspect)
    const keys = this.index()[position]?.get(term)
    if (keys === undefined) return []
    return keysIn(keys).flatMap((key) => this.get(key) ?? [])
  }

  private index(): Index {
    this.#index ??= this.#aspects.map(([, { terms }]) => {
      const keys = new Map<string, string[]>()
      for (const [key, value] of this) {
        for (const term of new Set(terms(value))) {
          const known = keys.get(term)
          if (known === undefined) keys.set(term, [key])
          else known.push(key)
        }
      }
      return SharedMap.from([...keys].map(([term, own]) => [term, keysOf(own)] as const))
    })
    return this.#index
  }

  private changed(index: Index, key: string, before: V | undefined, after: V | undefined): Index {
    return this.#aspects.map(([, { part, terms }], position) => {
      let own = index[position] ?? NO_TERMS
      if (before && after && part(before) === part(after)) return own
      const old = before ? terms(before) : []
      const now = after ? terms(after) : []
      for (const term of old) if (!now.includes(term)) own = withoutKey(own, term, key)
      for (const term of now) if (!old.includes(term)) own = withKey(own, term, key)
      return own
    })
  }
}

function keysIn(keys: Keys): readonly string[] {
  return typeof keys === 'string' ? [keys] : [...keys.keys()].sort()
}

function keysOf(keys: readonly string[]): Keys {
  return keys.length === 1 ? keys[0]! : SharedMap.from(keys.map((key) => [key, true as const]))
}

function withKey(terms: SharedMap<Keys>, term: string, key: string): SharedMap<Keys> {
  const keys = terms.get(term)
  if (keys === undefined) return terms.with(term, key)
  if (keys === key) return terms
  const all = typeof keys === 'string' ? SharedMap.from([[keys, true as const]]) : keys
  return terms.with(term, all.with(key, true))
}

function withoutKey(terms: SharedMap<Keys>, term: string, key: string): SharedMap<Keys> {
  const keys = terms.get(term)
  if (keys === undefined || typeof keys === 'string')
    return keys === key ? terms.without(term) : terms
  const rest = keys.without(key)
  if (rest.size > 1) return terms.with(term, rest)
  const [last] = rest.keys()
  return last === undefined ? terms.without(term) : terms.with(term, last)
}
