import { leavesFolder, relativePath } from '../finding/relativePath.ts'
import type { Project } from '../drizzle/find/project.ts'
import { folderOf } from '../drizzle/find/paths.ts'
import { realFolder } from '../git/checkout.ts'
import type { CheckOptions } from './options.ts'

/**
 * The projects that the working directory is about, as in ESLint: those at or below it, else the one
 * it lies in. From the top, and where there is none around, it is about all of them; so are hooks, and
 * whoever names projects or files.
 *
 * @param root - absolute path of the top folder
 */
export function projectsInScope(
  projects: readonly Project[],
  { cwd, selection, projects: named }: Pick<CheckOptions, 'cwd' | 'selection' | 'projects'>,
  root: string,
): readonly Project[] {
  if (named.length > 0 || ['staged', 'pushed', 'files'].includes(selection.kind)) return projects
  const here = relativePath(root, realFolder(cwd))
  if (here === '' || leavesFolder(here)) return projects
  const below = projects.filter((project) => placesOf(project).some((place) => isIn(place, here)))
  if (below.length > 0) return below
  const around = projects.map((project) => {
    const homes = [project.folder, ...placesOf(project)].filter((home) => isIn(here, home))
    return Math.max(-1, ...homes.map((home) => home.length))
  })
  const nearest = Math.max(-1, ...around)
  return nearest < 0 ? projects : projects.filter((_, i) => around[i] === nearest)
}

function placesOf({ config, out }: Project): readonly string[] {
  return config === null ? [out] : [folderOf(config), out]
}

function isIn(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`)
}
