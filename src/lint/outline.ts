import type { Change } from '../catalog/change.ts'
import type { Engine } from '../dialects/dialect.ts'
import type { DialectName } from '../dialects/names.ts'
import type { Effects, TransactionSpan } from '../dialects/effects.ts'
import { reversalsIn } from '../dialects/reversal/inDeployment.ts'
import type { Reversal } from '../dialects/reversal/reversal.ts'
import type { ReplayedDeployment } from './judge.ts'

/** What a deployment does, change by change: for those who review it. */
export interface DeploymentOutline {
  /** The project's name. */
  readonly project: string
  readonly dialect: DialectName
  readonly transaction: TransactionSpan
  readonly migrations: readonly MigrationOutline[]
}

export interface MigrationOutline {
  readonly name: string
  /** Relative to the root. */
  readonly file: string
  /** In order; a folded change stands where its last part does. */
  readonly changes: readonly OutlinedChange[]
}

export interface OutlinedChange {
  readonly change: Change
  readonly effects: Effects
  readonly reversal: Reversal
}

/**
 * Outlines a deployment that was replayed.
 *
 * @param project - its name
 */
export function outlineOf(
  engine: Engine,
  { migrations, changes, session }: ReplayedDeployment,
  project: string,
): DeploymentOutline {
  const reversals = reversalsIn(changes, engine.reversal)
  const outlined = changes.map((change, i) => ({
    change,
    effects: engine.effects(change, session),
    reversal: reversals[i]!,
  }))
  return {
    project,
    dialect: engine.dialect,
    transaction: session.transaction,
    migrations: migrations.map(({ name, file }) => ({
      name,
      file,
      changes: outlined.filter(
        ({ change }) => (change.folded.at(-1) ?? change).origin.migration === name,
      ),
    })),
  }
}
