import { splitAtBreakpoints } from '../dialects/breakpoints.ts'
import type { MigrationSource } from '../dialects/dialect.ts'
import { type StatementError, type TraceClient, attempt } from './trace/client.ts'

/** A deployed migration that does not run on a new database. */
export interface Undeployable {
  readonly migration: MigrationSource
  readonly error: StatementError
}

/**
 * Runs deployed migrations, each as a deployment of its own, which is how production came to be. One
 * that cannot run in a transaction is run without, as somebody must have done.
 *
 * @param isNext - is told which one comes
 * @returns the first that does not run; null where all do
 * @throws what the driver throws where the connection breaks
 */
export async function deploy(
  client: TraceClient,
  migrations: readonly MigrationSource[],
  isNext: (at: number) => void = () => undefined,
): Promise<Undeployable | null> {
  for (const [at, migration] of migrations.entries()) {
    isNext(at)
    const chunks = splitAtBreakpoints(migration.text)
      .map(({ text }) => text)
      .filter((text) => text.trim() !== '')
    const isPlain = !chunks.some((chunk) => CONTROLS.test(chunk))
    if (!isPlain || (await attempt(client, atOnce(chunks))) !== null) {
      const error = await oneByOne(client, chunks)
      if (error !== null) return { migration, error }
    }
    await client.exec('discard all')
  }
  return null
}

/**
 * Words that end the transaction around them or change how what follows is read; in comments and
 * functions they do no harm, and cost a little time.
 */
const CONTROLS =
  /\b(?:begin|start\s+transaction|commit|end|rollback|abort|prepare\s+transaction|standard_conforming_strings)\b/i

/** A migration as one message: to wait for each statement takes longer than to run it. */
function atOnce(chunks: readonly string[]): string {
  return ['begin', ...chunks, 'commit'].join('\n;\n')
}

async function oneByOne(
  client: TraceClient,
  chunks: readonly string[],
): Promise<StatementError | null> {
  await attempt(client, 'rollback')
  await client.exec('begin')
  const error = (await runAll(client, chunks)) ?? (await attempt(client, 'commit'))
  if (error === null) return null
  await client.exec('rollback')
  return (await runAll(client, chunks)) === null ? null : error
}

async function runAll(
  client: TraceClient,
  chunks: readonly string[],
): Promise<StatementError | null> {
  for (const chunk of chunks) {
    const error = await attempt(client, chunk)
    if (error) return error
  }
  return null
}
