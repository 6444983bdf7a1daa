import { loadConfig } from '../config/load.ts'
import type { ConfigurableRule } from '../config/plugins.ts'
import { discoverProjects } from '../drizzle/find/discover.ts'
import type { Project } from '../drizzle/find/project.ts'
import { projectCommand } from '../drizzle/find/projectCommand.ts'
import { relativePath } from '../finding/relativePath.ts'
import { type Arrival, lastArrival } from '../git/arrival.ts'
import { findPlaces } from './places.ts'
import { ProjectReading } from './projectReading.ts'
import { splitByTrees } from './selection.ts'

/** The migrations that the last merge brought to one project. */
export interface ArrivedMigrations {
  /** Their folder, relative to the root. */
  readonly out: string
  readonly names: readonly string[]
  /** What applies them. */
  readonly command: string
}

/**
 * Which migrations the last merge brought; for a post-merge hook.
 *
 * @param rules - every rule there is: a configuration may name them
 * @returns the projects that got any
 * @throws ProblemError outside of a checkout, and for a broken configuration
 */
export async function arrivedMigrations(
  cwd: string,
  env: NodeJS.ProcessEnv,
  rules: readonly ConfigurableRule[],
): Promise<readonly ArrivedMigrations[]> {
  const arrival = await lastArrival(cwd, env)
  if (arrival === null) return []
  const { config } = await loadConfig(arrival.root, null, rules)
  const { projects } = await discoverProjects(arrival.after, config.projects)
  const { cwd: standing } = findPlaces(cwd, env)
  const here = relativePath(arrival.root, standing)
  return projects
    .filter(({ families }) => families.length > 0)
    .map((project) => arrivedIn(project, arrival, here))
    .filter(({ names }) => names.length > 0)
}

function arrivedIn(project: Project, { before, after }: Arrival, here: string): ArrivedMigrations {
  const reading = new ProjectReading(
    { after, split: (folder, folderIn) => splitByTrees(folder, folderIn(before), before) },
    project,
  )
  const names = reading.split.deployments.flat().map(({ name }) => name)
  const { line } = projectCommand(after, project, 'migrate', here)
  return { out: project.out, names, command: line }
}
