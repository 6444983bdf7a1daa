import { displayName } from '../catalog/names.ts'
import type { TransactionSpan } from '../dialects/effects.ts'
import type { Unit } from './plan.ts'
import { type RunOutcome, type UnitTrace, runUnits } from './run.ts'
import type { Scratch } from './scratch.ts'
import { type StatementError, quoteIdentifier } from './trace/client.ts'
import { type Unseeded, seed } from './trace/seed.ts'

/** What a unit was refused with. */
export interface UnitFailure {
  readonly error: StatementError
  /** `rows`: it ran once the tables it is about were empty. */
  readonly when: 'always' | 'rows'
}

/** What was measured of one deployment. */
export interface Measured {
  readonly units: readonly Unit[]
  readonly traces: ReadonlyMap<number, UnitTrace>
  readonly failures: ReadonlyMap<number, UnitFailure>
  /** See `RunOutcome.lost`. */
  readonly lost: RunOutcome['lost']
  /** Units that could not be run because one before them failed. */
  readonly unrun: ReadonlySet<number>
  /** Tables without rows: nothing is known of what reading them costs. */
  readonly empty: ReadonlySet<string>
  /** Of these, the ones that could not be filled. */
  readonly unseeded: readonly Unseeded[]
}

export interface MeasureOptions {
  readonly span: TransactionSpan
  readonly timezone: string
}

/** Classes of SQLSTATEs that rows can bring about: their data, or what an exception says of them. */
const OF_ROWS = /^(?:21|22|23|P0)/

/** Names and states: what something that was left out may be the reason for. A syntax error is not. */
const OF_OBJECTS = /^(?:42(?!601)|2B|3F|55000)/

/** A migration that fails in more places is not worth the time. */
const MOST_PASSES = 25

/**
 * Fills the tables of a database that stands where production does, and runs a deployment on it. What
 * fails because of rows is run again on empty tables, what fails anyway is left out, so that the
 * statements after it are measured too. Leaves the database as it was, but with rows.
 *
 * @throws ScratchLost where the database is lost before the first unit runs
 */
export async function measure(
  scratch: Scratch,
  units: readonly Unit[],
  options: MeasureOptions,
): Promise<Measured> {
  const traces = new Map<number, UnitTrace>()
  const failures = new Map<number, UnitFailure>()
  const unrun = new Set<number>()
  const emptied = new Set<string>()
  const without = new Set<number>()
  let lost: RunOutcome['lost']
  let unseeded = await seed(scratch)
  const undoable = options.span === 'deployment' && units.every(({ control }) => control === null)
  if (!undoable) await scratch.keep()
  for (let pass = 0; ; pass++) {
    const outcome = await runUnits(scratch, units, {
      ...options,
      without,
      commit: false,
    })
    const { failed } = outcome
    for (const [at, trace] of outcome.traces) if (!traces.has(at)) traces.set(at, trace)
    lost = outcome.lost
    if (lost !== null) break
    if (!undoable) await scratch.restore()
    if (failed === null) break
    const { unit, error } = failed
    const known = failures.get(unit.at)
    if (pass >= MOST_PASSES) {
      for (const { at } of units.slice(unit.at)) if (!traces.has(at)) unrun.add(at)
      break
    }
    if (known === undefined && OF_ROWS.test(error.code)) {
      failures.set(unit.at, { error, when: 'rows' })
      for (const name of await empty(scratch, error)) emptied.add(name)
      if (!undoable) await scratch.keep()
      continue
    }
    // After something was left out, what fails for want of it says nothing.
    if (without.size > 0 && known === undefined && OF_OBJECTS.test(error.code)) unrun.add(unit.at)
    else failures.set(unit.at, { error: known?.error ?? error, when: 'always' })
    without.add(unit.at)
    if (known !== undefined) {
      unseeded = await seed(scratch)
      emptied.clear()
      if (!undoable) await scratch.keep()
    }
  }
  const names = [...unseeded.map(displayName), ...emptied]
  return { units, traces, failures, lost, unrun, empty: new Set(names), unseeded }
}

/**
 * Empties the table that an error is about, and those that refer to it; all tables where it does not
 * say.
 *
 * @returns their names, as messages show them
 */
async function empty(scratch: Scratch, { table }: StatementError): Promise<readonly string[]> {
  const before = await filledTables(scratch)
  const all = [...before.values()]
  const named = table && before.get(displayName(table))
  const targets = named ? [named] : all
  if (targets.length > 0) await scratch.exec(`truncate ${targets.join(', ')} cascade`)
  const after = await filledTables(scratch)
  return [...before.keys()].filter((name) => !after.has(name))
}

/** Tables with rows in them, as SQL, by the name that messages show. */
async function filledTables(scratch: Scratch): Promise<Map<string, string>> {
  const { rows } = await scratch.query(`
    select n.nspname as schema, c.relname as name
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname not like 'pg\\_%'
      and n.nspname <> 'information_schema' and not c.relispartition
      and not exists (select from pg_catalog.pg_depend d
        where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    order by c.oid`)
  const filled = new Map<string, string>()
  for (const row of rows) {
    const [schema, name] = [String(row.schema), String(row.name)]
    const sql = `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`
    const found = await scratch.query(`select exists (select from ${sql}) as filled`)
    if (found.rows[0]?.filled === true) filled.set(displayName({ schema, name }), sql)
  }
  return filled
}
