import { type Timeline, type TimelineStep, timelineOf } from '../../dialects/timeline.ts'
import type { Measured } from '../../verify/measure.ts'
import type { UnitEffects } from '../../verify/unitEffects.ts'

/** What was measured of a deployment, as others notice it. */
export function measuredTimeline(
  project: string,
  { units, traces, failures }: Measured,
  effects: ReadonlyMap<number, UnitEffects>,
): Timeline {
  let transaction = 0
  const steps = units.map((unit): TimelineStep => {
    const { at, migration, file, start, end, sql } = unit
    transaction = traces.get(at)?.transaction ?? transaction
    const { error } = failures.get(at) ?? { error: null }
    const { locks, rewrites = [], builds = [], scans = [] } = effects.get(at) ?? {}
    return {
      statement: {
        migration,
        file,
        start,
        end,
        sql,
        transaction,
        error: error && { code: error.code, message: error.message },
      },
      locks: locks ?? [],
      rewrites,
      builds,
      scans,
    }
  })
  return timelineOf(project, 'measured', steps)
}
