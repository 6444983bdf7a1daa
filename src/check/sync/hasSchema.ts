import type { Project } from '../../drizzle/find/project.ts'

/** Whether a project names the files of its schema, as far as anybody can tell without running its config. */
export function hasSchema({ schema, unread }: Project): boolean {
  return schema.length > 0 || unread.some(({ key }) => key === 'schema')
}
