import type { Finding } from '../../finding/finding.ts'
import { runPlacedRules } from '../../lint/placedRule.ts'
import { isInBaseline, requireBaseline } from '../baseline.ts'
import type { FamilyResult, Run } from '../families.ts'
import type { ProjectReading } from '../projectReading.ts'
import { readHistory } from './read.ts'
import { remadeBy } from './remade.ts'

/**
 * Judges the migrations folder of one Drizzle project as a history.
 *
 * @throws ProblemError where the folder as it is deployed cannot be read, or the baseline is none of
 *   its migrations
 */
export async function checkHistory(run: Run, reading: ProjectReading): Promise<FamilyResult> {
  const { project } = reading
  const history = await readHistory(run, reading)
  if (history === null) {
    return { findings: [], problems: [], account: { state: 'unchanged' } }
  }
  const { after, deployed } = history
  if (!after.broken) requireBaseline(project, after.seen)
  const findings = runPlacedRules(run.active.history, history, project.name, run.acknowledged)
  const isPast = (finding: Finding): boolean =>
    isInBaseline(run, project, after.seen, finding) ||
    (deployed !== null && isInBaseline(run, project, deployed.seen, finding))
  const told = findings.filter((finding) => !isPast(finding))
  const remade = remadeBy(history, told)
  return { findings: told, problems: [], ...(remade === undefined ? {} : { remade }) }
}
