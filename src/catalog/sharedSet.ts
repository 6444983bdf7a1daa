import { SharedMap } from './sharedMap.ts'

/** A set of names whose changed copies share nearly everything with the one they come from. */
export class SharedSet {
  readonly #map: SharedMap<true>

  private constructor(map: SharedMap<true>) {
    this.#map = map
  }

  static from(names: Iterable<string>): SharedSet {
    return new SharedSet(SharedMap.from(Array.from(names, (name) => [name, true] as const)))
  }

  has(name: string): boolean {
    return this.#map.has(name)
  }

  /** A copy with a name; itself where it has it. */
  with(name: string): SharedSet {
    return this.has(name) ? this : new SharedSet(this.#map.with(name, true))
  }

  /** A copy without a name; itself where it has none. */
  without(name: string): SharedSet {
    return this.has(name) ? new SharedSet(this.#map.without(name)) : this
  }

  [Symbol.iterator](): IterableIterator<string> {
    return this.#map.keys()
  }
}
