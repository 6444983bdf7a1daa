import { schemaFiles } from '../drizzle/kit/schemaFiles.ts'
import { folderOf, within } from '../drizzle/find/paths.ts'
import type { Project } from '../drizzle/find/project.ts'
import { importsOf } from './importsOf.ts'
import type { Setup } from './setup.ts'
import { buildCommand } from '../drizzle/packages/buildCommand.ts'
import { entryOf, moduleAt } from '../drizzle/packages/entry.ts'
import {
  type WorkspacePackage,
  packageOf,
  workspacePackages,
} from '../drizzle/packages/workspacePackages.ts'

/** What has to be there before the schema of a repository can be loaded. */
export interface SchemaNeeds {
  /** Environment variables that schema files, drizzle configs and what they import name. */
  readonly variables: readonly string[]
  /** Commands that build the packages they import, where what those export is not in git. */
  readonly builds: readonly string[]
}

/** Reads the schema's modules and what they import of the repository; runs nothing. */
export async function schemaNeeds(setup: Setup): Promise<SchemaNeeds> {
  const { tree, projects } = setup
  const packages = workspacePackages(tree)
  const variables = new Set<string>()
  const unbuilt = new Map<string, WorkspacePackage>()
  const seen = new Set<string>()
  const queue = (await Promise.all(projects.map((project) => startsOf(setup, project)))).flat()
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    const text = tree.read(path)?.toString('utf8')
    if (seen.has(path) || text === undefined || !/\.[mc]?[jt]sx?$/.test(path)) continue
    seen.add(path)
    const needs = await importsOf(path, text)
    for (const name of needs.variables) variables.add(name)
    for (const request of needs.imports) {
      const own = request.startsWith('.') ? moduleAt(tree, within(folderOf(path), request)) : null
      if (own !== null) queue.push(own)
      const target = packageOf(packages, request)
      if (target === null || liesIn(path, target.folder)) continue
      const entry = entryOf(tree, target, request)
      if (entry !== null) queue.push(entry)
      else if (target.manifest.scripts.build !== undefined) unbuilt.set(target.name, target)
    }
  }
  return {
    variables: [...variables].sort(),
    builds: [...unbuilt.values()].map((one) => buildCommand(tree, one, '')),
  }
}

async function startsOf({ root, tree }: Setup, project: Project): Promise<readonly string[]> {
  const { files } = await schemaFiles(root, tree, project.schema)
  return [...(project.config === null ? [] : [project.config]), ...files]
}

function liesIn(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`)
}
