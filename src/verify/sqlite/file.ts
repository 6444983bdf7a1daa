import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ProblemError } from '../../finding/problem.ts'

/**
 * The database file that was named: a path, or `file:` and a path as libSQL and SQLite write it.
 *
 * @param cwd - what a relative path is relative to, absolute
 * @returns its absolute path
 * @throws ProblemError where it is no file of this machine; a remote address is in no message
 */
export function databaseFile(given: string, cwd: string): string {
  const [, scheme] = /^([a-z][a-z0-9+.-]+):/i.exec(given) ?? []
  if (scheme !== undefined && scheme.toLowerCase() !== 'file') {
    throw refused(
      '--url is not a file: a remote database (Turso, D1) is never connected to',
      'Give a local file: --url file:./local.db, or a copy of the remote one (turso db export; wrangler d1 export, read into sqlite3).',
    )
  }
  const path = pathOf(given, cwd)
  if (path === null || /^:memory:/.test(path)) {
    throw refused('--url is not a database file', 'It looks like ./local.db or file:./local.db.')
  }
  const file = resolve(cwd, path)
  const found = statSync(file, { throwIfNoEntry: false })
  if (found?.isFile()) return file
  throw refused(
    found === undefined ? `there is no file ${path}` : `${path} is not a file`,
    'Relative paths start at the working directory.',
  )
}

/** `file:a.db`, `file:./a.db`, `file:/a.db` and `file:///a.db`; parameters behind `?` are left out. */
function pathOf(given: string, cwd: string): string | null {
  if (!/^file:/i.test(given)) return given === '' ? null : given
  const rest = given.slice('file:'.length).replace(/[?#].*$/, '')
  if (rest === '') return null
  try {
    return rest.startsWith('//') ? fileURLToPath(`file:${rest}`) : resolve(cwd, decodeURI(rest))
  } catch {
    return null
  }
}

function refused(message: string, help: string): ProblemError {
  return new ProblemError({ message, file: null, help })
}
