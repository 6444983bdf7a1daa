import type { ObjectKind, SchemaDifference } from './schemaDifference.ts'

/** Things of one kind that went and things that came: drizzle-kit asks which are renames. */
export interface Ambiguity {
  readonly kind: ObjectKind
  /** The table whose columns or policies these are. */
  readonly table: string | null
  readonly gone: readonly string[]
  readonly appeared: readonly string[]
}

/** What drizzle-kit asks about; it drops and creates all else (its `*Resolver`s, 0.24 to 0.31). */
const ASKED: ReadonlySet<ObjectKind> = new Set([
  'schema',
  'enum',
  'sequence',
  'role',
  'table',
  'view',
  'column',
  'policy',
])

/** Where drizzle-kit 0.x would ask whether something was renamed. */
export function ambiguitiesOf(differences: readonly SchemaDifference[]): readonly Ambiguity[] {
  return groupsOf(differences.filter(({ kind }) => ASKED.has(kind)))
}

/** Where things of one kind, and of one table, went and others came. */
export function groupsOf(differences: readonly SchemaDifference[]): readonly Ambiguity[] {
  const groups = new Map<
    string,
    { kind: ObjectKind; table: string | null; all: SchemaDifference[] }
  >()
  for (const one of differences) {
    if (one.change === 'changed') continue
    const key = `${one.kind} ${one.table ?? ''}`
    const group = groups.get(key)
    if (group) group.all.push(one)
    else groups.set(key, { kind: one.kind, table: one.table, all: [one] })
  }
  return [...groups.values()].flatMap(({ kind, table, all }) => {
    const those = (change: SchemaDifference['change']) =>
      all.filter((one) => one.change === change).map(({ object }) => object)
    const [gone, appeared] = [those('removed'), those('added')]
    return gone.length > 0 && appeared.length > 0 ? [{ kind, table, gone, appeared }] : []
  })
}
