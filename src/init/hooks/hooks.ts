import type { HookManager } from '../../setup/hookManager.ts'
import type { Step } from '../step.ts'
import { husky } from './husky.ts'
import { lefthook } from './lefthook.ts'
import { preCommit } from './preCommit.ts'
import { scriptFiles } from './scripts.ts'
import { simpleGitHooks } from './simpleGitHooks.ts'

/** A manager's own step, for the repositories that it manages. */
function managedBy(step: Step, ...kinds: readonly HookManager['kind'][]): Step {
  return {
    add: (plan) => (kinds.includes(plan.setup.hooks.kind) ? step.add(plan) : undefined),
    remove: (plan) => (kinds.includes(plan.setup.hooks.kind) ? step.remove(plan) : undefined),
  }
}

/** The steps that bring our hooks in, of which one applies to a repository. */
export const hooks: readonly Step[] = [
  managedBy(husky, 'husky', 'none'),
  managedBy(lefthook, 'lefthook'),
  managedBy(simpleGitHooks, 'simple-git-hooks'),
  managedBy(preCommit, 'pre-commit'),
  managedBy(scriptFiles, 'scripts'),
]
