import type { Acknowledgement } from '../config/config.ts'
import type { Finding } from '../finding/finding.ts'

/** The entry of the configuration's `acknowledged` that accepts a finding. */
export function acknowledgementOf(
  finding: Pick<Finding, 'migration' | 'rule' | 'object'>,
  acknowledged: readonly Acknowledgement[],
): Acknowledgement | undefined {
  return acknowledged.find(
    (entry) =>
      entry.migration === finding.migration &&
      entry.rule === finding.rule &&
      (entry.object === undefined || entry.object === finding.object),
  )
}
