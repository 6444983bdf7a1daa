import { basename, dirname, join } from 'node:path'
import { leavesFolder, relativePath } from '../finding/relativePath.ts'
import { didYouMean } from '../config/closest.ts'
import { pendingMigrations } from '../drizzle/migrations/pending.ts'
import type { Migration, MigrationFolder } from '../drizzle/migrations/migration.ts'
import { realFolder } from '../git/checkout.ts'
import type { Tree } from '../git/tree.ts'
import { ProblemError } from '../finding/problem.ts'

/** What production has of a migrations folder, and what it does not have yet. */
export interface Split {
  readonly deployed: readonly Migration[]
  /** Each list is one deployment. */
  readonly deployments: readonly (readonly Migration[])[]
  /** What also counts as deployed, though its SQL is not there. */
  readonly deployedWithoutSql?: readonly Migration[]
  /** The tree that `deployed` is read from. */
  readonly deployedTree: Tree
}

/**
 * Pending is what the tree under check has and the deployed tree does not.
 *
 * @param there - the folder as it is deployed
 */
export function splitByTrees(
  folder: MigrationFolder,
  there: MigrationFolder,
  deployed: Tree,
): Split {
  const pending = pendingMigrations(there, folder)
  return {
    deployed: there.migrations,
    deployments: pending.length > 0 ? [pending] : [],
    deployedTree: deployed,
  }
}

/** `--all`: every migration is a deployment of its own on top of those before it. */
export function splitAll(folder: MigrationFolder, tree: Tree): Split {
  return {
    deployed: [],
    deployments: folder.migrations.map((migration) => [migration]),
    deployedTree: tree,
  }
}

/**
 * `--since <tag>`: everything after it is one deployment.
 *
 * @throws ProblemError if the folder has no such migration
 */
export function splitSince(folder: MigrationFolder, tree: Tree, tag: string): Split {
  const known = [...folder.migrations, ...folder.missing].sort((a, b) => a.position - b.position)
  const names = known.map(({ name }) => name)
  const last = known.find(({ name }) => name === tag)?.position
  if (last === undefined) {
    throw new ProblemError({
      message: `${folder.path} has no migration "${tag}"${didYouMean(tag, names)}`,
      file: folder.path,
      help: 'Give --since the name of the last deployed migration as the journal has it; with several projects, pick one with --project.',
    })
  }
  const isPast = ({ position }: Migration): boolean => position <= last
  const pending = folder.migrations.filter((one) => !isPast(one))
  return {
    deployed: folder.migrations.filter(isPast),
    deployedWithoutSql: folder.missing.filter(isPast),
    deployments: pending.length > 0 ? [pending] : [],
    deployedTree: tree,
  }
}

/** Files by name: the journal up to them is what production has, they are one deployment. */
export function splitAtFiles(
  folder: MigrationFolder,
  tree: Tree,
  named: ReadonlySet<string>,
): Split {
  const pending = folder.migrations.filter(({ file }) => named.has(file))
  const last = pending.at(-1)?.position ?? -1
  return {
    deployed: folder.migrations.filter(({ file, position }) => position < last && !named.has(file)),
    deployments: pending.length > 0 ? [pending] : [],
    deployedTree: tree,
  }
}

/**
 * The named files as the tree has them.
 *
 * @param files - absolute
 * @throws ProblemError for a file that is not there or outside of the project
 */
export function namedFiles(
  files: readonly string[],
  root: string,
  tree: Tree,
): ReadonlySet<string> {
  return new Set(
    files.map((file) => {
      // The root has no symbolic links in it, but the way to the file may.
      const real = join(realFolder(dirname(file)), basename(file))
      const path = relativePath(root, real)
      if (leavesFolder(path) || tree.read(path) === undefined) {
        throw new ProblemError({
          message: `there is no file ${path}`,
          file: path,
          help: 'Name migrations of this project, relative to the working directory.',
        })
      }
      return path
    }),
  )
}
