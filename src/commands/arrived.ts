import { rules } from '../../rules/index.ts'
import { loadConfig } from '../config/load.ts'
import { discoverProjects } from '../drizzle/find/discover.ts'
import { readMigrationFolder } from '../drizzle/migrations/folder.ts'
import type { Project } from '../drizzle/find/project.ts'
import { projectCommand } from '../drizzle/find/projectCommand.ts'
import { type Arrival, lastArrival } from '../git/arrival.ts'
import { count } from '../report/summary.ts'
import { inert, printable } from '../report/printable.ts'
import { splitByTrees } from '../check/selection.ts'

/** More names than this are not read. */
const MOST_NAMES = 5

/**
 * Which migrations the last merge brought, and how to apply them; for a post-merge hook.
 *
 * @returns nothing where it brought none
 * @throws ProblemError outside of a checkout, and for a broken configuration
 */
export async function arrived(cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  const arrival = await lastArrival(cwd, env)
  if (arrival === null) return ''
  const { config } = await loadConfig(arrival.root, null, rules)
  const { projects } = await discoverProjects(arrival.after, config.projects)
  return projects
    .filter(({ families }) => families.length > 0)
    .map((project) => newsOf(project, arrival))
    .join('')
}

function newsOf(project: Project, { before, after }: Arrival): string {
  const folder = readMigrationFolder(after, project.out)
  const names = splitByTrees(folder, after, before)
    .deployments.flat()
    .map(({ name }) => name)
  if (names.length === 0) return ''
  const shown = names.length > MOST_NAMES ? `${names[0]} … ${names.at(-1)}` : names.join(', ')
  const what = `${count(names.length, 'new migration')} arrived in ${project.out || 'the top folder'}`
  const apply = `Apply: ${projectCommand(after, project, 'migrate')}`
  return inert(`${printable(`${what}: ${shown}`)}\n${printable(apply)}\n`)
}
