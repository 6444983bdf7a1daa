import type { Change } from '../../../src/catalog/change.ts'
import { type TraceClient, total, traceMigration } from '../../../src/verify/trace/index.ts'
import { type Catalog, findTable, referencesTo } from '../../../src/catalog/catalog.ts'
import { kindOfCode } from '../../../src/dialects/postgres/effects/sqlStates.ts'
import { childrenOf } from '../../../src/dialects/postgres/effects/reading.ts'
import { displayName } from '../../../src/catalog/names.ts'
import { type LockMode, isAtLeast } from '../../../src/dialects/postgres/lockModes.ts'
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
    traced = await traceMigration(client, { before, sql, nulls: 'none', count: 200 })
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
  // Whether written rows keep the constraints is for the application's tests: nothing is foretold.
  const last = changes.filter(({ origin }) => origin.statement === run - 1)
  const writes = ({ kind }: Change) => kind === 'WriteRows'
  if (code?.startsWith('23') && (last.some(writes) || (changes.some(writes) && isDeferred(last)))) {
    return { statements: run, differences }
  }
  const all = [...upTo.certain, ...upTo.feared, ...upTo.possible]
  if (code === null ? upTo.certain.length > 0 : !all.some((told) => isLike(told, code))) {
    differences.push({
      aspect: 'error',
      told: { certain: upTo.certain, possible: upTo.possible },
      measured: measured.error,
    })
  }
  if (differences.length > 0) return { statements: run, differences }
  const told = judge(ofStatements(changes, code === null ? run : run - 1), SESSION)
  const first = firstNames(changes)
  const listed = (names: readonly string[]) => [...new Set(names.map(first))].sort()
  const locks = Object.entries(measured.locks).filter(
    ([name, mode]) => isTold(mode) && HOLDS_ROWS.has(measured.kinds[name] ?? ''),
  )
  const compare = (aspect: Difference['aspect'], a: unknown, b: unknown) => {
    if (JSON.stringify(a) !== JSON.stringify(b)) {
      differences.push({ aspect, told: a, measured: b })
    }
  }
  const certainLocks = (all: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(strongest(all, first)).filter(
        ([name, mode]) => mode !== 'RowExclusive' || !perhapsWritten.has(name),
      ),
    )
  const perhapsWritten = new Set(ofStatements(changes, run).flatMap(writtenPerhaps).map(first))
  compare('locks', certainLocks(told.locks), certainLocks(Object.fromEntries(locks)))
  compare('rewritten', listed(told.rewritten), listed(measured.rewritten))
  if (traced.unseeded.length === 0) {
    // What it reads of these is the planner's choice.
    const open = new Set(ofStatements(changes, run).flatMap(chosenByPlanner).map(first))
    const certain = (names: readonly string[]) => listed(names).filter((name) => !open.has(name))
    compare('scanned', certain(told.scanned), certain(measured.scanned))
  }
  // DELETE leaves the rows in the file, a rewrite after it does not: the model does not follow that.
  const emptied = changes.flatMap(({ after }) => emptiedIn(after)).map(first)
  const filled = (names: readonly string[]) =>
    listed(names).filter((name) => !emptied.includes(name) || !told.rewritten.includes(name))
  compare('builtOn', filled(told.builtOn), filled(measured.builtOn))
  return { statements: run, differences }
}

/** Whether a foreign key waits for the end of the transaction, where the last statement stands. */
function isDeferred(last: readonly Change[]): boolean {
  const { after } = last.at(-1) ?? {}
  return [...(after?.tables.values() ?? [])].some(({ constraints }) =>
    constraints.some((key) => key.type === 'foreign key' && key.deferrable === 'deferred'),
  )
}

/** Of what a value cannot be read for, the server tells more kinds than the model. */
function isLike(told: string, code: string): boolean {
  return told === code || (/^22/.test(code) && kindOfCode(told) === kindOfCode(code))
}

function emptiedIn({ tables, deployment }: Catalog): readonly string[] {
  return [...tables.values()].filter((table) => table.emptiedIn === deployment).map(displayName)
}

/**
 * Tables that a foreign key looks rows up in, and tables in which an index finds rows without a value:
 * whether it goes by the index or reads them all depends on how many rows there are.
 */
function chosenByPlanner(change: Change): readonly string[] {
  if (!('table' in change) || change.table === null) return []
  const { before, table } = change
  const known = findTable(before, table)
  const targets = (known?.constraints ?? []).flatMap((key) =>
    key.type === 'foreign key' ? [displayName(key.references)] : [],
  )
  switch (change.kind) {
    case 'AddForeignKey':
    case 'AlterColumnType':
    case 'ValidateConstraint':
      return change.kind === 'AddForeignKey'
        ? [...targets, displayName(change.key.references)]
        : [...targets, ...referencesTo(before, table).map(({ table: on }) => displayName(on))]
    case 'WriteRows':
      return [
        ...targets,
        ...childrenOf(before, change).map((child) => displayName(child.table)),
        ...(known?.indexes.some(({ columns }) => change.onlyNull?.includes(columns[0] ?? ''))
          ? [displayName(table)]
          : []),
      ]
    default:
      return []
  }
}

/** Tables whose rows a foreign key writes if the rows that they point at are found. */
function writtenPerhaps(change: Change): readonly string[] {
  if (change.kind !== 'WriteRows' || change.everyRow) return []
  return childrenOf(change.before, change).map((child) => displayName(child.table))
}

/** The name that a table had at first, for each that a deployment gives it. */
function firstNames(changes: readonly Change[]): (name: string) => string {
  const names = new Map<string, string>()
  for (const change of changes) {
    if (change.kind !== 'RenameTable' && change.kind !== 'SetTableSchema') continue
    const from = displayName(change.table)
    names.set(displayName(change.to), names.get(from) ?? from)
  }
  return (name) => names.get(name) ?? name
}

/** The strongest lock on each table, whatever it is called by then. */
function strongest(
  locks: Readonly<Record<string, string>>,
  first: (name: string) => string,
): Record<string, string> {
  const held = new Map<string, LockMode>()
  for (const [name, mode] of Object.entries(locks) as [string, LockMode][]) {
    const other = held.get(first(name))
    if (!other || isAtLeast(mode, other)) held.set(first(name), mode)
  }
  return Object.fromEntries([...held].sort(([a], [b]) => (a < b ? -1 : 1)))
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
