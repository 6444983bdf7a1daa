import type { EnumType } from '../../catalog/catalog.ts'
import type { Table } from '../../catalog/table.ts'

/** A table of a snapshot as the catalog has it. */
export interface BuiltTable {
  readonly table: Table
  readonly unread: readonly string[]
}

interface Known extends BuiltTable {
  /** The types there were when it was built, or that make no difference to it. */
  types: Types
  /** What the snapshot says of it, in small letters. */
  readonly text: string
}

type Types = ReadonlyMap<string, EnumType>

/**
 * Tables that earlier snapshots of a folder had: from one to the next, most stay as they are, and are
 * then the same objects.
 */
export class KnownTables<S extends object> {
  private readonly bySource = new WeakMap<S, Known>()
  private readonly byText = new Map<string, Known>()
  private compared: {
    readonly before: Types
    readonly after: Types
    readonly names: readonly string[]
  } | null = null

  /**
   * @param types - what a bare name of a type means depends on the types there are
   * @param build - for a table that is not known
   */
  get(types: Types, source: S, build: () => BuiltTable): BuiltTable {
    let known = this.bySource.get(source)
    if (!known) {
      const text = JSON.stringify(source)
      known = this.byText.get(text)
      if (!known || this.matters(known, types)) {
        known = { ...build(), types, text: text.toLowerCase() }
        this.byText.set(text, known)
      }
      this.bySource.set(source, known)
    } else if (this.matters(known, types)) {
      known = { ...build(), types, text: known.text }
      this.bySource.set(source, known)
    }
    known.types = types
    return known
  }

  /** Whether a table mentions a type that has come or gone since it was built. */
  private matters({ types: before, text }: Known, after: Types): boolean {
    if (before === after) return false
    if (this.compared?.before !== before || this.compared.after !== after) {
      this.compared = { before, after, names: [...onlyIn(before, after), ...onlyIn(after, before)] }
    }
    return this.compared.names.some((name) => text.includes(name))
  }
}

/** Names as a table's text would have them; with a quote in one, nothing is sure: all texts have some. */
function onlyIn(one: Types, other: Types): readonly string[] {
  const names = [...one].flatMap(([key, { name }]) => (other.has(key) ? [] : [name.toLowerCase()]))
  return names.map((name) => (/["\\]/.test(name) ? '"' : name))
}
