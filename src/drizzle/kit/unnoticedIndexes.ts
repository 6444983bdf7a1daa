import { isRecord } from '../../json/isRecord.ts'
import type { DialectName } from '../../dialects/names.ts'
import { dialectOf } from '../../dialects/registry.ts'
import { isSame } from './schemaDifference.ts'

/** An index that drizzle-kit would leave as it was, though the schema has another one. */
export interface UnnoticedIndex {
  /** As SQL names it. */
  readonly object: string
  readonly table: string
  /** What makes it the schema's; empty where that is not known. */
  readonly sql: readonly string[]
}

/**
 * Whether a drizzle-kit passes over changes of indexes (their columns, whether they are unique):
 * 1.0.0-rc.5 does in MySQL and SQLite.
 */
export function missesIndexes(version: string, dialect: DialectName): boolean {
  return version === '1.0.0-rc.5' && ['mysql', 'sqlite'].includes(dialectOf(dialect).base)
}

/** A whole schema as drizzle-kit 1.0 writes it into an empty folder. */
export interface WholeSchema {
  readonly sql: readonly string[]
  /** Its snapshot as JSON. */
  readonly snapshot: unknown
}

/**
 * The indexes that both the newest snapshot and the schema have, and that differ.
 *
 * @param before - the newest snapshot's JSON
 */
export function unnoticedIndexes(
  before: unknown,
  { sql, snapshot }: WholeSchema,
  dialect: DialectName,
): readonly UnnoticedIndex[] {
  const known = indexesOf(before)
  return [...indexesOf(snapshot)].flatMap(([key, index]) => {
    const old = known.get(key)
    if (old === undefined || isSame(old, index)) return []
    const [object, table] = [String(index['name']), String(index['table'])]
    const create = sql.find((statement) =>
      new RegExp(`^CREATE (?:UNIQUE )?INDEX [\`"]${escaped(object)}[\`"]`).test(statement),
    )
    const on = dialectOf(dialect).base === 'mysql' ? ` ON \`${table}\`` : ''
    const drop = `DROP INDEX \`${object}\`${on};`
    return [{ object, table, sql: create === undefined ? [] : [drop, create] }]
  })
}

function indexesOf(snapshot: unknown): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
  const entities = isRecord(snapshot) ? snapshot['ddl'] : undefined
  const indexes = (Array.isArray(entities) ? (entities as unknown[]) : [])
    .filter(isRecord)
    .filter(({ entityType }) => entityType === 'indexes')
  return new Map(indexes.map((one) => [`${String(one['table'])}\0${String(one['name'])}`, one]))
}

function escaped(name: string): string {
  return name.replace(/[^\w]/g, '\\$&')
}
