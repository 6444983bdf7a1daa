/** What a snapshot of drizzle-kit 0.x holds, as far as all dialects share it. */
export type SnapshotJson = Readonly<Record<string, unknown>>

export type ObjectKind =
  | 'schema'
  | 'enum'
  | 'sequence'
  | 'role'
  | 'table'
  | 'view'
  | 'column'
  | 'index'
  | 'foreign key'
  | 'primary key'
  | 'unique constraint'
  | 'check constraint'
  | 'policy'

/** One thing in which a schema differs from a snapshot. */
export interface SchemaDifference {
  readonly kind: ObjectKind
  readonly change: 'added' | 'removed' | 'changed'
  /** As SQL names it: `users.phone`, `auth.users`, `orders_user_id_fk`. */
  readonly object: string
  /** The table it belongs to, as SQL names it; null for what belongs to none. */
  readonly table: string | null
  /** The same in words: `users.phone added`, `posts.title text → varchar(200)`. */
  readonly text: string
  /** All of what was and is to be, to tell whether another difference in the same words is the same. */
  readonly content: string
}

type Part = Readonly<Record<string, unknown>>

const TOP: readonly (readonly [string, ObjectKind])[] = [
  ['schemas', 'schema'],
  ['enums', 'enum'],
  ['sequences', 'sequence'],
  ['roles', 'role'],
  ['tables', 'table'],
  ['views', 'view'],
  ['policies', 'policy'],
]

const IN_TABLE: readonly (readonly [string, ObjectKind])[] = [
  ['columns', 'column'],
  ['indexes', 'index'],
  ['foreignKeys', 'foreign key'],
  ['compositePrimaryKeys', 'primary key'],
  ['uniqueConstraints', 'unique constraint'],
  ['checkConstraints', 'check constraint'],
  ['checkConstraint', 'check constraint'],
  ['policies', 'policy'],
]

/**
 * What has to happen to the schema of one snapshot to become that of another, object by object. It
 * knows nothing of dialects: snapshots of drizzle-kit 0.x are objects by name in all of them.
 */
export function differencesBetween(
  before: SnapshotJson,
  after: SnapshotJson,
): readonly SchemaDifference[] {
  return TOP.flatMap(([key, kind]) =>
    pairs(before[key], after[key]).flatMap(([name, old, new_]) => {
      const object = old || new_ ? nameOf(name, (new_ ?? old)!) : name
      if (!old) return [difference(kind, 'added', object, null, [], canonical(new_))]
      if (!new_) return [difference(kind, 'removed', object, null)]
      return kind === 'table'
        ? inTable(object, old, new_)
        : changedPart(kind, object, null, old, new_)
    }),
  )
}

/** Whether two values are the same but for the order of keys. */
export function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b)
}

/** Whether two snapshots say the same about the schema; which migration made them is no matter. */
export function isSameSchema(a: SnapshotJson, b: SnapshotJson): boolean {
  return canonical(schemaOnly(a)) === canonical(schemaOnly(b))
}

function schemaOnly({ id: _id, prevId: _prevId, _meta, ...schema }: SnapshotJson): SnapshotJson {
  return schema
}

function inTable(table: string, before: Part, after: Part): SchemaDifference[] {
  const parts = IN_TABLE.flatMap(([key, kind]) =>
    pairs(before[key], after[key]).flatMap(([name, old, new_]) => {
      const object = kind === 'column' ? `${table}.${name}` : name
      if (!old) return [difference(kind, 'added', object, table, [], canonical(new_))]
      if (!new_) return [difference(kind, 'removed', object, table)]
      return changedPart(kind, object, table, old, new_)
    }),
  )
  const known = new Set(IN_TABLE.map(([key]) => key))
  const own = Object.keys({ ...before, ...after }).filter((key) => !known.has(key))
  const changed = own.filter((key) => !isSame(before[key], after[key]))
  return changed.length === 0
    ? parts
    : [
        ...parts,
        difference(
          'table',
          'changed',
          table,
          null,
          changed.map((key) => attribute(key, before[key], after[key])),
          canonical(changed.map((key) => [key, before[key], after[key]])),
        ),
      ]
}

function changedPart(
  ...[kind, object, table, before, after]: Parameters<typeof changedThing>
): SchemaDifference[] {
  return isSame(before, after) ? [] : [changedThing(kind, object, table, before, after)]
}

/** How a thing that both sides have changes, attribute by attribute. */
export function changedThing(
  kind: ObjectKind,
  object: string,
  table: string | null,
  before: Part,
  after: Part,
): SchemaDifference {
  const changed = Object.keys({ ...before, ...after }).filter(
    (key) => !isSame(before[key], after[key]),
  )
  return difference(
    kind,
    'changed',
    object,
    table,
    changed.map((key) => attribute(key, before[key], after[key])),
    canonical(changed.map((key) => [key, before[key], after[key]])),
  )
}

/** One difference, put in words. */
export function difference(
  kind: ObjectKind,
  change: SchemaDifference['change'],
  object: string,
  table: string | null,
  words: readonly string[] = [],
  content = '',
): SchemaDifference {
  const what = kind === 'column' ? object : `${kind} ${object}`
  const where = table !== null && kind !== 'column' && change === 'added' ? ` on ${table}` : ''
  const text = change === 'changed' ? `${what} ${words.join(', ')}` : `${what} ${change}${where}`
  return { kind, change, object, table, text, content }
}

function attribute(key: string, before: unknown, after: unknown): string {
  switch (key) {
    case 'type':
      return `${String(before)} → ${String(after)}`
    case 'notNull':
      return after === true ? 'now NOT NULL' : 'no longer NOT NULL'
    case 'primaryKey':
      return after === true ? 'now the primary key' : 'no longer the primary key'
    case 'default':
      if (after === undefined) return 'default removed'
      return before === undefined
        ? `default ${shown(after)} added`
        : `default ${shown(before)} → ${shown(after)}`
    case 'values':
      return `values ${shown(before)} → ${shown(after)}`
    case 'isRLSEnabled':
      return after === true ? 'row level security enabled' : 'row level security disabled'
    default:
      return `${key} changed`
  }
}

function shown(value: unknown): string {
  return Array.isArray(value)
    ? value.join(', ')
    : typeof value === 'string'
      ? value
      : canonical(value)
}

/** Both sides of every name, in the order of the later snapshot. */
function pairs(
  before: unknown,
  after: unknown,
): (readonly [string, Part | undefined, Part | undefined])[] {
  const [old, new_] = [parts(before), parts(after)]
  const names = [...new Set([...Object.keys(new_), ...Object.keys(old)])]
  return names.map((name) => [name, old[name], new_[name]])
}

function parts(value: unknown): Readonly<Record<string, Part>> {
  if (value === null || typeof value !== 'object') return {}
  // `schemas` maps names to names.
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      typeof part === 'object' && part ? part : { part },
    ]),
  ) as Record<string, Part>
}

/** Keys of PostgreSQL's tables hold the schema, `public` too. */
function nameOf(key: string, part: Part): string {
  const { name, schema } = part
  if (typeof name !== 'string') return key
  return typeof schema === 'string' && schema !== '' && schema !== 'public'
    ? `${schema}.${name}`
    : name
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
