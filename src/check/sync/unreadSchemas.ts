import type { Problem } from '../../finding/finding.ts'
import type { UnreadSchema } from '../families.ts'
import { entryWithFamilies } from '../projectEntry.ts'

/** What could not be compared in all projects of a run: one cause is one problem. */
export function unreadProblems(unread: readonly UnreadSchema[]): readonly Problem[] {
  const causes = new Map<string, UnreadSchema[]>()
  for (const one of unread) causes.set(one.reason, [...(causes.get(one.reason) ?? []), one])
  return [...causes].map(([reason, all]) => {
    const [{ project, help }, ...others] = all as [UnreadSchema, ...UnreadSchema[]]
    const one = `${project.name}: the schema`
    const several = `${all.map((each) => each.project.name).join(', ')}: the schemas`
    const alone = `, or for this project alone ${entryWithFamilies(project, ['history', 'migration'])}`
    return {
      message: `${others.length > 0 ? several : one} could not be compared with the migrations: ${reason}`,
      file: project.config ?? project.out,
      help: `${help}${/[.!?]$/.test(help) ? ' To' : '; to'} skip the comparison: sync: 'off' in the configuration${others.length > 0 ? '' : alone}.`,
    }
  })
}
