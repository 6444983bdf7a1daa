import type { Config } from '../../config/config.ts'
import type { Engines } from '../engines.ts'
import type { FamilyResult, ProjectResult, Run } from '../families.ts'
import { checkMigrations } from '../migrations/checkMigrations.ts'
import type { CheckOptions } from '../options.ts'
import { type CheckName, checkProject, checksOf, runCheck } from '../project.ts'
import type { ProjectReading } from '../projectReading.ts'
import { type Task, type Threads, takeTask } from './share.ts'

/** Checks that are long on a whole history, and that do not depend on those of other projects. */
const SHARED: readonly CheckName[] = ['snapshots', 'migrations']

/** A thread takes as long to start as a hundred migrations take to be judged (bench/README.md). */
const MIGRATIONS_PER_THREAD = 100

/** Whether other threads can make the same checks: of a whole history, without code of plugins. */
export function mayBeShared(
  run: Run,
  { selection }: CheckOptions,
  { plugins = {} }: Config,
): boolean {
  return (
    selection.kind === 'all' &&
    run.syncOff !== null &&
    run.migrations === checkMigrations &&
    Object.keys(plugins).length === 0
  )
}

/**
 * Checks projects with as many threads as are worth it.
 *
 * @param given - what the run was opened with
 */
export async function checkTogether(
  run: Run,
  engines: Engines,
  readings: readonly ProjectReading[],
  given: { readonly options: CheckOptions; readonly config: Config },
  threads: Threads,
): Promise<readonly ProjectResult[]> {
  const tasks = tasksOf(run, readings)
  const next = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
  const { options, config } = given
  const share = {
    // `process.env` itself cannot be cloned.
    options: { ...options, env: { ...options.env } },
    config,
    projects: readings.map(({ project }) => project),
    tasks,
    next,
  }
  const sizes = readings.map(sizeOf)
  const worth = Math.floor(sizes.reduce((sum, size) => sum + size, 0) / MIGRATIONS_PER_THREAD)
  const count = Math.max(0, Math.min(threads.most, worth - 1, tasks.length - 1))
  // What a thread that fails has taken is left undone, and done here.
  const theirs = Array.from({ length: count }, () => threads.start(share).catch(() => []))

  const results = new Results()
  const checked = readings.map((reading, project) =>
    checkProject(run, reading, (_run, _reading, check) =>
      SHARED.includes(check) ? results.of(project, check) : runCheck(run, reading, check),
    ),
  )
  const perform = async ({ project, checks }: Task): Promise<void> => {
    const reading = readings[project]!
    for (const check of checks) {
      if (!results.has(project, check))
        results.settle(project, check, await runCheck(run, reading, check))
    }
    engines.finish(reading)
    reading.forget()
  }
  for (let task = takeTask(share); task !== undefined; task = takeTask(share)) await perform(task)
  for (const done of await Promise.all(theirs)) {
    for (const { project, check, result } of done) results.settle(project, check, result)
  }
  for (const task of tasks) await perform(task)
  return Promise.all(checked)
}

/** Large ones first, so that no thread is left alone with one. */
function tasksOf(run: Run, readings: readonly ProjectReading[]): readonly Task[] {
  const sizes = readings.map(sizeOf)
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const order = [...readings.keys()].sort((a, b) => sizes[b]! - sizes[a]!)
  return order.flatMap((project): readonly Task[] => {
    const checks = checksOf(run, readings[project]!.project).filter((name) => SHARED.includes(name))
    // Together they replay the migrations once; but one thread must not be left with most of it all.
    return sizes[project]! * 2 > total
      ? checks.map((check) => ({ project, checks: [check] }))
      : [{ project, checks }]
  })
}

function sizeOf({ folderIfReadable }: ProjectReading): number {
  return folderIfReadable?.migrations.length ?? 0
}

/** Results of checks, whoever makes them. */
class Results {
  private readonly known = new Map<string, FamilyResult>()
  private readonly waiting = new Map<string, (result: FamilyResult) => void>()

  has(project: number, check: CheckName): boolean {
    return this.known.has(`${project} ${check}`)
  }

  settle(project: number, check: CheckName, result: FamilyResult): void {
    const key = `${project} ${check}`
    this.known.set(key, result)
    this.waiting.get(key)?.(result)
  }

  of(project: number, check: CheckName): Promise<FamilyResult> {
    const key = `${project} ${check}`
    const known = this.known.get(key)
    return known === undefined
      ? new Promise((resolve) => this.waiting.set(key, resolve))
      : Promise.resolve(known)
  }
}
