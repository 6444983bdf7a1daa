import type { ReplayedDeployment } from '../../lint/judge.ts'
import type { Measured } from '../../verify/measure.ts'
import type { Refusal, RunOutcome } from '../../verify/run.ts'
import type { UnitEffects } from '../../verify/unitEffects.ts'
import type { MeasuredGroup } from './measuredEngine.ts'

/** What became of a deployment that others follow, when it was applied for them. */
export interface Applied {
  /** What could not be applied although it could be measured. */
  readonly refused: readonly Refusal[]
  readonly lost: RunOutcome['lost']
}

/** One deployment that was run. */
export interface RanDeployment {
  readonly replayed: ReplayedDeployment
  readonly measured: Measured
  readonly applied: Applied
  readonly effects: ReadonlyMap<number, UnitEffects>
  readonly groups: readonly MeasuredGroup[]
}

export const ALL_APPLIED: Applied = { refused: [], lost: null }

/** Whether something of a deployment could not be applied. */
export function isIncomplete({ measured: { failures, unrun }, applied }: RanDeployment): boolean {
  return (
    unrun.size > 0 ||
    applied.refused.length > 0 ||
    [...failures.values()].some(({ when }) => when === 'always')
  )
}
