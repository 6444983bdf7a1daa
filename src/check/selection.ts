import { basename, dirname, join, relative, sep } from 'node:path'
import { didYouMean } from '../config/closest.ts'
import { findFolder } from '../drizzle/migrations/findFolder.ts'
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
  /** The tree that `deployed` is read from. */
  readonly deployedTree: Tree
}

/** Pending is what the tree under check has and the deployed tree does not. */
export function splitByTrees(folder: MigrationFolder, after: Tree, deployed: Tree): Split {
  const there = deployedFolder(folder, after, deployed)
  const pending = pendingMigrations(there, folder)
  return {
    deployed: there.migrations,
    deployments: pending.length > 0 ? [pending] : [],
    deployedTree: deployed,
  }
}

/**
 * The migrations folder as it is deployed. A journal that was committed broken (with conflict
 * markers, say) must not fail every check until it is out of the history: then what is deployed is
 * what has its SQL there.
 */
export function deployedFolder(
  folder: MigrationFolder,
  after: Tree,
  deployed: Tree,
): MigrationFolder {
  try {
    return findFolder(folder, after, deployed)
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    const there = new Set(deployed.list(folder.path).map(({ path }) => path))
    const migrations = folder.migrations.filter(({ file }) => there.has(file))
    // Their blob ids are of the tree under check; what they say may differ.
    return { ...folder, migrations: migrations.map(({ blob: _, ...rest }) => rest), missing: [] }
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
  const names = folder.migrations.map(({ name }) => name)
  const at = names.indexOf(tag)
  if (at < 0) {
    throw new ProblemError({
      message: `${folder.path} has no migration "${tag}"${didYouMean(tag, names)}`,
      file: folder.path,
      help: 'Give --since the name of the last deployed migration as the journal has it; with several projects, pick one with --project.',
    })
  }
  const pending = folder.migrations.slice(at + 1)
  return {
    deployed: folder.migrations.slice(0, at + 1),
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
      const path = relative(root, real).split(sep).join('/')
      if (path.startsWith('../') || tree.read(path) === undefined) {
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
