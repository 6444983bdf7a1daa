import type { Config } from '../config/config.ts'
import { migrationFolders } from '../drizzle/migrations/layout.ts'
import type { MigrationFolder } from '../drizzle/migrations/migration.ts'
import { resolveTrees } from '../git/deployment.ts'
import type { Tree } from '../git/tree.ts'
import { workingTree } from '../git/workingFiles.ts'
import type { CheckOptions } from './options.ts'
import {
  type Split,
  namedFiles,
  splitAll,
  splitAtFiles,
  splitByTrees,
  splitSince,
} from './selection.ts'

/** The trees of a run, and how a folder is split into what is deployed and what is pending. */
export interface Target {
  readonly root: string
  readonly gitDir: string | null
  readonly after: Tree
  /** What production has; null where the selection does not ask git. */
  readonly deployed: Tree | null
  /** The tip of the production branch; null where the selection does not ask git. */
  readonly target: Tree | null
  /** Paths whose findings are reported; null for all. */
  readonly touched: ReadonlySet<string> | null
  /** Every path at which `after` differs from `deployed`; null where nobody knows. */
  changed(): ReadonlySet<string> | null
  readonly comparedWith: string
  /** Whether nothing is known of production, so that a whole history would look pending. */
  readonly isNew: boolean
  readonly split: (folder: MigrationFolder, folderIn: (tree: Tree) => MigrationFolder) => Split
  /** Of `--staged`: what tells whether the next commit needs a check at all. */
  readonly index: {
    readonly head: string | null
    stages(pathspecs: readonly string[]): boolean
  } | null
  /** The files that were named; null if none were. */
  readonly files: ReadonlySet<string> | null
}

/** What every run reads: configs, what may name configs, journals. */
const EARLY =
  /(?:^|\/)(?:package\.json|_journal\.json|[^/]*drizzle[^/]*\.config\.[^/]+)$|drizzle\.config\./

const SNAPSHOT = /(?:^|\/)(?:meta\/[^_/][^/]*_snapshot|snapshot)\.json$/

/** The snapshots a commit touches, each with the one before it: what both families read of them. */
function snapshotsAround(
  touched: ReadonlySet<string> | null,
  paths: readonly string[],
): readonly string[] {
  if (touched === null) return []
  const snapshots = paths.filter((path) => SNAPSHOT.test(path))
  return snapshots.filter((path, i) => touched.has(path) || touched.has(snapshots[i + 1] ?? ''))
}

/**
 * Turns a selection into trees.
 *
 * @throws ProblemError as `resolveTrees` does, and for files that are not there
 */
export async function targetOf(options: CheckOptions, config: Config): Promise<Target> {
  const { selection, cwd, env } = options
  if (selection.kind === 'all' || selection.kind === 'since' || selection.kind === 'files') {
    const { root, gitDir, tree } = workingTree(cwd, env)
    const files = selection.kind === 'files' ? namedFiles(selection.files, root, tree) : null
    const common = {
      root,
      gitDir,
      after: tree,
      deployed: null,
      target: null,
      isNew: false,
      touched: null,
      changed: () => null,
      index: null,
      files,
    }
    if (selection.kind === 'since') {
      const { tag } = selection
      return {
        ...common,
        comparedWith: `all after ${tag}`,
        split: (folder) => splitSince(folder, tree, tag),
      }
    }
    return files === null
      ? {
          ...common,
          comparedWith: 'each as a deployment of its own',
          split: (folder) => splitAll(folder, tree),
        }
      : {
          ...common,
          comparedWith: 'on top of the migrations before them',
          split: (folder) => splitAtFiles(folder, tree, files),
        }
  }
  const trees = await resolveTrees({
    mode: selection.kind,
    ...(selection.kind === 'base' ? { base: selection.ref } : {}),
    ...(selection.kind === 'pushed' ? { push: selection } : {}),
    ...(config.base === undefined ? {} : { configuredBase: config.base }),
    cwd,
    env,
  })
  const touched = trees.scope.kind === 'touched' ? trees.scope.paths : null
  const { after } = trees
  const paths = after.list('').map(({ path }) => path)
  trees.readAhead(
    [
      ...paths.filter((path) => EARLY.test(path) || (touched?.has(path) && path.endsWith('.sql'))),
      ...snapshotsAround(touched, paths),
    ],
    [...migrationFolders(paths).keys()],
  )
  return {
    root: trees.root,
    gitDir: trees.gitDir,
    after,
    deployed: trees.deployed,
    target: trees.target,
    touched,
    changed: trees.changed,
    isNew: trees.isNew,
    comparedWith: `compared with ${trees.base ?? trees.deployed.label}`,
    split: (folder, folderIn) => splitByTrees(folder, folderIn(trees.deployed), trees.deployed),
    index: selection.kind === 'staged' ? { head: trees.head, stages: trees.stages } : null,
    files: null,
  }
}
