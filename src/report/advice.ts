import type { CheckResult } from '../check/result.ts'
import { needsUsers } from '../lint/downtime.ts'
import { docUrl } from './ruleUrl.ts'
import { count } from './summary.ts'

/** Fewer are read rather than turned off. */
const FEW = 3

/**
 * What somebody who sees these findings for the first time can do about them as a whole.
 *
 * @param isWholeHistory - whether deployed migrations were judged, which nobody can change any more
 * @param own - how migration-lint is called, given its arguments
 */
export function adviceLines(
  { findings, downtimeOpen = [] }: CheckResult,
  isWholeHistory: boolean,
  own: (args: string) => string,
): string[] {
  const open = findings.filter(({ suppressed }) => suppressed === undefined)
  const undecided = new Set(downtimeOpen)
  const ofUsers = open.filter(
    ({ category, project }) => needsUsers(category) && undecided.has(project),
  )
  const isMost = ofUsers.length >= FEW && ofUsers.length * 2 > open.length
  return [
    ...(isWholeHistory && open.length > 0
      ? [`To set aside what deployed migrations have wrong: ${own('baseline')}`]
      : []),
    ...(isMost
      ? [
          `${ofUsers.length} of ${count(open.length, 'finding')} are about locks and running code. If nobody uses the database while migrations run, set projects[].downtime: true (${docUrl('downtime')}); if somebody does, false.`,
        ]
      : []),
  ]
}
