import { fileRunner } from '../../drizzle/find/fileRunner.ts'
import type { MigrationSource } from '../../dialects/dialect.ts'
import type { Problem } from '../../finding/finding.ts'
import type { ReplayedDeployment } from '../../lint/judge.ts'
import type { Laboratory } from '../../verify/laboratory.ts'
import { type Measured, measure } from '../../verify/measure.ts'
import type { MeasureOptions } from '../../verify/passes.ts'
import type { Refusal } from '../../verify/run.ts'
import { ScratchLost } from '../../verify/scratch.ts'
import { unitEffects } from '../../verify/unitEffects.ts'
import type { FamilyResult, Run } from '../families.ts'
import type { PendingMigrations } from '../migrations/checkMigrations.ts'
import type { ProjectReading } from '../projectReading.ts'
import { groupsOf } from './measuredEngine.ts'
import { prerequisites } from './prerequisites.ts'
import { lost, skippedProblems } from './problems.ts'
import { ALL_APPLIED, type Applied, type RanDeployment, isIncomplete } from './ranDeployment.ts'
import { verificationResult } from './result.ts'
import { skippedMigrations } from './skipped.ts'

/**
 * A database that stands where production does, with what is deployed in it.
 *
 * @throws ProblemError where it cannot be had, or a deployed migration does not run
 */
export type OpenLaboratory = (deployed: readonly MigrationSource[]) => Promise<Laboratory>

/** Runs what is pending of a project, deployment by deployment. */
export async function verifyInLaboratory(
  run: Run,
  reading: ProjectReading,
  pending: PendingMigrations,
  open: OpenLaboratory,
): Promise<FamilyResult> {
  const { project, split } = reading
  const deployed = reading.sources(split.deployedTree, split.deployed)
  const { deployments } = pending
  const all = deployments.map(({ sources }) => sources)
  // Who runs files by name passes over none.
  const isByName = fileRunner(run.after, reading.folder.path) !== null
  const skipped = isByName
    ? new Set<string>()
    : skippedMigrations(reading.folder, split.deployed, all)
  const laboratory = await open([...prerequisites(run, run.verify), ...deployed.sources])
  const problems: Problem[] = [...deployed.problems, ...skippedProblems(all.flat(), skipped)]
  const ran: RanDeployment[] = []
  const remarks: string[] = [...laboratory.notices]
  try {
    for (const [i, replayed] of deployments.entries()) {
      const isFollowed = i < deployments.length - 1
      const one = await runOne(laboratory, pending, replayed, skipped, isFollowed, ran)
      ran.push(one)
      remarks.push(...laboratory.remarks())
      if (one.measured.lost ?? one.applied.lost) break
    }
  } catch (error) {
    if (!(error instanceof ScratchLost)) throw error
    problems.push(lost(error, project.name))
  } finally {
    await laboratory.close()
  }
  const { server, major } = laboratory
  const result = verificationResult(run, reading, pending, ran, problems, {
    server,
    major,
    stubbed: [],
  })
  return { ...result, notices: [...remarks, ...(result.notices ?? [])] }
}

async function runOne(
  laboratory: Laboratory,
  { judgement }: PendingMigrations,
  replayed: ReplayedDeployment,
  skipped: ReadonlySet<string>,
  isFollowed: boolean,
  before: readonly RanDeployment[],
): Promise<RanDeployment> {
  const { engine, session } = judgement
  const sources = replayed.sources.filter(({ name }) => !skipped.has(name))
  const units = laboratory.plan(engine, sources, session.transaction)
  const options = {
    span: session.transaction,
    timezone: session.timezone,
    // What the migrator passes over, others may build on.
    incomplete: skipped.size > 0 || before.some(isIncomplete),
    kept: true,
  }
  const measured = await measure(laboratory.measurable(units), units, options)
  const isApplied = isFollowed && measured.lost === null
  const applied = isApplied ? await apply(laboratory, measured, options) : ALL_APPLIED
  const effects = unitEffects(measured, laboratory)
  return { replayed, measured, applied, effects, groups: groupsOf(replayed, measured, effects) }
}

/** Applies what can be applied, for the deployments after it to stand on. */
async function apply(
  laboratory: Laboratory,
  { units, failures, unrun }: Measured,
  options: MeasureOptions,
): Promise<Applied> {
  const without = new Set(unrun)
  for (const [at, { when }] of failures) if (when === 'always') without.add(at)
  const refused: Refusal[] = []
  for (;;) {
    const { failed, lost: gone } = await laboratory.apply(units, {
      ...options,
      without,
      commit: true,
    })
    if (failed === null || gone !== null) return { refused, lost: gone }
    refused.push(failed)
    without.add(failed.unit.at)
  }
}
