import { ProblemError } from '../../finding/problem.ts'
import type { Address } from '../../verify/server/address.ts'

/**
 * Asks a server something over a connection, and ends that.
 *
 * @throws ProblemError where it cannot be asked; without what is secret of the address
 */
export async function asking<T>(
  address: Address,
  client: { close(): Promise<unknown> },
  ask: () => Promise<T>,
): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof ProblemError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new ProblemError({
      message: `the database could not be asked: ${address.hide(reason)}`,
      file: null,
      help: '',
    })
  } finally {
    await client.close().catch(() => undefined)
  }
}
