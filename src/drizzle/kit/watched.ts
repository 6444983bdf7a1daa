import type { Tree } from '../../git/tree.ts'
import { folderOf, within } from '../find/paths.ts'
import { fixedPart } from '../find/placement.ts'
import type { Project } from '../find/project.ts'
import { below } from '../migrations/layout.ts'
import { moduleImports } from './moduleImports.ts'
import { schemaFiles } from './schemaFiles.ts'

/**
 * What a comparison depends on whatever it says: the schema's files, the config with what that
 * imports, and the `.env` files that it may read.
 */
export function watchedAlways(tree: Tree, project: Project): readonly string[] {
  const { config, otherConfigs, schema, folder } = project
  if (config === null) return schema
  const modules = moduleImports(tree, [config], 'no aliases')
  const texts = tree.readAll(modules)
  const readsEnvironment = [...texts.values()].some((text) => text.includes('env'))
  const folders = new Set([folder, folderOf(config), ''])
  const environment = readsEnvironment
    ? [...folders].flatMap((one) =>
        tree.list(one).flatMap(({ path }) => (isEnvironment(path, one) ? [path] : [])),
      )
    : []
  return [...new Set([config, ...otherConfigs, ...modules, ...environment, ...schema])]
}

/**
 * What the schema of a tree may be made of, told without loading it: all that its files import, and
 * everything in the folders of its globs. Where only running the config would tell its files, every
 * path that the config or a module of it spells counts as one.
 *
 * @param root - absolute path of the top folder
 * @param read - files that were read before loading it failed
 */
export async function schemaSources(
  root: string,
  tree: Tree,
  project: Project,
  read: readonly string[] = [],
): Promise<readonly string[]> {
  const patterns = project.schema.length > 0 ? project.schema : spelledPaths(tree, project)
  const { files } = await schemaFiles(root, tree, patterns)
  const folders = patterns.filter((pattern) => fixedPart(pattern) !== pattern).map(fixedPart)
  const inFolders = folders.flatMap((folder) => tree.list(folder).map(({ path }) => path))
  return [...new Set([...inFolders, ...moduleImports(tree, [...files, ...read], 'aliases')])]
}

/** Every text in a config and what it imports that may be a path, relative to the root. */
function spelledPaths(tree: Tree, { config, folder }: Project): readonly string[] {
  if (config === null) return []
  const texts = tree.readAll(moduleImports(tree, [config], 'no aliases'))
  const spelled = [...texts.values()].flatMap((text) => [
    ...text.toString('utf8').matchAll(/(['"`])([^'"`\n]*[./][^'"`\n]*)\1/g),
  ])
  return [...new Set(spelled.flatMap(([, , path = '']) => within(folder, path) || []))]
}

function isEnvironment(path: string, folder: string): boolean {
  const start = below(folder, '.env')
  return path === start || (path.startsWith(`${start}.`) && !path.slice(start.length).includes('/'))
}
