import type { Project } from '../../drizzle/project.ts'
import { noCounts } from '../../lint/result.ts'
import { checkMigrations } from './migrations.ts'
import type { FamilyResult, ProjectResult, Run } from './families.ts'
import { ProblemError } from '../../problem.ts'
import type { RuleFamily } from '../../config/config.ts'

/** How each family of checks is run, in the order of the report. */
const CHECKS: readonly (readonly [RuleFamily, (run: Run, project: Project) => Promise<FamilyResult>])[] =
  [['migration', checkMigrations]]

/** Checks one Drizzle project. What one family cannot do does not keep the others from theirs. */
export async function checkProject(run: Run, project: Project): Promise<ProjectResult> {
  const results: FamilyResult[] = []
  for (const [family, check] of CHECKS) {
    if (!project.families.includes(family) || run.only?.includes(family) === false) continue
    results.push(await resultOrProblem(check(run, project)))
  }
  return {
    findings: results.flatMap(({ findings }) => findings),
    problems: results.flatMap(({ problems }) => problems),
    counts: results.find(({ counts }) => counts)?.counts ?? noCounts,
  }
}

async function resultOrProblem(result: Promise<FamilyResult>): Promise<FamilyResult> {
  try {
    return await result
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    return { findings: [], problems: [error.problem] }
  }
}
