/** So many that a copy of one part stays small where there are thousands of keys. */
const PARTS = 64

/**
 * A map whose changed copies share all but a small part with the one they come from. Every change
 * keeps the catalog on both sides of it; with plain maps, thousands of tables in one deployment would
 * be thousands of copies of thousands of entries.
 *
 * It is not iterated in the order of insertion.
 */
export class SharedMap<V> implements ReadonlyMap<string, V> {
  readonly size: number
  private readonly parts: readonly (ReadonlyMap<string, V> | undefined)[]

  private constructor(parts: readonly (ReadonlyMap<string, V> | undefined)[], size: number) {
    this.parts = parts
    this.size = size
  }

  static from<V>(entries: Iterable<readonly [string, V]>): SharedMap<V> {
    const parts: (Map<string, V> | undefined)[] = new Array<undefined>(PARTS).fill(undefined)
    let size = 0
    for (const [key, value] of entries) {
      const part = (parts[partOf(key)] ??= new Map<string, V>())
      if (!part.has(key)) size++
      part.set(key, value)
    }
    return new SharedMap(parts, size)
  }

  /** A copy with a key set. */
  with(key: string, value: V): SharedMap<V> {
    const part = new Map(this.parts[partOf(key)])
    const size = part.has(key) ? this.size : this.size + 1
    return this.replaced(key, part.set(key, value), size)
  }

  /** A copy without a key; itself where it has none. */
  without(key: string): SharedMap<V> {
    if (!this.has(key)) return this
    const part = new Map(this.parts[partOf(key)])
    part.delete(key)
    return this.replaced(key, part, this.size - 1)
  }

  get(key: string): V | undefined {
    return this.parts[partOf(key)]?.get(key)
  }

  has(key: string): boolean {
    return this.parts[partOf(key)]?.has(key) === true
  }

  forEach(visit: (value: V, key: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [key, value] of this) visit(value, key, this)
  }

  *entries(): MapIterator<[string, V]> {
    for (const part of this.parts) if (part) yield* part
  }

  *keys(): MapIterator<string> {
    for (const part of this.parts) if (part) yield* part.keys()
  }

  *values(): MapIterator<V> {
    for (const part of this.parts) if (part) yield* part.values()
  }

  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries()
  }

  private replaced(key: string, part: ReadonlyMap<string, V>, size: number): SharedMap<V> {
    const parts = [...this.parts]
    parts[partOf(key)] = part
    return new SharedMap(parts, size)
  }
}

/** The ends of names differ most; reading all of one would cost more than it spreads. */
function partOf(key: string): number {
  const { length } = key
  const last = key.charCodeAt(length - 1)
  const middle = key.charCodeAt(length >> 1)
  const before = key.charCodeAt(length - 3) || 0
  return (length * 7 + last * 31 + middle * 17 + before * 13) % PARTS
}
