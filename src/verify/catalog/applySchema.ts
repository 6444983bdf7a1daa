import type { Database, OtherObject } from './readDatabase.ts'
import {
  type StatementError,
  type TraceClient,
  attempt,
  quoteIdentifier,
  quoteLiteral,
} from '../trace/client.ts'

/** A statement of a schema that a new database refuses. */
export interface RefusedStatement {
  readonly sql: string
  readonly error: StatementError
}

/** SQLSTATEs of what is there already: somebody else than the schema makes it. */
const THERE = new Set(['42P06', '42P07', '42710', '42723'])

/**
 * Makes a schema in a database of its own. What no schema file can declare, and what its tables may
 * need (extensions, types, functions), is taken from the database that the migrations made.
 *
 * @param statements - the whole schema as drizzle-kit writes it
 * @returns what cannot be made even so
 */
export async function applySchema(
  client: TraceClient,
  statements: readonly string[],
  migrated: Database,
): Promise<readonly RefusedStatement[]> {
  await client.exec('set check_function_bodies = off')
  await passes(client, migrated.others.filter(({ kind }) => kind === 'extension').map(sqlOf))
  const first = await passes(client, statements)
  if (first.length === 0) return []
  await passes(client, lent(migrated))
  return passes(
    client,
    first.map(({ sql }) => sql),
  )
}

/** Runs statements, over and over as long as that makes others possible. */
async function passes(
  client: TraceClient,
  statements: readonly string[],
): Promise<readonly RefusedStatement[]> {
  for (let left = statements; ;) {
    const refused: RefusedStatement[] = []
    for (const sql of left) {
      const error = await attempt(client, sql)
      if (error !== null && !THERE.has(error.code)) refused.push({ sql, error })
    }
    if (refused.length === 0 || refused.length === left.length) return refused
    left = refused.map(({ sql }) => sql)
  }
}

/** What a schema may use without declaring it. */
function lent({ catalog, others }: Database): readonly string[] {
  const of = (...kinds: readonly string[]) => others.filter(({ kind }) => kinds.includes(kind))
  const name = (one: { readonly schema: string; readonly name: string }) =>
    `${quoteIdentifier(one.schema)}.${quoteIdentifier(one.name)}`
  return [
    ...[...catalog.schemas].map((schema) => `create schema ${quoteIdentifier(schema)}`),
    ...[...catalog.enums.values()].map(
      (type) => `create type ${name(type)} as enum (${type.labels.map(quoteLiteral).join(', ')})`,
    ),
    ...[...catalog.sequences.values()]
      .filter(({ ownedBy }) => ownedBy === null)
      .map((sequence) => `create sequence ${name(sequence)}`),
    ...of('domain', 'type', 'range type').map(({ definition }) => definition),
    ...of('function', 'procedure').map(({ definition }) => definition),
  ]
}

function sqlOf({ schema, name }: OtherObject): string {
  const own = schema === 'pg_catalog' ? '' : ` schema ${quoteIdentifier(schema)}`
  const make = own === '' ? '' : `create schema if not exists ${quoteIdentifier(schema)}; `
  return `${make}create extension if not exists ${quoteIdentifier(name)}${own}`
}
