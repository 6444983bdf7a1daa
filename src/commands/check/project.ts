import type { Project } from '../../drizzle/project.ts'
import { noCounts } from '../../lint/result.ts'
import type { Problem } from '../../lint/finding.ts'
import type { FamilyResult, ProjectResult, Run } from './families.ts'
import { checkMigrations } from './migrations.ts'
import { checkSnapshots } from './snapshots.ts'
import { checkSync } from './sync.ts'
import { ProblemError } from '../../problem.ts'
import type { RuleFamily } from '../../config/config.ts'

/** How each family of checks is run, in the order of the report. */
const CHECKS: readonly (readonly [RuleFamily, (run: Run, project: Project) => Promise<FamilyResult>])[] =
  [
    ['sync', checkSync],
    ['history', checkSnapshots],
    ['migration', checkMigrations],
  ]

/** Checks one Drizzle project. What one family cannot do does not keep the others from theirs. */
export async function checkProject(run: Run, project: Project): Promise<ProjectResult> {
  const wanted = CHECKS.filter(
    ([family]) => project.families.includes(family) && run.only?.includes(family) !== false,
  )
  // Sync waits for another process: the others run meanwhile.
  const results = await Promise.all(wanted.map(([, check]) => resultOrProblem(check(run, project))))
  return {
    findings: results.flatMap(({ findings }) => findings),
    problems: distinct(results.flatMap(({ problems }) => problems)),
    counts: results.find(({ counts }) => counts)?.counts ?? noCounts,
    watched: results.some(({ watched }) => watched === null)
      ? null
      : results.flatMap(({ watched }) => watched ?? []),
  }
}

/** Where the folder itself cannot be read, every family says so. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [problem.message, problem])).values()]
}

async function resultOrProblem(result: Promise<FamilyResult>): Promise<FamilyResult> {
  try {
    return await result
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    return { findings: [], problems: [error.problem] }
  }
}
