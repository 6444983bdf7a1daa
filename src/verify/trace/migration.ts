import { attempt } from './client.ts'
import type { TraceClient } from './client.ts'
import { reset } from './reset.ts'
import type { SeedOptions, Unseeded } from './seed.ts'
import { seed } from './seed.ts'
import type { StatementTrace, TransactionOptions } from './transaction.ts'
import { traceTransaction } from './transaction.ts'

/** A migration and what it stands on. */
export interface MigrationExample extends TransactionOptions, SeedOptions {
  /**
   * What is deployed: SQL that is committed before. Split at drizzle's breakpoints; each chunk
   * commits by itself.
   */
  readonly before: string
  /** The statements (or chunks) under trace, in order. */
  readonly sql: readonly string[]
  /** false: the tables stay as `before` left them. Default true: empty tables are seeded. */
  readonly rows?: boolean
}

export interface MigrationTrace {
  readonly statements: readonly StatementTrace[]
  /** Tables that stayed empty although they were to be seeded: nothing is known of their scans. */
  readonly unseeded: readonly Unseeded[]
}

const BREAKPOINT = '--> statement-breakpoint'

/**
 * Traces a migration in a database of its own: empties the client's, deploys `before`, seeds it,
 * runs `sql`. What it leaves behind, the next call sweeps up.
 *
 * @throws Error if the client's database is not marked `scratch`, or `before` itself fails
 */
export async function traceMigration(
  client: TraceClient,
  example: MigrationExample,
): Promise<MigrationTrace> {
  await reset(client)
  for (const chunk of example.before.split(BREAKPOINT)) {
    const error = await attempt(client, chunk)
    if (error) throw new Error(`what stands before fails: ${error.message}\n${chunk.trim()}`)
  }
  // Production was deployed over other connections: what `before` set for its session is not there.
  await client.exec('discard all')
  const unseeded = example.rows === false ? [] : await seed(client, example)
  return { statements: await traceTransaction(client, example.sql, example), unseeded }
}
