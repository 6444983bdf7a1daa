/** How many ways a branch has, as bits of a key's hash. */
const BITS = 4
const WAYS = 1 << BITS
/** A leaf with more entries becomes a branch. */
const ROOM = 8
/** Below this depth the hash has no bits left: keys of one hash share a leaf, however many. */
const DEEPEST = 32

type Entry<V> = readonly [string, V]
interface Leaf<V> {
  readonly entries: Entry<V>[]
}
interface Branch<V> {
  readonly ways: (Node<V> | undefined)[]
}
type Node<V> = Leaf<V> | Branch<V>
/** What a map consists of. */
export interface Contents<V> {
  readonly root: Node<V> | undefined
  readonly size: number
}

/**
 * A map whose changed copies share all but one path with the one they come from (a trie over the
 * keys' hashes). Every change keeps the catalog on both sides of it; with plain maps, thousands of
 * tables in one deployment would be thousands of copies of thousands of entries.
 *
 * It is not iterated in the order of insertion.
 */
export class SharedMap<V> implements ReadonlyMap<string, V> {
  readonly size: number
  private readonly root: Node<V> | undefined

  protected constructor({ root, size }: Contents<V>) {
    this.root = root
    this.size = size
  }

  static from<V>(entries: Iterable<Entry<V>>): SharedMap<V> {
    return new SharedMap(SharedMap.contentsOf(entries))
  }

  protected static contentsOf<V>(entries: Iterable<Entry<V>>): Contents<V> {
    let root: Node<V> | undefined
    let size = 0
    for (const entry of entries) {
      const hash = hashOf(entry[0])
      if (find(root, entry[0], hash) === undefined) size++
      // Nobody has seen this trie yet: it may be changed in place.
      root = put(root, entry, hash, 0, true)
    }
    return { root, size }
  }

  /** A copy with a key set. */
  with(key: string, value: V): SharedMap<V> {
    return new SharedMap(this.contentsWith(key, value))
  }

  /** A copy without a key; itself where it has none. */
  without(key: string): SharedMap<V> {
    return this.has(key) ? new SharedMap(this.contentsWithout(key)) : this
  }

  protected contentsWith(key: string, value: V): Contents<V> {
    const hash = hashOf(key)
    const size = find(this.root, key, hash) === undefined ? this.size + 1 : this.size
    return { root: put(this.root, [key, value], hash, 0, false), size }
  }

  protected contentsWithout(key: string): Contents<V> {
    return { root: take(this.root, key, hashOf(key), 0), size: this.size - 1 }
  }

  get(key: string): V | undefined {
    return this.entry(key)?.[1]
  }

  has(key: string): boolean {
    return this.entry(key) !== undefined
  }

  private entry(key: string): Entry<V> | undefined {
    // Small maps have no branches, and most maps are small.
    if (this.root === undefined) return undefined
    return find(this.root, key, 'ways' in this.root ? hashOf(key) : 0)
  }

  forEach(visit: (value: V, key: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [key, value] of this) visit(value, key, this)
  }

  *entries(): MapIterator<[string, V]> {
    for (const [key, value] of collect(this.root, [])) yield [key, value]
  }

  *keys(): MapIterator<string> {
    for (const [key] of collect(this.root, [])) yield key
  }

  *values(): MapIterator<V> {
    for (const [, value] of collect(this.root, [])) yield value
  }

  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries()
  }
}

function find<V>(root: Node<V> | undefined, key: string, hash: number): Entry<V> | undefined {
  let node = root
  for (let bits = hash; node !== undefined && 'ways' in node; bits >>>= BITS) {
    node = node.ways[bits & (WAYS - 1)]
  }
  if (node === undefined) return undefined
  // In place of find(): every name that SQL mentions is looked up, most of them several times.
  for (const entry of node.entries) if (entry[0] === key) return entry
  return undefined
}

function put<V>(
  node: Node<V> | undefined,
  entry: Entry<V>,
  hash: number,
  depth: number,
  inPlace: boolean,
): Node<V> {
  if (node === undefined) return { entries: [entry] }
  if ('ways' in node) {
    const ways = inPlace ? node.ways : node.ways.slice()
    const way = (hash >>> depth) & (WAYS - 1)
    ways[way] = put(ways[way], entry, hash, depth + BITS, inPlace)
    return inPlace ? node : { ways }
  }
  const entries = inPlace ? node.entries : node.entries.slice()
  const position = entries.findIndex(([key]) => key === entry[0])
  entries[position < 0 ? entries.length : position] = entry
  return entries.length <= ROOM || depth >= DEEPEST ? { entries } : split(entries, depth)
}

function split<V>(entries: readonly Entry<V>[], depth: number): Node<V> {
  const parts = Array.from({ length: WAYS }, (): Entry<V>[] => [])
  for (const entry of entries) parts[(hashOf(entry[0]) >>> depth) & (WAYS - 1)]?.push(entry)
  return { ways: parts.map((part) => (part.length > 0 ? { entries: part } : undefined)) }
}

function take<V>(
  node: Node<V> | undefined,
  key: string,
  hash: number,
  depth: number,
): Node<V> | undefined {
  if (node === undefined) return undefined
  if ('entries' in node) {
    const entries = node.entries.filter((entry) => entry[0] !== key)
    return entries.length > 0 ? { entries } : undefined
  }
  const ways = node.ways.slice()
  const way = (hash >>> depth) & (WAYS - 1)
  ways[way] = take(ways[way], key, hash, depth + BITS)
  return ways.some((one) => one !== undefined) ? { ways } : undefined
}

function collect<V>(node: Node<V> | undefined, into: Entry<V>[]): Entry<V>[] {
  if (node === undefined) return into
  if ('entries' in node) for (const entry of node.entries) into.push(entry)
  else for (const way of node.ways) collect(way, into)
  return into
}

/** FNV-1a, with its high bits mixed into the low ones that are used first. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x2c1b3c6d)
  return (hash ^ (hash >>> 13)) >>> 0
}
