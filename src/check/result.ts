import type { ProjectAccount } from './account.ts'
import type { Timeline } from '../dialects/timeline.ts'
import type { DeploymentOutline } from '../lint/outline.ts'
import type { WayBack } from './verification/back/wayBack.ts'
import type { Rule } from '../lint/rule.ts'
import type { Finding, Problem } from '../finding/finding.ts'

/** What was looked at, and what was not. */
export interface Counts {
  /** Pending migrations that were judged. */
  readonly migrationsJudged: number
  /** Migrations that were only replayed: production has them. */
  readonly migrationsDeployed: number
  /** SQL files that no migrator will run. */
  readonly orphans: number
  readonly statements: number
  /** Statements without a model: nothing is known about what they do. */
  readonly unmodelled: number
}

/** Nothing was looked at. */
export const noCounts: Counts = {
  migrationsJudged: 0,
  migrationsDeployed: 0,
  orphans: 0,
  statements: 0,
  unmodelled: 0,
}

/** Snapshots that could not be compared with the SQL beside them. */
export interface Uncompared {
  readonly snapshots: number
  /** In a clause: `drizzle-kit is not installed`. */
  readonly reason: string
}

/** The outcome of a check, before it is printed. */
export interface CheckResult {
  /** Suppressed ones too; in the order of files and places. */
  readonly findings: readonly Finding[]
  readonly problems: readonly Problem[]
  readonly counts: Counts
  readonly uncompared?: readonly Uncompared[]
  /** What became of every project of any tree. */
  readonly projects?: readonly ProjectAccount[]
  /** SQL files that no migrator will run, of which no finding says so. */
  readonly orphanFiles?: readonly string[]
  /** Projects of which nobody has said whether anybody uses the database while they are migrated. */
  readonly downtimeOpen?: readonly string[]
  /** Lines that even a silent hook prints. */
  readonly notices?: readonly string[]
  /** Whether no SQL was to be judged, so that the counts say nothing. */
  readonly withoutSql?: boolean
  /** Each pending deployment of every project as others notice it; worked out when asked for. */
  readonly timelines?: () => readonly Timeline[]
  /** Every rule there was, those of plugins included: what formats tell of rules. */
  readonly rules?: readonly Rule[]
  /** The same deployments, change by change. */
  readonly outlines?: () => readonly DeploymentOutline[]
  /** The servers that ran the SQL; empty where it was only read. */
  readonly ranOn?: readonly string[]
  /** How what is pending was taken back, where it was run. */
  readonly waysBack?: readonly WayBack[]
  /** How the deployed state was found, in words for the summary: `compared with origin/main`. */
  readonly comparedWith: string
  /** The text of a file as it was judged, for positions and code frames. */
  text(file: string): string | undefined
}
