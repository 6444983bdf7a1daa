import { ProblemError } from '../../finding/problem.ts'
import type { TraceClient } from '../trace/client.ts'

/** A database that is only asked. There is no way to send it anything but a query. */
export interface ReadOnly {
  /**
   * The rows of one SELECT.
   *
   * @throws ProblemError for anything else
   */
  select(sql: string): Promise<readonly Record<string, unknown>[]>
}

/**
 * Asks a database within one transaction that the server itself keeps from writing, and ends it with a
 * rollback.
 *
 * @throws what `ask` throws, and what the driver throws
 */
export async function readOnly<T>(
  client: TraceClient,
  ask: (database: ReadOnly) => Promise<T>,
): Promise<T> {
  await client.exec('begin transaction isolation level repeatable read, read only')
  try {
    // Nobody waits for us, and we do not wait for long.
    await client.exec("set local statement_timeout = '30s'")
    await client.exec("set local lock_timeout = '5s'")
    await client.exec("set local search_path = ''")
    const { rows } = await client.query("select current_setting('transaction_read_only') as state")
    if (rows[0]?.state !== 'on') throw refused('the transaction can write')
    return await ask({
      async select(sql) {
        if (!/^\s*select\b/i.test(sql) || /;\s*\S/.test(sql)) throw refused('only SELECT is sent')
        return (await client.query(sql)).rows
      },
    })
  } finally {
    await client.exec('rollback').catch(() => undefined)
  }
}

function refused(reason: string): ProblemError {
  return new ProblemError({
    message: `the database was not asked: ${reason}`,
    file: null,
    help: '',
  })
}
