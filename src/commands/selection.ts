import { resolve } from 'node:path'
import { closest } from '../config/closest.ts'
import type { Selection } from '../check/options.ts'
import { SUBCOMMANDS } from './options.ts'
import type { Tokens } from './tokens.ts'
import { usageError } from './usage.ts'

/**
 * What a command line selects to be judged.
 *
 * @param cwd - what file names are relative to
 * @throws ProblemError where it selects in two ways, or names something that is no SQL file
 */
export function readSelection({ values, positionals }: Tokens, cwd: string): Selection {
  const files = positionals.map((file) => sqlFile(file, cwd))
  const asked: [string, Selection][] = []
  const ref = values.get('base')?.[0]
  const tag = values.get('since')?.[0]
  const range = values.get('pushed')?.[0]
  if (values.has('staged')) asked.push(['--staged', { kind: 'staged' }])
  const target = values.get('push-to')?.[0]
  if (target !== undefined && range === undefined) {
    throw usageError('--push-to says where a push goes: give --pushed with it')
  }
  if (range !== undefined) asked.push(['--pushed', pushed(range, target)])
  if (ref !== undefined) asked.push(['--base', { kind: 'base', ref }])
  if (values.has('all')) asked.push(['--all', { kind: 'all' }])
  if (tag !== undefined) asked.push(['--since', { kind: 'since', tag }])
  if (files.length > 0) asked.push([`the file ${positionals[0]}`, { kind: 'files', files }])
  const [first, second] = asked
  if (first && second) {
    throw usageError(`${first[0]} and ${second[0]} contradict each other: give one of them`)
  }
  return first?.[1] ?? { kind: 'default' }
}

/** As git tells a pre-push hook: ids of commits, of zeros where the remote has no such branch. */
function pushed(range: string, target: string | undefined): Selection {
  const [, from = '', to = ''] = /^([0-9a-f]*)\.\.([0-9a-f]{40,64})$/.exec(range) ?? []
  if (to === '') {
    throw usageError(`--pushed takes <id on the remote>..<id that is pushed>, not "${range}"`)
  }
  const place = /^(.*):(refs\/.+)$/.exec(target ?? '')
  if (target !== undefined && place === null) {
    throw usageError(`--push-to takes <remote>:<ref>, not "${target}"`)
  }
  return {
    kind: 'pushed',
    from: /^0*$/.test(from) ? null : from,
    to,
    ...(place && { onto: { remote: place[1]!, ref: place[2]! } }),
  }
}

function sqlFile(word: string, cwd: string): string {
  if (/\.sql$/i.test(word)) return resolve(cwd, word)
  if (word === 'check') {
    throw usageError('there is no command "check": migration-lint by itself checks')
  }
  const meant = /[./\\]/.test(word) ? null : closest(word, SUBCOMMANDS)
  throw usageError(
    meant === null
      ? `"${word}" is not a .sql file; a project is named with --project ${word}`
      : `unknown command "${word}": did you mean "${meant}"?`,
  )
}
