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
  // Both stand in the order of the file.
  let next = 0
  return directives.map((directive) => {
    while ((starts[next]?.start ?? Infinity) < directive.end) next++
    return { ...directive, migration, statement: starts[next]?.index ?? null }
  })
}

/** The directives of a deployment, by the statement they speak for. */
export class Suppressions {
  private readonly byStatement = new Map<number, PlacedDirective[]>()

  constructor(directives: readonly PlacedDirective[]) {
    for (const directive of directives) {
      if (directive.reason === '' || directive.statement === null) continue
      const others = this.byStatement.get(directive.statement)
      if (others) others.push(directive)
      else this.byStatement.set(directive.statement, [directive])
    }
  }

  /** The directive that silences a report; on any part of a folded change it counts. */
  of({ on, by }: RuleReport): PlacedDirective | undefined {
    const parts = on.folded.length > 0 ? on.folded : [on]
    for (const { origin } of parts) {
      const directive = this.byStatement
        .get(origin.statement)
        ?.find(({ rules }) => rules.includes(by.rule.name))
      if (directive) return directive
    }
    return undefined
  }
}
