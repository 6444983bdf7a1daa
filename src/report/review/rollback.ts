import { dialectOf } from '../../dialects/registry.ts'
import type { DeploymentOutline } from '../../lint/outline.ts'

/** How a deployment is taken back once it has been committed. */
export interface Rollback {
  /** In the order in which they are run. */
  readonly statements: readonly string[]
  /** What the statements leave, or cost. */
  readonly caveats: readonly string[]
  /** What somebody has to write: what it was is not known here. */
  readonly byHand: readonly string[]
  /** What nothing but a backup brings back. */
  readonly gone: readonly string[]
  /** Whether a failure half-way leaves nothing behind. */
  readonly isAtomic: boolean
}

/** The rollback plan of a deployment. */
export function rollbackOf({ migrations, transaction, dialect }: DeploymentOutline): Rollback {
  const all = migrations.flatMap(({ changes }) => changes).reverse()
  const reversals = all.map(({ reversal }) => reversal)
  const { transactions } = dialectOf(dialect)
  return {
    statements: reversals.flatMap((one) => (one.kind === 'statements' ? one.sql : [])),
    caveats: reversals.flatMap((one) =>
      one.kind === 'statements' && one.but !== null ? [one.but] : [],
    ),
    byHand: reversals.flatMap((one) => (one.kind === 'by-hand' ? [one.what] : [])),
    gone: reversals.flatMap((one) => (one.kind === 'gone' ? [one.what] : [])),
    isAtomic: transaction === 'deployment' && transactions.ddl === 'transactional',
  }
}
