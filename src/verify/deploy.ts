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
 * @returns the first that does not run; null where all do
 * @throws what the driver throws where the connection breaks
 */
export async function deploy(
  client: TraceClient,
  migrations: readonly MigrationSource[],
): Promise<Undeployable | null> {
  for (const migration of migrations) {
    const chunks = splitAtBreakpoints(migration.text)
      .map(({ text }) => text)
      .filter((text) => text.trim() !== '')
    await client.exec('begin')
    let error = await runAll(client, chunks)
    error ??= await attempt(client, 'commit')
    if (error !== null) {
      await client.exec('rollback')
      const later = await runAll(client, chunks)
      if (later !== null) return { migration, error }
    }
    await client.exec('discard all')
  }
  return null
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
