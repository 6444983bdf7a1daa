import { type Aspect, type Aspects, IndexedMap } from './indexedMap.ts'
import { type QualifiedName, nameKey } from './names.ts'
import type { Index, Table } from './table.ts'

/** ASCII letters alone, as in SQLite. */
export function lowerCase(name: string): string {
  return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

interface Indexed extends QualifiedName {
  readonly indexes: readonly Index[]
}

/** An index has its name in the schema of what it stands on. */
const index: Aspect<Indexed> = {
  part: (holder) => holder.indexes,
  terms: ({ schema, indexes }) => indexes.map(({ name }) => nameKey({ schema, name })),
}

/** What tables are looked up by. */
const TABLES = {
  index,
  constraint: {
    part: (table) => table.constraints,
    terms: ({ schema, constraints }) => constraints.map(({ name }) => nameKey({ schema, name })),
  },
  references: {
    part: (table) => table.constraints,
    terms: ({ constraints }) =>
      constraints.flatMap((key) => (key.type === 'foreign key' ? [nameKey(key.references)] : [])),
  },
  type: {
    part: (table) => table.columns,
    terms: ({ columns }) =>
      columns.flatMap(({ type: { schema, name } }) =>
        schema === null ? [] : [nameKey({ schema, name })],
      ),
  },
  /** What the statements of its triggers name. */
  trigger: {
    part: (table) => table.triggers,
    terms: ({ triggers }) =>
      triggers.flatMap(({ mentions }) => mentions.map(({ relation }) => nameKey(relation))),
  },
  triggered: {
    part: (table) => table.triggers,
    terms: ({ triggers }) => (triggers.length > 0 ? ['yes'] : []),
  },
  /** Where names differ in the case of their letters only. */
  lowerCase: {
    part: (table) => table.name,
    terms: ({ schema, name }) => [nameKey({ schema, name: lowerCase(name) })],
  },
  policyReads: {
    part: (table) => table.policies,
    terms: ({ policies }) =>
      policies.flatMap(({ reads = [] }) => reads.map(({ relation }) => nameKey(relation))),
  },
  parent: {
    part: (table) => table.partitionOf ?? table.inherits,
    terms: ({ partitionOf, inherits }) =>
      (partitionOf === null ? inherits : [partitionOf]).map(nameKey),
  },
} satisfies Aspects<Table>

interface Reading extends Indexed {
  readonly reads: readonly { readonly relation: QualifiedName }[]
}

/** What views are looked up by. */
const VIEWS = {
  index,
  lowerCase: {
    part: (view) => view.name,
    terms: ({ schema, name }) => [nameKey({ schema, name: lowerCase(name) })],
  },
  reads: {
    part: (view) => view.reads,
    terms: ({ reads }) => reads.map(({ relation }) => nameKey(relation)),
  },
} satisfies Aspects<Reading>

interface Owned {
  readonly ownedBy: { readonly table: QualifiedName } | null
}

/** What sequences are looked up by. */
const SEQUENCES = {
  owner: {
    part: (sequence) => sequence.ownedBy,
    terms: ({ ownedBy }) => (ownedBy === null ? [] : [nameKey(ownedBy.table)]),
  },
} satisfies Aspects<Owned>

type Found<V, A> = IndexedMap<V, keyof A & string>

export const tablesByAspect = <T extends Table>(tables: ReadonlyMap<string, T>) =>
  byAspect<T, typeof TABLES>(tables, TABLES)

export const viewsByAspect = <V extends Reading>(views: ReadonlyMap<string, V>) =>
  byAspect<V, typeof VIEWS>(views, VIEWS)

export const sequencesByAspect = <S extends Owned>(sequences: ReadonlyMap<string, S>) =>
  byAspect<S, typeof SEQUENCES>(sequences, SEQUENCES)

/** A snapshot's catalog holds plain maps: nobody runs migrations on it. */
const known = new WeakMap<ReadonlyMap<string, unknown>, unknown>()

/** The map itself where it has an index, else one with the same entries; made once. */
function byAspect<V, A extends Aspects<V>>(map: ReadonlyMap<string, V>, aspects: A): Found<V, A> {
  if (map instanceof IndexedMap) return map as Found<V, A>
  const made = known.get(map) ?? IndexedMap.of(map, aspects)
  known.set(map, made)
  return made as Found<V, A>
}
