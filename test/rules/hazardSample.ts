import type { Session } from '../../src/dialects/effects.ts'

/** What the rules say of one form of a hazard, and of a way around it. */
export interface HazardSample {
  /** The hazard's row in the docs. */
  readonly id: string
  readonly name: string
  /** What is deployed beside the tables that all samples have. */
  readonly schema?: string
  /** One migration file, or several of one deployment. */
  readonly bad: string | readonly string[]
  /** Every rule that reports it; none where the tool is silent by choice. */
  readonly reportedBy: readonly string[]
  /** Migrations that reach the same end, of which no rule says anything. */
  readonly good?: string | readonly string[]
  /** Which database and migrator; its dialect's default where nothing is said. */
  readonly on?: Partial<Session>
}

/** Statements of one migration file, as drizzle-kit separates them. */
export function file(...statements: readonly string[]): string {
  return statements.join('--> statement-breakpoint\n')
}
