import { ProblemError } from '../../finding/problem.ts'
import type { AppliedRow } from './asked.ts'

/**
 * The table that holds the record: the one in its place, else the only one that looks like it, as the
 * name may be given to `migrate()` alone.
 *
 * @param places - where it is to be, the most likely first
 * @param looking - names of tables that look like it
 * @param setting - what of the drizzle config says which it is
 * @returns null where there is none
 * @throws ProblemError where several could be meant
 */
export function recordTable(
  places: readonly string[],
  looking: readonly string[],
  setting: string,
): string | null {
  const exact = places.find((place) => looking.includes(place))
  const found = exact ?? (looking.length === 1 ? looking[0] : undefined)
  if (found !== undefined) return found
  if (looking.length === 0) return null
  throw new ProblemError({
    message: `there is no ${places[0] ?? ''}, and ${looking.join(' and ')} could be meant`,
    file: null,
    help: `Say which in the drizzle config: migrations: { ${setting} }.`,
  })
}

/** What drizzle-orm keeps of a migration, as a driver returns it. */
export function drizzlesRow(row: Readonly<Record<string, unknown>>): AppliedRow {
  const { hash, created_at: at, name } = row
  return {
    hash: String(hash),
    createdAt: at === null ? null : Number(at),
    name: typeof name === 'string' ? name : null,
  }
}
