import { targetOf } from '../check/target.ts'
import { ProblemError } from '../finding/problem.ts'
import type { Setup } from '../setup/setup.ts'
import { type Diagnosis, broken, fine } from './diagnosis.ts'

/** Whether this clone has what is pending compared with: the production branch, and far enough back. */
export async function baseDiagnoses({
  root,
  env,
  config,
  ask,
}: Setup): Promise<readonly Diagnosis[]> {
  const options = {
    cwd: root,
    selection: { kind: 'default' },
    projects: [],
    only: null,
    config: null,
    env,
  } as const
  try {
    const { comparedWith } = await targetOf(options, config)
    return [fine('base', `what is pending is ${comparedWith}`)]
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    const { message, help } = error.problem
    const isShallow = ask('rev-parse', '--is-shallow-repository') === 'true'
    return [broken('base', message, isShallow ? 'git fetch --unshallow origin' : help)]
  }
}
