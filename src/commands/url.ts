import { usageError } from './usage.ts'

/**
 * The address of a database. A variable's name keeps it out of the list of processes, and out of the
 * shell's history.
 *
 * @param given - an address, or the name of a variable; null where nothing was given
 * @throws ProblemError where there is none; what was given is in no message
 */
export function readUrl(command: string, given: string | null, env: NodeJS.ProcessEnv): string {
  if (given === null) {
    throw usageError(
      `"${command}" needs a database: --url DATABASE_URL, a variable's name, a URL, or a file of SQLite`,
    )
  }
  if (!/^[A-Za-z_]\w*$/.test(given)) return given
  const value = env[given]
  if (value) return value
  throw usageError(`--url names the variable ${given}, which is not set`)
}
