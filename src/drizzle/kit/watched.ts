import type { Tree } from '../../git/tree.ts'
import { folderOf } from '../find/paths.ts'
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

/** What the schema of a tree may be made of, told without loading it. */
export async function schemaSources(
  root: string,
  tree: Tree,
  project: Project,
): Promise<readonly string[]> {
  const { files } = await schemaFiles(root, tree, project.schema)
  return watchedUnloaded(tree, project, files)
}

/**
 * What a schema may be made of where it could not be loaded: all that its files import, and
 * everything in the folders of its globs.
 *
 * @param files - that the schema's patterns match
 */
export function watchedUnloaded(
  tree: Tree,
  { schema }: Project,
  files: readonly string[],
): readonly string[] {
  const folders = schema.filter((pattern) => fixedPart(pattern) !== pattern).map(fixedPart)
  const inFolders = folders.flatMap((folder) => tree.list(folder).map(({ path }) => path))
  return [...new Set([...inFolders, ...moduleImports(tree, files, 'aliases')])]
}

function isEnvironment(path: string, folder: string): boolean {
  const start = below(folder, '.env')
  return path === start || (path.startsWith(`${start}.`) && !path.slice(start.length).includes('/'))
}
