import type { Project } from '../drizzle/find/project.ts'
import type { Session } from '../dialects/effects.ts'

/** The circumstances under which a project's migrations run. */
export function sessionOf({ migrator, postgres }: Pick<Project, 'migrator' | 'postgres'>): Session {
  return {
    ...postgres,
    transaction:
      migrator === 'drizzle' ? 'deployment' : migrator === 'per-file' ? 'migration' : 'none',
  }
}
