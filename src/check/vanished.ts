import type { Project } from '../drizzle/find/project.ts'
import { schemaFiles } from '../drizzle/kit/schemaFiles.ts'
import { hasMigrations } from '../drizzle/migrations/layout.ts'
import type { Problem } from '../finding/finding.ts'
import type { Tree } from '../git/tree.ts'

/** A project that production has and the tree under check does not any more. */
export interface Vanished {
  readonly project: Project
  /** Where something of it is left: nobody compares that with anything now. */
  readonly problem: Problem | null
}

/**
 * The projects of which the drizzle config is gone.
 *
 * @param before - those that production has
 * @param now - those of the tree under check
 * @param moved - folders of migrations in production that lie elsewhere now
 */
export async function vanishedProjects(
  root: string,
  after: Tree,
  before: readonly Project[],
  now: readonly Project[],
  moved: ReadonlySet<string>,
): Promise<readonly Vanished[]> {
  const configs = new Set(now.flatMap(({ config, otherConfigs }) => [config, ...otherConfigs]))
  const compared = now.filter(({ config, schema }) => config !== null || schema.length > 0)
  const folders = new Set(compared.map(({ out }) => out))
  const gone = before.filter(({ config, out, schema, unread }) => {
    const isThere = config !== null && (configs.has(config) || after.read(config) !== undefined)
    const hadSchema = schema.length > 0 || unread.some(({ key }) => key === 'schema')
    return hadSchema && !isThere && !folders.has(out) && !moved.has(out)
  })
  return Promise.all(
    gone.map(async (project) => {
      const { files } = await schemaFiles(root, after, project.schema)
      const left = [...(hasMigrations(after, project.out) ? [project.out] : []), ...files]
      return { project, problem: left.length === 0 ? null : problemOf(project, left[0]!) }
    }),
  )
}

function problemOf({ config, out }: Project, left: string): Problem {
  return {
    message: `${config ?? `the script that generates ${out}`} is gone, but ${left} is still there: the schema is no longer compared with the migrations`,
    file: config,
    help: `Restore it, or name what takes its place in the configuration: projects: [{ config: '…' }]. If the migrations are written by hand from now on: projects: [{ out: '${out}', families: ['history', 'migration'] }].`,
  }
}
