import type { Change } from '../catalog/change.ts'
import type { Engine } from '../dialects/dialect.ts'
import { isExpected } from '../dialects/effects.ts'
import { type Timeline, type TimelineStep, timelineOf } from '../dialects/timeline.ts'
import type { ReplayedDeployment } from './judge.ts'

/**
 * What the linter knows of a deployment, as the timeline that `verify` measures.
 *
 * @param project - its name
 */
export function computedTimeline(
  engine: Engine,
  { migrations, changes, sources, session }: ReplayedDeployment,
  project: string,
): Timeline {
  const texts = new Map(sources.map(({ file, text }) => [file, text]))
  const transactions = new Map<number, number>()
  const byStatement = new Map<number, Change[]>()
  for (const change of changes) {
    // A folded change counts where the last of its parts stands, as the rules see it.
    const at = (change.folded.at(-1) ?? change).origin.statement
    byStatement.set(at, [...(byStatement.get(at) ?? []), change])
  }
  const steps = migrations.flatMap(({ statements }) =>
    statements.flatMap(({ index, changes: own }): TimelineStep[] => {
      const [first] = own
      if (first === undefined) return []
      const { file, migration, start, end } = first.origin
      const { transaction } = first.before
      if (!transactions.has(transaction)) transactions.set(transaction, transactions.size)
      const costs = (byStatement.get(index) ?? []).map((change) => engine.effects(change, session))
      const error = costs.flatMap(({ errors }) => errors).find(({ when }) => isExpected(when))
      return [
        {
          statement: {
            migration,
            file,
            start,
            end,
            sql: texts.get(file)?.slice(start, end) ?? '',
            transaction: transactions.get(transaction)!,
            error: error ? { code: error.code, message: error.message } : null,
          },
          locks: costs.flatMap(({ locks }) => locks),
          rewrites: costs.flatMap(({ rewrites }) => rewrites),
          builds: costs.flatMap(({ builds }) => builds),
          scans: costs.flatMap(({ scans }) => scans),
        },
      ]
    }),
  )
  return timelineOf(project, 'computed', steps)
}
