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
  const isNamed = file === null || message.includes(file)
  const where = isNamed ? '' : ` (${shownPath(file, places)})`
  const [first = '', ...more] = wrap(printable(`could not check: ${message}${where}`), '', width)
  return [
    first.replace('could not check:', paint(['bold', 'red'], 'could not check:')),
    ...more,
    ...(help === '' ? [] : wrap(printable(help), '  help: ', width)),
  ]
}

/** Why the tool stops before it has looked at anything; for stderr. */
export function fatalText(problem: Problem, paint: Paint): string {
  const { message, help } = problem
  const head = `${paint(['bold', 'red'], 'migration-lint:')} ${printable(message)}`
  return inert([head, ...(help === '' ? [] : [`  help: ${printable(help)}`]), ''].join('\n'))
}
