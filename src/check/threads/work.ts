import { openStore } from '../../cache/store.ts'
import { Engines } from '../engines.ts'
import { checkMigrations } from '../migrations/checkMigrations.ts'
import { openRun } from '../openRun.ts'
import { runCheck } from '../project.ts'
import { ProjectReading } from '../projectReading.ts'
import type { Rulebook } from '../rulebook.ts'
import { targetOf } from '../target.ts'
import { type Done, type Share, takeTask } from './share.ts'

/**
 * Makes checks of a run that another thread has begun, as long as any are left.
 *
 * @throws ProblemError as `targetOf` does
 */
export async function work(share: Share, rules: Rulebook): Promise<readonly Done[]> {
  const { options, config, projects } = share
  const target = await targetOf(options, config)
  const store = openStore(target.root, target.gitDir)
  const engines = new Engines(store)
  const run = openRun(options, {
    config,
    rules,
    target,
    store,
    engines,
    deployedProjects: null,
    migrations: checkMigrations,
  })
  const done: Done[] = []
  for (let task = takeTask(share); task !== undefined; task = takeTask(share)) {
    const { project, checks } = task
    const reading = new ProjectReading(run, projects[project]!)
    for (const check of checks) {
      const { timelines: _, outlines: __, ...result } = await runCheck(run, reading, check)
      done.push({ project, check, result })
    }
    engines.finish(reading)
  }
  return done
}
