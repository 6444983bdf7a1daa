import { type ReadOnly, notAsked, onlySelect } from '../onlySelect.ts'
import type { TraceClient } from '../trace/client.ts'

/**
 * Asks a database within one transaction that the server itself keeps from writing, DDL too, and ends it
 * with a rollback. The session stays read-only.
 *
 * @throws what `ask` throws, and what the driver throws
 */
export async function readOnlyMysql<T>(
  client: TraceClient,
  ask: (database: ReadOnly) => Promise<T>,
): Promise<T> {
  // Nobody waits for us, and we do not wait for long.
  await client.exec('set session lock_wait_timeout = 5')
  await client.exec('set session transaction read only')
  await client.exec('start transaction read only')
  try {
    if (!(await isReadOnly(client))) throw notAsked('the transaction can write')
    return await ask(onlySelect(async (sql) => (await client.query(sql)).rows))
  } finally {
    await client.exec('rollback').catch(() => undefined)
  }
}

/** MariaDB before 11.1 knows the variable by its old name only. */
async function isReadOnly(client: TraceClient): Promise<boolean> {
  for (const name of ['transaction_read_only', 'tx_read_only']) {
    try {
      const { rows } = await client.query(`select @@session.${name} as state`)
      return Number(rows[0]?.state) === 1
    } catch {
      continue
    }
  }
  return false
}
