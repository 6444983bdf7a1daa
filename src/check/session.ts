import type { Project } from '../drizzle/find/project.ts'
import type { Session } from '../dialects/effects.ts'
import { dialectOf } from '../dialects/registry.ts'

/** The circumstances under which a project's migrations run. */
export function sessionOf({
  dialect,
  client,
  driver,
  migrator,
  postgres,
}: Pick<Project, 'client' | 'dialect' | 'driver' | 'migrator' | 'postgres'>): Session {
  const { transactions } = dialectOf(dialect)
  const spans = {
    drizzle: transactions.migrator(driver),
    'per-file': 'migration',
    'by-name': 'migration',
    none: 'none',
  } as const
  return { ...postgres, driver: client ?? driver, transaction: spans[migrator] }
}
