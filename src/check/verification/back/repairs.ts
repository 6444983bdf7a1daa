import { type QualifiedName, displayName, nameKey } from '../../../catalog/names.ts'
import type { Subject } from '../../../catalog/subject.ts'
import { holds } from '../../../catalog/holds.ts'
import type { Database, OtherObject } from '../../../verify/catalog/readDatabase.ts'
import { quoteIdentifier, quoteLiteral } from '../../../verify/trace/client.ts'

/**
 * Statements for what reading a migration does not tell how to bring back, and the server's own
 * definitions of before do: views, functions, triggers, policies, indexes, checks and types that are
 * missing or are others now.
 */
export function repairsFor(now: Database, was: Database): readonly string[] {
  const byKind: Record<Step, string[]> = {
    drop: [],
    type: [],
    function: [],
    constraint: [],
    index: [],
    view: [],
    policy: [],
    trigger: [],
  }
  for (const type of was.catalog.enums.values()) {
    if (now.catalog.enums.has(nameKey(type))) continue
    byKind.type.push(
      `CREATE TYPE ${own(type)} AS ENUM (${type.labels.map(quoteLiteral).join(', ')});`,
    )
  }
  others(now, was, byKind)
  for (const [key, { subject, text }] of was.definitions) {
    const is = now.definitions.get(key)?.text
    const { kind, table, name } = subject
    if (is === text || (table !== null && !isThere(now, table))) continue
    const isMissing = !holds(now.catalog, subject)
    const quoted = quoteIdentifier(name.name)
    if (kind === 'view' && isMissing) {
      const view = was.catalog.views.get(nameKey(name))
      const what = view?.materialized ? 'MATERIALIZED VIEW' : 'VIEW'
      if (/^\s*(?:SELECT|WITH)\b/i.test(text))
        byKind.view.push(`CREATE ${what} ${own(name)} AS${text}`)
    } else if (table === null) continue
    else if (kind === 'index' && isMissing)
      byKind.index.push(`${text.replace(/^CREATE (?:UNIQUE )?INDEX/, `$& ${quoted}`)};`)
    else if (kind === 'constraint' && isMissing && !hasLike(now, subject, text))
      byKind.constraint.push(`ALTER TABLE ${own(table)} ADD CONSTRAINT ${quoted} ${text};`)
    else if (kind === 'policy') {
      if (!isMissing) byKind.drop.push(`DROP POLICY ${quoted} ON ${own(table)};`)
      byKind.policy.push(`CREATE POLICY ${quoted} ON ${own(table)} ${text};`)
    }
  }
  return ORDER.flatMap((step) => byKind[step])
}

const ORDER = [
  'drop',
  'type',
  'function',
  'constraint',
  'index',
  'view',
  'policy',
  'trigger',
] as const
type Step = (typeof ORDER)[number]

function others(now: Database, was: Database, byKind: Record<Step, string[]>): void {
  const key = ({ kind, shown, name }: OtherObject) => `${kind}\0${shown}\0${name}`
  const [before, after] = [was, now].map(
    ({ others: all }) => new Map(all.map((one) => [key(one), one])),
  )
  for (const [at, one] of before!) {
    const is = after!.get(at)
    if (is?.definition === one.definition || one.definition === '') continue
    if (one.kind === 'function' || one.kind === 'procedure')
      byKind.function.push(ended(one.definition))
    else if (one.kind === 'trigger' && one.table && isThere(now, one.table)) {
      if (is) byKind.drop.push(dropOf(is)!)
      byKind.trigger.push(ended(one.definition))
    } else if (!is) byKind.type.push(ended(one.definition))
  }
  for (const [at, one] of after!) {
    const drop = before!.has(at) ? null : dropOf(one)
    if (drop !== null) byKind.drop.push(drop)
  }
  // A function goes after the triggers that call it.
  byKind.drop.sort(
    (a, b) => Number(b.startsWith('DROP TRIGGER')) - Number(a.startsWith('DROP TRIGGER')),
  )
}

function dropOf({ kind, schema, name, table }: OtherObject): string | null {
  if (kind === 'trigger' && table) return `DROP TRIGGER ${quoteIdentifier(name)} ON ${own(table)};`
  if (kind !== 'function' && kind !== 'procedure') return null
  const [bare = '', rest = ''] = [name.slice(0, name.indexOf('(')), name.slice(name.indexOf('('))]
  return `DROP ${kind.toUpperCase()} ${own({ schema, name: bare })}${rest};`
}

/** Whether the table has the same constraint under another name. */
function hasLike({ definitions }: Database, { table }: Subject, text: string): boolean {
  return [...definitions.values()].some(
    (one) =>
      one.subject.kind === 'constraint' &&
      one.subject.table !== null &&
      table !== null &&
      displayName(one.subject.table) === displayName(table) &&
      one.text === text,
  )
}

function isThere({ catalog }: Database, name: QualifiedName): boolean {
  return catalog.tables.has(nameKey(name)) || catalog.views.has(nameKey(name))
}

function own({ schema, name }: QualifiedName): string {
  return schema === 'public'
    ? quoteIdentifier(name)
    : `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`
}

function ended(sql: string): string {
  return /;\s*$/.test(sql) ? sql : `${sql};`
}
