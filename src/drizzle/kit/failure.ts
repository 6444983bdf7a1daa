import { sep } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { relativePath } from '../../finding/relativePath.ts'
import type { Ended } from './childProcess.ts'
import type { Question, Unanswered } from './question.ts'

/** Why a child process has no answer, in words for the user. */
export function failure(
  { root, config, patience }: Question,
  ended: Ended,
  error: { readonly message: string; readonly file: string | null } | null,
): Unanswered {
  const { timedOut, trace } = ended
  const shown = (path: string) => relativePath(root, path)
  if (timedOut) {
    return {
      kind: 'unanswered',
      reason: `it did not finish within ${patience / 1000} seconds`,
      help: 'Something the schema imports never finishes loading (a connection, a top-level loop): keep tables in files that import no more than drizzle-orm.',
      trace,
      mayRetry: false,
    }
  }
  if (error === null && trace?.endedBy) {
    return {
      kind: 'unanswered',
      reason: `${shown(trace.endedBy)} ends the process (process.exit)`,
      help: 'Throw an error instead, or keep tables in files that import no more than drizzle-orm.',
      trace,
      mayRetry: true,
    }
  }
  const message = error === null ? lastWords(ended) : firstLine(error.message)
  const file = error?.file ?? null
  const what =
    file === null || message.includes(shown(file)) ? message : `${shown(file)}: ${message}`
  const atFault = file !== null && file === config ? 'the drizzle config' : 'the schema'
  return {
    kind: 'unanswered',
    reason: what.replaceAll(`${root}${sep}`, ''),
    help: `Make \`drizzle-kit generate\` able to read ${atFault}.`,
    trace,
    mayRetry: true,
  }
}

/** The last thing a process said before it ended, for want of an error. */
function lastWords({ stdout, stderr, code }: Ended): string {
  const lines = stripVTControlCharacters(`${stdout}\n${stderr}`)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^at |^Node\.js v/.test(line))
  const telling = lines.filter((line) => /error|cannot|not |fail|duplicat/i.test(line))
  return (telling[0] ?? lines.at(-1) ?? `drizzle-kit ended with exit code ${code ?? 'none'}`).slice(
    0,
    300,
  )
}

function firstLine(text: string): string {
  const [first = '', second = ''] = stripVTControlCharacters(text)
    .trim()
    .split('\n')
    .map((line) => line.trim())
  // esbuild puts all of it on the second line, jiti the place.
  if (/^Transform failed with \d+ errors?:$/.test(first)) return second.slice(0, 300)
  if (/^\/.*:\d+:\d+$/.test(second)) return `${second}: ${first}`.slice(0, 300)
  return (first.endsWith(':') ? `${first} ${second}` : first).slice(0, 300)
}
