import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Problem } from '../finding/finding.ts'
import type { Paint } from './paint.ts'
import type { Places } from '../finding/places.ts'
import { shownPath } from './path.ts'
import { inert, printable } from './printable.ts'
import { wrap } from './wrap.ts'

/** Something that could not be checked, for people: one sentence, and what to do about it. */
export function problemLines(
  problem: Problem,
  places: Places,
  width: number | null,
  paint: Paint,
): string[] {
  const { message, file, help } = problem
  const shown = fromHere(message, file, places)
  const isNamed = file === null || message.includes(file)
  const where = isNamed ? '' : ` (${shownPath(file, places)})`
  const [first = '', ...more] = wrap(printable(`could not check: ${shown}${where}`), '', width)
  return [
    first.replace('could not check:', paint(['bold', 'red'], 'could not check:')),
    ...more,
    ...(help === '' ? [] : wrap(printable(help), '  help: ', width)),
  ]
}

/**
 * A message with its paths as the reader would type them: that of the file it is about, and every other
 * that leads into a folder and is there.
 */
function fromHere(message: string, file: string | null, places: Places): string {
  if (places.cwd === places.root) return message
  return message.replace(/[^\s'"`,;:()]+/g, (word) => {
    const isPath = word === file || (word.includes('/') && existsSync(join(places.root, word)))
    return isPath ? shownPath(word, places) : word
  })
}

/** Why the tool stops before it has looked at anything; for stderr. */
export function fatalText(problem: Problem, places: Places, paint: Paint): string {
  const { message, file, help } = problem
  const shown = printable(fromHere(message, file, places))
  const head = `${paint(['bold', 'red'], 'migration-lint:')} ${shown}`
  return inert([head, ...(help === '' ? [] : [`  help: ${printable(help)}`]), ''].join('\n'))
}
