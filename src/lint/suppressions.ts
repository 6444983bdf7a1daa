import type { Directive } from '../dialects/dialect.ts'
import type { MigrationUnit } from './rule.ts'
import type { RuleReport } from './runRules.ts'

/** A directive with the statement it speaks for. */
export interface PlacedDirective extends Directive {
  readonly migration: MigrationUnit
  /** Number of the next statement; null at the end of a file. */
  readonly statement: number | null
}

/**
 * Binds each directive of a file to the first statement that starts after it.
 */
export function placeDirectives(
  migration: MigrationUnit,
  directives: readonly Directive[],
): readonly PlacedDirective[] {
  if (directives.length === 0) return []
  const starts = migration.statements.flatMap(({ index, changes }) => {
    const [first] = changes
    return first ? [{ index, start: first.origin.start }] : []
  })
  return directives.map((directive) => ({
    ...directive,
    migration,
    statement: starts.find(({ start }) => start >= directive.end)?.index ?? null,
  }))
}

/** The directive that silences a report; on any part of a folded change it counts. */
export function suppressionOf(
  report: RuleReport,
  directives: readonly PlacedDirective[],
): PlacedDirective | undefined {
  const parts = report.on.folded.length > 0 ? report.on.folded : [report.on]
  const statements = new Set(parts.map((part) => part.origin.statement))
  return directives.find(
    (directive) =>
      directive.reason !== '' &&
      directive.statement !== null &&
      statements.has(directive.statement) &&
      directive.rules.includes(report.by.rule.name),
  )
}
