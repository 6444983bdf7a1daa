import { type ReadOnly, notAsked, onlySelect } from '../onlySelect.ts'
import type { TraceClient } from '../trace/client.ts'

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
    if (rows[0]?.state !== 'on') throw notAsked('the transaction can write')
    return await ask(onlySelect(async (sql) => (await client.query(sql)).rows))
  } finally {
    await client.exec('rollback').catch(() => undefined)
  }
}
