import type { RuleFamily } from '../config/config.ts'
import type { Project } from '../drizzle/find/project.ts'

/** The entry of the configuration that leaves a project only some families, for advice. */
export function entryWithFamilies(
  { config, out }: Project,
  families: readonly RuleFamily[],
): string {
  const key = config === null ? `out: '${out}'` : `config: '${config}'`
  return `projects: [{ ${key}, families: [${families.map((family) => `'${family}'`).join(', ')}] }]`
}
