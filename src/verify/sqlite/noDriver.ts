import { ProblemError } from '../../finding/problem.ts'

/**
 * What is said where no driver of SQLite can be had.
 *
 * @param install - the package to install
 */
export function noDriver(install: string): ProblemError {
  return new ProblemError({
    message:
      'no driver of SQLite can be loaded: better-sqlite3, @libsql/client and sql.js are not installed (or not for this Node), and this Node has no node:sqlite',
    file: null,
    help: `Install the one that the project uses: npm install --save-dev ${install}`,
  })
}
