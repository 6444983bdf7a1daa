import type { Acknowledgement, RuleFamily, VerifyConfig } from '../config/config.ts'
import type { Project } from '../drizzle/find/project.ts'
import type { MigrationFolder } from '../drizzle/migrations/migration.ts'
import type { Tree } from '../git/tree.ts'
import type { Engine } from '../dialects/dialect.ts'
import type { Timeline } from '../dialects/timeline.ts'
import type { Finding, Problem } from '../finding/finding.ts'
import type { FamilyAccount, ProjectAccount } from './account.ts'
import type { DeployedProjects } from './deployedProjects.ts'
import type { HistoryRule } from './history/history.ts'
import type { Remade } from './history/remade.ts'
import type { Counts, Uncompared } from './result.ts'
import type { DeploymentOutline } from '../lint/outline.ts'
import type { PlacedRule } from '../lint/placedRule.ts'
import type { MigrationRule } from '../lint/rule.ts'
import type { ActiveRule } from '../lint/settings.ts'
import type { SnapshotComparison } from './snapshots/comparison.ts'
import type { Drift } from './verification/drift/drift.ts'
import type { WayBack } from './verification/back/wayBack.ts'
import type { Sync } from './sync/difference.ts'
import type { Recorded } from './sync/halfStaged.ts'
import type { Store } from '../cache/store.ts'
import type { ProjectReading } from './projectReading.ts'
import type { Split } from './selection.ts'

/** What holds for every project of one run. */
export interface Run {
  /** Absolute path of the top folder. */
  readonly root: string
  /** Where the reader stands, relative to the root: what printed commands start from. */
  readonly here: string
  readonly gitDir: string | null
  /** The families that were asked for, or that can be judged; null for all. */
  readonly only: readonly RuleFamily[] | null
  /** Why only these, in a clause. */
  readonly onlyReason: string
  readonly after: Tree
  /** What production has; null where the selection does not ask git. */
  readonly deployed: Tree | null
  /** What lies on disk, whatever is checked. */
  readonly disk: Tree
  /** The projects of what production has; null where the selection does not ask git. */
  readonly deployedProjects: DeployedProjects | null
  /** The migration of `--since`: of it and those before it nothing is said. */
  readonly since: string | null
  /** Why no schema is compared, in a clause; null where it is. */
  readonly syncOff: string | null
  /** The tip of the production branch; null where the selection does not ask git. */
  readonly target: Tree | null
  readonly split: (folder: MigrationFolder, folderIn: (tree: Tree) => MigrationFolder) => Split
  /** What judges the SQL that is pending: by its text, or by running it. */
  readonly migrations: (run: Run, reading: ProjectReading) => Promise<FamilyResult>
  readonly rules: readonly MigrationRule[]
  readonly active: {
    readonly sync: readonly ActiveRule<PlacedRule<Sync>>[]
    readonly snapshot: readonly ActiveRule<PlacedRule<SnapshotComparison>>[]
    readonly drift: readonly ActiveRule<PlacedRule<Drift>>[]
    readonly history: readonly ActiveRule<HistoryRule>[]
    readonly migration: readonly ActiveRule[]
  }
  /** Files of the whole repository that a project has spoken for: the others leave them alone. */
  readonly claimed: Set<string>
  /** Why schemas could not be loaded, as far as a warning has said it: several may share a cause. */
  readonly saidUnread: Set<string>
  readonly acknowledged: readonly Acknowledgement[]
  readonly verify: VerifyConfig
  /** Env files that the configuration names. */
  readonly env: readonly string[]
  readonly store: Store | null
  /** Paths that are reported on; null for all. */
  readonly touched: ReadonlySet<string> | null
  /** Every path at which `after` differs from `deployed`; null where nobody knows. */
  changed(): ReadonlySet<string> | null
  /**
   * Loads the engine of a dialect: its parser costs half a start of Node, so only once there is
   * something to parse. Null for a dialect whose SQL is not judged.
   */
  readonly engineOf: (reading: ProjectReading) => Promise<Engine> | null
}

/** What one family of checks says about a project. */
export interface FamilyResult {
  readonly findings: readonly Finding[]
  readonly problems: readonly Problem[]
  /** Why the schema could not be loaded, where that has to stop the run. */
  readonly unread?: UnreadSchema
  /** Files of migrations of which a finding says that they are only staged in part. */
  readonly halfStaged?: readonly string[]
  /** What sync has said of what SQL makes and no snapshot has. */
  readonly recorded?: Recorded
  /** What history has said of migrations that have to be generated again. */
  readonly remade?: Remade
  /** What became of it; default: it was compared. */
  readonly account?: FamilyAccount
  /** Lines that even a silent hook prints; they do not change the outcome. */
  readonly notices?: readonly string[]
  /** Of the family that judges SQL. */
  readonly counts?: Counts
  readonly uncompared?: readonly Uncompared[]
  /** Of the family that judges SQL: each deployment as others notice it. */
  readonly timelines?: () => readonly Timeline[]
  /** Of the same: what is pending, change by change. */
  readonly outlines?: () => readonly DeploymentOutline[]
  /** Of the same, where it ran the SQL: the server (`PostgreSQL 18.6 (PGlite 0.5.16)`). */
  readonly ranOn?: string | null
  /** Of the same: how what is pending was taken back. */
  readonly back?: WayBack
  /**
   * Files and folders the answer depends on besides what was read from the tree under check, also
   * such that are not there: what a schema imports, say. Null where that is not known.
   */
  readonly watched?: readonly string[] | null
}

/** Why a schema could not be compared, and what to do about it. */
export interface UnreadSchema {
  readonly project: Project
  readonly reason: string
  readonly help: string
}

export interface ProjectResult extends Required<
  Omit<FamilyResult, 'halfStaged' | 'recorded' | 'remade' | 'account' | 'unread' | 'back'>
> {
  readonly unread: readonly UnreadSchema[]
  readonly waysBack: readonly WayBack[]
  /** SQL files that no migrator will run, of which no finding says so. */
  readonly orphanFiles: readonly string[]
  readonly account: ProjectAccount
}

/** Whether a rule about the folder's history is run on a project. */
export function runsRule(run: Run, project: Project, name: string): boolean {
  return (
    runsFamily(run, project, 'history') && run.active.history.some(({ rule }) => rule.name === name)
  )
}

/** Whether a family's checks are run on a project. */
export function runsFamily(run: Run, project: Project, family: RuleFamily): boolean {
  return project.families.includes(family) && run.only?.includes(family) !== false
}
