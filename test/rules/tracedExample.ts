import { expect } from 'vitest'
import type { Change } from '../../src/catalog/change.ts'
import { displayName } from '../../src/catalog/names.ts'
import type { Example } from '../../src/lint/rule.ts'
import { type TraceClient, total, traceMigration } from '../../src/verify/trace/index.ts'
import { deploy, isTold, model, replay } from '../dialects/postgres/effects/model.ts'
import { filesOf, sessionOf } from './examples.ts'

/** Whether an example is about a major version of PostgreSQL. */
export function holdsOn({ versions }: Example, version: number): boolean {
  return (versions?.from ?? version) <= version && version <= (versions?.to ?? version)
}

/**
 * Runs an example on a server and expects it to do what its effects say: the same errors, locks,
 * rewrites, scans and index builds.
 *
 * @param version - the server's major version
 */
export async function expectAsTold(
  client: TraceClient,
  example: Example,
  version: number,
): Promise<void> {
  const session = sessionOf(example, version)
  const transaction = session.transaction !== 'none'
  const deployed = deploy(session, [example.schema])
  const { changes } = replay(session, deployed, filesOf(example))
  const foretold = model(changes, session)
  // An error on rows shows only on rows that are as the rule fears them.
  const nulls = foretold.feared.length > 0 ? 'all' : 'none'
  const sql = filesOf(example).flatMap((file) => file.split('--> statement-breakpoint'))

  const ground = { before: example.schema, sql, transaction, nulls } as const
  const traced = await traceMigration(client, ground)
  expect(traced.unseeded).toEqual([])
  const measured = total(traced.statements)
  expect(measured.error?.code ?? null, measured.error?.message).toBe(foretold.feared[0] ?? null)

  const succeeded = traced.statements.filter(({ error }) => error === null).length
  const told = model(ofChunks(changes, measured.error ? succeeded : sql.length), session)
  const locks = Object.entries(measured.locks).filter(
    ([name, mode]) => isTold(mode) && HOLDS_ROWS.has(measured.kinds[name] ?? ''),
  )
  // Statements that commit one by one have let go of their locks before anyone can look.
  if (transaction) expect(told.locks).toEqual(Object.fromEntries(locks))
  expect(told.rewritten).toEqual(measured.rewritten)
  // Whether a query reads a table or an index of it is the planner's choice.
  const read = changes.flatMap((one) =>
    one.kind === 'ReadRows' && !one.stored ? one.reads.map(displayName) : [],
  )
  const certain = (names: readonly string[]) => names.filter((name) => !read.includes(name))
  expect(certain(told.scanned)).toEqual(certain(measured.scanned))
  expect(told.builtOn).toEqual(measured.builtOn)
}

/** The changes of the first so many chunks between breakpoints. */
function ofChunks(changes: readonly Change[], count: number): readonly Change[] {
  const chunks = [...new Set(changes.map(({ origin }) => origin.chunk))]
  return changes.filter(({ origin }) => chunks.indexOf(origin.chunk) < count)
}

const HOLDS_ROWS: ReadonlySet<string> = new Set([
  'table',
  'partitioned table',
  'foreign table',
  'view',
  'materialized view',
])
