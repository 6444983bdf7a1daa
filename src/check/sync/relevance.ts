import type { Project } from '../../drizzle/find/project.ts'
import { isSource } from '../../drizzle/kit/overlayOf.ts'
import type { Verdict } from '../../drizzle/kit/verdict.ts'
import { schemaSources } from '../../drizzle/kit/watched.ts'
import { packageFolderOf, packagesBehind } from '../../drizzle/packages/workspacePackages.ts'
import type { Tree } from '../../git/tree.ts'
import type { Run } from '../families.ts'

/**
 * Whether the change under check has to do with what the comparison of a schema depends on. Without
 * an answer, that is whatever the change has to do with; with one, a whole run asks about everything.
 */
export async function isConcerned(run: Run, project: Project, verdict: Verdict): Promise<boolean> {
  const isUnknown = verdict.kind === 'unknown'
  const changed = run.touched ?? (isUnknown ? run.changed() : null)
  if (changed === null || touches(changed, project, verdict.watched)) return true
  // What it depended on in production may be gone by now.
  if (isUnknown && (await touchesThePast(run, project, changed))) return true
  // What a schema imports that failed to load is not known, nor is what a build was made of.
  const isPackageWide = verdict.built.length > 0 || (isUnknown && verdict.isHalfRead)
  return isPackageWide && touchesPackages(run.after, project, changed)
}

/** Whether some paths have to do with a schema by what is known of it. */
export function touches(
  changed: ReadonlySet<string>,
  { out, schema, folder }: Project,
  watched: readonly string[],
): boolean {
  const files = new Set(watched)
  const bases = [out, ...schema.map((pattern) => pattern.replace(/\/?[^/]*[*?[\]{}()!].*$/, ''))]
  return [...changed].some(
    (path) =>
      files.has(path) ||
      bases.some((base) => base !== '' && path.startsWith(`${base}/`)) ||
      isInstallation(path, folder),
  )
}

/** Whether some paths are source code of the project's package, or of one that it depends on. */
function touchesPackages(
  tree: Tree,
  { config, out }: Project,
  changed: ReadonlySet<string>,
): boolean {
  const sources = [...changed].filter(isSource)
  if (sources.length === 0) return false
  const folders = packagesBehind(tree, packageFolderOf(tree, config ?? out))
  return sources.some((path) => folders.includes(packageFolderOf(tree, path)))
}

async function touchesThePast(
  { root, deployed }: Run,
  project: Project,
  changed: ReadonlySet<string>,
): Promise<boolean> {
  if (deployed === null) return false
  const sources = await schemaSources(root, deployed, project)
  return sources.some((path) => changed.has(path))
}

/** What decides which drizzle-kit is installed, and how it compiles. */
function isInstallation(path: string, folder: string): boolean {
  const [, place = '', name] = /^(?:(.*)\/)?([^/]+)$/.exec(path)!
  const isNear = place === '' || place === folder || folder.startsWith(`${place}/`)
  return (
    isNear &&
    /^(?:package(?:-lock)?\.json|pnpm-(?:lock|workspace)\.yaml|yarn\.lock|bun\.lockb?|tsconfig.*\.json)$/.test(
      name!,
    )
  )
}
