import { dialectOfDriver, dialectSpelled } from '../../dialects/registry.ts'
import type { Draft } from './draft.ts'
import { isConfigName } from './scan.ts'

/** A project and the configs that stand for the same one. */
export interface Merged {
  readonly draft: Draft
  readonly otherConfigs: readonly string[]
}

/**
 * One project for each migrations folder. Configs that share one mostly differ in the database
 * they connect to; where one of them only falls into the folder by drizzle-kit's default (it is
 * used for `push` or `studio`), the one that names the folder speaks for the project.
 *
 * A config that names no folder, has no migrations anywhere and shares its schema with a project
 * that has some is another way to connect as well, and no project of its own.
 *
 * @param hasMigrations - whether a folder holds migrations in any tree that counts
 */
export function merged(
  drafts: readonly Draft[],
  hasMigrations: (out: string) => boolean,
): readonly Merged[] {
  const byOut = new Map<string, Draft[]>()
  for (const draft of drafts) byOut.set(draft.out, [...(byOut.get(draft.out) ?? []), draft])

  const groups = [...byOut.values()].map((group) => [...group].sort(speaksFirst))
  const owners = groups.filter((group) =>
    group.some(({ out, outGiven }) => outGiven || hasMigrations(out)),
  )
  const result = owners.map((group) => [...group])
  for (const group of groups) {
    if (owners.includes(group)) continue
    const owner = owners.findIndex(
      ([draft]) => draft && hasMigrations(draft.out) && group.every((stray) => alike(stray, draft)),
    )
    if (owner < 0) result.push(group)
    else result[owner]?.push(...group)
  }
  return result.flatMap(([draft, ...rest]) =>
    draft ? [{ draft, otherConfigs: rest.flatMap(({ config }) => config ?? []) }] : [],
  )
}

function speaksFirst(a: Draft, b: Draft): number {
  const rank = ({ outGiven, name }: Draft): number => (outGiven ? 0 : 2) + (isPlain(name) ? 0 : 1)
  return rank(a) - rank(b) || (a.name < b.name ? -1 : 1)
}

function isPlain(name: string): boolean {
  return isConfigName(name) && /(?:^|\/)drizzle\.config\.\w+$/.test(name)
}

function alike(a: Draft, b: Draft): boolean {
  const dialects = [a, b].map(({ reading }) => {
    if (reading?.dialect.kind === 'value') return dialectSpelled(reading.dialect.value)
    return reading?.driver.kind === 'value' ? dialectOfDriver(reading.driver.value) : null
  })
  const [first, second] = dialects
  return (
    first === second &&
    a.schema.length > 0 &&
    a.schema.length === b.schema.length &&
    a.schema.every((path) => b.schema.includes(path))
  )
}
