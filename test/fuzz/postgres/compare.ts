import type { Change } from '../../../src/catalog/change.ts'
import { type TraceClient, total, traceMigration } from '../../../src/verify/trace/index.ts'
import { deploy, isTold, model, replay } from '../../dialects/postgres/effects/model.ts'
import { BREAKPOINT, type RandomDeployment, SESSION } from './deployment.ts'

/** Where what the server did is not what was foretold. */
export interface Difference {
  readonly aspect: 'error' | 'locks' | 'rewritten' | 'scanned' | 'builtOn'
  readonly told: unknown
  readonly measured: unknown
}

/** What came of one deployment. */
export interface Comparison {
  /** How many statements ran, the one that failed among them; 0 where the database did not stand. */
  readonly statements: number
  readonly differences: readonly Difference[]
}

type Replay = typeof replay

/**
 * Runs a deployment on a server with rows in its tables and compares what it did with what `effects`
 * says.
 *
 * @param replayed - how SQL becomes changes; a test hands in a broken one
 */
export async function compareDeployment(
  client: TraceClient,
  { before, files }: RandomDeployment,
  judge: typeof model = model,
  replayed: Replay = replay,
): Promise<Comparison> {
  const deployed = deploy(SESSION, [before])
  const texts = files.map((statements) => statements.join(BREAKPOINT))
  const { changes } = replayed(SESSION, deployed, texts)
  const sql = files.flat()
  let traced
  try {
    traced = await traceMigration(client, { before, sql, nulls: 'none', count: 20 })
  } catch (error) {
    // What is deployed does not stand: that says nothing of the deployment on top of it.
    if (error instanceof Error && error.message.startsWith('what stands before fails')) {
      return { statements: 0, differences: [] }
    }
    throw error
  }
  const measured = total(traced.statements)
  const run = traced.statements.length
  const upTo = judge(ofStatements(changes, run), SESSION)
  const differences: Difference[] = []
  const code = measured.error?.code ?? null
  const all = [...upTo.certain, ...upTo.feared, ...upTo.possible]
  if (code === null ? upTo.certain.length > 0 : !all.includes(code)) {
    differences.push({
      aspect: 'error',
      told: { certain: upTo.certain, possible: upTo.possible },
      measured: measured.error,
    })
  }
  if (differences.length > 0) return { statements: run, differences }
  const told = judge(ofStatements(changes, code === null ? run : run - 1), SESSION)
  const empty = new Set(traced.unseeded.map(({ name }) => name))
  const locks = Object.entries(measured.locks).filter(
    ([name, mode]) => isTold(mode) && HOLDS_ROWS.has(measured.kinds[name] ?? ''),
  )
  const compare = (aspect: Difference['aspect'], a: unknown, b: unknown) => {
    if (JSON.stringify(a) !== JSON.stringify(b)) {
      differences.push({ aspect, told: a, measured: b })
    }
  }
  compare('locks', told.locks, Object.fromEntries(locks))
  compare('rewritten', told.rewritten, measured.rewritten)
  if (empty.size === 0) compare('scanned', told.scanned, measured.scanned)
  compare('builtOn', told.builtOn, measured.builtOn)
  return { statements: run, differences }
}


function ofStatements(changes: readonly Change[], count: number): readonly Change[] {
  return changes.filter(({ origin }) => origin.statement < count)
}

const HOLDS_ROWS: ReadonlySet<string> = new Set([
  'table',
  'partitioned table',
  'view',
  'materialized view',
])
