import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { buildCommand } from '../packages/buildCommand.ts'
import { installCommand } from '../packages/installCommand.ts'
import { manifestOf } from '../packages/manifest.ts'
import {
  type WorkspacePackage,
  packageFolderOf,
  packageOf,
  workspacePackages,
} from '../packages/workspacePackages.ts'
import { folderOf } from '../find/paths.ts'
import type { SchemaComparison } from './schemaComparison.ts'

/** How Node and the loaders of drizzle-kit say that an import by name leads nowhere. */
const MISSING = [
  /Cannot find (?:module|package) '([^']+)'/,
  /No "exports" main defined in (\S+)/,
  /is not defined by "exports" in (\S+)/,
]

/**
 * Why a schema could not be loaded, where a package is not installed, or one of the repository is not
 * built; null where it is something else.
 *
 * @param reason - what Node said, with paths from the root
 */
export function missingPackage(
  { root, tree, project, here = '' }: SchemaComparison,
  reason: string,
): { readonly reason: string; readonly help: string } | null {
  const named = MISSING.flatMap((pattern) => pattern.exec(reason)?.[1] ?? [])[0]
  if (named === undefined || /^\.{1,2}(?:\/|$)/.test(named)) return null
  const folder = packageFolderOf(tree, project.config ?? project.out)
  const request = named.replace(/^.*node_modules\//, '')
  const packages = workspacePackages(tree)
  const own = packageOf(packages, request) ?? packageAt(packages, named)
  if (own === null) {
    const [name = ''] = /^(?:@[^/]+\/)?[^/]+/.exec(request) ?? []
    if (!(name in (manifestOf(tree, folder)?.dependencies ?? {}))) return null
    return { reason, help: `Install the dependencies: ${installCommand(tree, folder, here)}` }
  }
  if (!isLinked(root, folder, own.name)) {
    return {
      reason: `${own.name}, a package of this repository, is not installed`,
      help: `Install the dependencies: ${installCommand(tree, folder, here)}`,
    }
  }
  const { build } = own.manifest.scripts
  return {
    reason: `${own.name}, a package of this repository, is not built`,
    help:
      build === undefined
        ? `Build it: what ${own.folder}/package.json exports is not there.`
        : `Build it: ${buildCommand(tree, own, here)}`,
  }
}

/** The package that a path lies in. */
function packageAt(
  packages: ReadonlyMap<string, WorkspacePackage>,
  path: string,
): WorkspacePackage | null {
  const around = [...packages.values()].filter(
    ({ folder }) => folder !== '' && path.startsWith(`${folder}/`),
  )
  return around.sort((a, b) => b.folder.length - a.folder.length)[0] ?? null
}

function isLinked(root: string, folder: string, name: string): boolean {
  for (let at = folder; ; at = folderOf(at)) {
    if (existsSync(join(root, at, 'node_modules', name))) return true
    if (at === '') return false
  }
}
