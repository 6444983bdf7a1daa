import type { RuleFamily } from '../config/config.ts'
import { FAMILIES } from '../config/families.ts'

/**
 * What became of one family of checks in one project. `compared`: it was looked at; `unchanged`: the
 * change under check has nothing to do with it; `off`: somebody said so, or nobody can; `nothing`: there is nothing
 * to look at; `not-compared`: it should have been looked at and could not.
 */
export type FamilyState = 'compared' | 'unchanged' | 'off' | 'nothing' | 'not-compared'

export interface FamilyAccount {
  readonly state: FamilyState
  /** In a clause: which key, option, folder name; what there is not. Of all but the first two. */
  readonly reason?: string
}

/** One project of any of the trees, with what became of each family. */
export interface ProjectAccount {
  /** Path of its drizzle config or migrations folder, relative to the root. */
  readonly name: string
  /** Null where it was not read so far. */
  readonly dialect: string | null
  /** How many migrations there are; null where they could not be read. */
  readonly migrations?: number | null
  readonly families: Readonly<Record<RuleFamily, FamilyAccount>>
}

/** The account of a project in which all families have come to the same. */
export function wholeAccount(name: string, account: FamilyAccount): ProjectAccount {
  const families = Object.fromEntries(FAMILIES.map((family) => [family, account]))
  return { name, dialect: null, families: families as ProjectAccount['families'] }
}
