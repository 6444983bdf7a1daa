import type { Problem } from '../../finding/finding.ts'
import type { ReplayedDeployment } from '../../lint/judge.ts'
import { emptyAll } from '../../verify/empty.ts'
import { type Measured, measure } from '../../verify/measure.ts'
import type { MeasureOptions } from '../../verify/passes.ts'
import { planOf } from '../../verify/plan.ts'
import { type Refusal, runUnits } from '../../verify/run.ts'
import { type Scratch, ScratchLost } from '../../verify/scratch.ts'
import { onScratch } from '../../verify/stage.ts'
import { unitEffects } from '../../verify/unitEffects.ts'
import type { FamilyResult, Run } from '../families.ts'
import { type PendingMigrations, readPending } from '../migrations/checkMigrations.ts'
import type { ProjectReading } from '../projectReading.ts'
import { statementsBeyond } from './beyond.ts'
import { extensionsIn } from './extensions.ts'
import { groupsOf } from './measuredEngine.ts'
import { openDeployed } from './openDeployed.ts'
import { lost, skippedProblems } from './problems.ts'
import { prerequisites } from './prerequisites.ts'
import type { Applied, RanDeployment } from './ranDeployment.ts'
import { verificationResult } from './result.ts'
import type { VerifySettings } from './settings.ts'
import { skippedMigrations } from './skipped.ts'

/** Judges what is pending by running it on a database of its own. */
export function verifyMigrations(settings: VerifySettings): Run['migrations'] {
  return async (run, reading) => {
    const pending = await readPending(run, reading)
    if (!('judgement' in pending)) return pending
    const { dialect } = pending.judgement.engine
    if (dialect !== 'postgresql') {
      const reason = `verify does not run ${reading.project.dialect} yet`
      const problem = { message: `${reading.project.name}: ${reason}`, file: null, help: '' }
      return {
        ...pending.nothing,
        problems: [...pending.problems, problem],
        account: { state: 'not-compared', reason },
      }
    }
    return await verified(run, reading, pending, settings)
  }
}

async function verified(
  run: Run,
  reading: ProjectReading,
  pending: PendingMigrations,
  settings: VerifySettings,
): Promise<FamilyResult> {
  const { project, folder, split } = reading
  const deployed = reading.sources(split.deployedTree, split.deployed)
  const deployments = pending.deployments
  const all = deployments.map(({ sources }) => sources)
  const before = [...prerequisites(run, run.verify), ...deployed.sources]
  const texts = [...before, ...all.flat()].map(({ text }) => text)
  if (settings.server) {
    const beyond = statementsBeyond(pending.judgement.engine, [...before, ...all.flat()])
    if (beyond.length > 0) return { ...pending.nothing, problems: beyond }
  }
  const skipped = skippedMigrations(folder, split.deployed, all)
  const scratch = await openDeployed(run, project, before, extensionsIn(texts), settings)
  const problems: Problem[] = [...deployed.problems, ...skippedProblems(all.flat(), skipped)]
  const ran: RanDeployment[] = []
  try {
    for (const [i, replayed] of deployments.entries()) {
      const one = await runDeployment(
        scratch,
        pending,
        replayed,
        skipped,
        i < deployments.length - 1,
        ran,
      )
      ran.push(one)
      if (one.measured.lost ?? one.applied.lost) break
    }
  } catch (error) {
    if (!(error instanceof ScratchLost)) throw error
    problems.push(lost(error, project.name))
  } finally {
    await scratch.close()
  }
  return verificationResult(run, reading, pending, ran, problems, scratch)
}

/** Runs one deployment; and leaves it in the database where another one follows. */
async function runDeployment(
  scratch: Scratch,
  { judgement }: PendingMigrations,
  replayed: ReplayedDeployment,
  skipped: ReadonlySet<string>,
  isFollowed: boolean,
  before: readonly RanDeployment[],
): Promise<RanDeployment> {
  const { engine, session } = judgement
  const sources = replayed.sources.filter(({ name }) => !skipped.has(name))
  const units = planOf(engine, sources, session.transaction)
  const options = {
    span: session.transaction,
    timezone: session.timezone,
    // What the migrator passes over, others may build on.
    incomplete: skipped.size > 0 || before.some(isIncomplete),
    kept: before.length === 0 && scratch.keptWhenOpened,
  }
  const measured = await measure(onScratch(scratch), units, options)
  const applied = isFollowed && !measured.lost ? await commit(scratch, measured, options) : ALL
  const effects = unitEffects(measured, onScratch(scratch))
  return { replayed, measured, applied, effects, groups: groupsOf(replayed, measured, effects) }
}

const ALL: Applied = { refused: [], lost: null }

/**
 * Applies what can be applied, for the deployments after it to stand on. A statement that ran while it
 * was measured can fail here: other rows are there, or none.
 */
async function commit(
  scratch: Scratch,
  { units, failures, unrun, adverse, changed }: Measured,
  options: MeasureOptions,
): Promise<Applied> {
  if (changed) await scratch.restore()
  // What fails on the rows that are there now would fail again.
  else if (failures.size + adverse.size > 0) await emptyAll(scratch)
  const without = new Set(unrun)
  for (const [at, { when }] of failures) if (when === 'always') without.add(at)
  const refused: Refusal[] = []
  for (;;) {
    const { failed, lost, stays } = await runUnits(scratch, units, {
      ...options,
      without,
      commit: true,
    })
    if (failed === null || lost !== null) return { refused, lost }
    refused.push(failed)
    without.add(failed.unit.at)
    if (stays) await scratch.restore()
  }
}

/** Whether something of a deployment could not be applied. */
function isIncomplete({ measured: { failures, unrun }, applied }: RanDeployment): boolean {
  return (
    unrun.size > 0 ||
    applied.refused.length > 0 ||
    [...failures.values()].some(({ when }) => when === 'always')
  )
}
