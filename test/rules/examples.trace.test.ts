import { describe, expect, test } from 'vitest'
import type { Change } from '../../src/catalog/change.ts'
import { total, traceMigration } from '../../src/verify/trace/index.ts'
import { deploy, isTold, model, replay } from '../dialects/postgres/effects/model.ts'
import { sharedPglite } from '../verify/trace/shared.ts'
import { examples, filesOf, sessionOf } from './examples.ts'

const pglite = sharedPglite()

/** What PGlite is. */
const VERSION = 18

const here = examples.filter(
  ({ example: { versions } }) =>
    (versions?.from ?? VERSION) <= VERSION && VERSION <= (versions?.to ?? VERSION),
)

/** The changes of the first so many chunks between breakpoints. */
function ofChunks(changes: readonly Change[], count: number): readonly Change[] {
  const chunks = [...new Set(changes.map(({ origin }) => origin.source))]
  return changes.filter(({ origin }) => chunks.indexOf(origin.source) < count)
}

describe('what an example does on PGlite is what its effects say', () => {
  test.for(here)('$rule, $kind: $example.name', async ({ example }) => {
    const session = sessionOf(example, VERSION)
    const transaction = session.transaction !== 'none'
    const deployed = deploy(session, [example.schema])
    const { changes } = replay(session, deployed, filesOf(example))
    const foretold = model(changes, session)
    // An error on rows shows only on rows that are as the rule fears them.
    const nulls = foretold.feared.length > 0 ? 'all' : 'none'
    const sql = filesOf(example).flatMap((file) => file.split('--> statement-breakpoint'))

    const ground = { before: example.schema, sql, transaction, nulls } as const
    const traced = await traceMigration(await pglite(), ground)
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
    expect(told.scanned).toEqual(measured.scanned)
    expect(told.builtOn).toEqual(measured.builtOn)
  })
})

const HOLDS_ROWS: ReadonlySet<string> = new Set([
  'table',
  'partitioned table',
  'foreign table',
  'view',
  'materialized view',
])
