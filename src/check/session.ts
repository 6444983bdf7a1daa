import type { Project } from '../drizzle/find/project.ts'
import type { Session } from '../dialects/effects.ts'
import { dialectOf } from '../dialects/registry.ts'

type Circumstances = Pick<Project, 'client' | 'dialect' | 'driver' | 'migrator' | 'postgres'> &
  Partial<Pick<Project, 'mysql'>>

/** The circumstances under which a project's migrations run. */
export function sessionOf({
  dialect,
  client,
  driver,
  migrator,
  postgres,
  mysql,
}: Circumstances): Session {
  const { transactions, products } = dialectOf(dialect)
  const spans = {
    drizzle: transactions.migrator(driver),
    'per-file': 'migration',
    'by-name': 'migration',
    none: 'none',
  } as const
  const server =
    products === undefined
      ? { version: postgres.version }
      : { product: mysql?.product ?? null, version: numberOf(mysql?.version ?? null) }
  return {
    timezone: postgres.timezone,
    ...server,
    driver: client ?? driver,
    transaction: spans[migrator],
  }
}

/** Major × 100 + minor, as `Session.version` has it. */
function numberOf(version: string | null): number | null {
  const [major, minor] = version?.split('.').map(Number) ?? []
  return major === undefined || minor === undefined ? null : major * 100 + minor
}
