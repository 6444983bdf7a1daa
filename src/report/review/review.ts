import type { CheckResult } from '../../check/result.ts'
import type { Timeline } from '../../dialects/timeline.ts'
import type { DeploymentOutline } from '../../lint/outline.ts'
import { type Entry, entriesOf } from '../entries.ts'
import { worstFirst } from '../worstFirst.ts'
import { type ByHand, byHandAround } from './byHand.ts'
import { type Downtime, downtimeOf } from './downtime.ts'
import { type Rollback, rollbackOf } from './rollback.ts'

/** All that a reviewer wants to know of one deployment. */
export interface DeploymentReview {
  readonly outline: DeploymentOutline
  readonly timeline: Timeline | null
  readonly downtime: Downtime
  readonly byHand: ByHand
  readonly rollback: Rollback
}

/** The outcome of a check as a reviewer reads it. */
export interface Review {
  /** Empty where nothing is pending, or nothing of it could be read. */
  readonly deployments: readonly DeploymentReview[]
  /** The worst first. */
  readonly open: readonly Entry[]
  /** What somebody has accepted, with reasons. */
  readonly accepted: readonly Entry[]
}

/** Puts together what is pending; what `verify` has measured takes the place of what is computed. */
export function reviewOf(result: CheckResult, quiet: boolean): Review {
  const outlines = (result.outlines?.() ?? []).filter(({ migrations }) => migrations.length > 0)
  const timelines = [...(result.timelines?.() ?? [])]
  const entries = entriesOf(result, quiet)
  return {
    deployments: outlines.map((outline) => {
      const at = timelines.findIndex((one) => isOf(one, outline))
      const timeline = at === -1 ? null : timelines.splice(at, 1)[0]!
      return {
        outline,
        timeline,
        downtime: downtimeOf(timeline === null ? [] : [timeline], outline),
        byHand: byHandAround(outline),
        rollback: rollbackOf(outline),
      }
    }),
    open: worstFirst(entries.filter(({ finding }) => !finding.suppressed)),
    accepted: entries.filter(({ finding }) => finding.suppressed),
  }
}

function isOf({ project, statements }: Timeline, outline: DeploymentOutline): boolean {
  const names = new Set(outline.migrations.map(({ name }) => name))
  return project === outline.project && statements.every(({ migration }) => names.has(migration))
}
