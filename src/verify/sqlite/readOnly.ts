import { ProblemError } from '../../finding/problem.ts'
import { type ReadOnly, onlySelect } from '../onlySelect.ts'
import type { Connection } from './connection.ts'
import { ALL_DRIVERS, loadDriver } from './drivers.ts'
import { noDriver } from './noDriver.ts'

/**
 * Asks a database file that the driver has opened for reading only, so that SQLite itself refuses to
 * write to it.
 *
 * @param file - absolute
 * @param from - folders whose node_modules are asked for a driver
 * @throws ProblemError where there is no driver, or the file is no database; what `ask` throws
 */
export async function readOnlyFile<T>(
  file: string,
  from: readonly string[],
  ask: (database: ReadOnly) => Promise<T>,
): Promise<T> {
  const loaded = await loadDriver(ALL_DRIVERS, from)
  if (loaded === null) throw noDriver('better-sqlite3')
  let connection: Connection | null = null
  try {
    connection = loaded.driver.open(file, 'read')
    const { all } = connection
    return await ask(onlySelect((sql) => Promise.resolve(all(sql))))
  } catch (error) {
    if (error instanceof ProblemError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new ProblemError({
      message: `the database could not be read with ${loaded.driver.name}: ${reason}`,
      file: null,
      help: /not a database|malformed/.test(reason) ? 'Is it a database of SQLite?' : '',
    })
  } finally {
    connection?.close()
  }
}
