import type { Range } from '../../../finding/finding.ts'
import type { Drifted } from './driftBetween.ts'

/** An object that the migrations make otherwise than the schema says, and where to say so. */
export interface PlacedDrift extends Drifted {
  /** Whether it was so before the deployment. */
  readonly known: boolean
  /** Whether the next `drizzle-kit generate` writes what is missing. */
  readonly generated: boolean
  /** The migration that touched it last, if one of those that were run did. */
  readonly migration: string | null
  readonly file: string
  readonly range: Range | null
}

/** How the database that the migrations make differs from the one that the schema asks for. */
export interface Drift {
  readonly drifted: readonly PlacedDrift[]
  /** What production's tree is called, or the migration of `--since`. */
  readonly deployedLabel: string
  readonly commands: {
    /** Writes the migration that drizzle-kit finds missing. */
    readonly generate: string
    /** Writes one for SQL of one's own. */
    readonly custom: string
  }
}
