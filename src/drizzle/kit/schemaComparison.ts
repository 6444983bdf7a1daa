import type { Tree } from '../../git/tree.ts'
import type { Project } from '../find/project.ts'
import type { MigrationFolder } from '../migrations/migration.ts'
import type { Cache } from '../find/readings.ts'
import type { LatestSnapshot } from './latestSnapshot.ts'

/** What is compared: a project in a tree. */
export interface SchemaComparison {
  /** Absolute path of the top folder. */
  readonly root: string
  /** Where the reader stands, relative to the root; default: there. */
  readonly here?: string
  readonly tree: Tree
  readonly project: Project
  readonly folder: MigrationFolder
  readonly latest: LatestSnapshot
  /**
   * Whether a schema that git ignores is taken from disk; a build there says nothing of the tree of
   * another commit.
   */
  readonly withBuild?: boolean
  /** Whether the schema is compared with nothing, so that all of it is missing: its whole SQL. */
  readonly fromScratch?: boolean
  /** Env files that our configuration names, relative to the root. */
  readonly env?: readonly string[]
  /** Where verdicts are kept between runs. */
  readonly cache?: Cache | null
  /** Milliseconds that drizzle-kit may take. */
  readonly patience?: number
}
