import type { Catalog } from '../../catalog/catalog.ts'
import { displayName } from '../../catalog/names.ts'
import { didYouMean } from '../../config/closest.ts'
import type { Acknowledgement } from '../../config/config.ts'
import type { Project } from '../../drizzle/find/project.ts'
import type { Finding } from '../../finding/finding.ts'
import { tableMatcher } from '../../lint/tablePatterns.ts'

/** What a project's `smallTables` name that its migrations do not make, one line each. */
export function missingSmallTables(
  { name, smallTables }: Project,
  catalogs: readonly Catalog[],
): readonly string[] {
  // SQL that nobody can follow may make any table.
  if (smallTables.length === 0 || catalogs.some(({ blind }) => blind)) return []
  const known = catalogs.flatMap(({ tables }) => [...tables.values()].map(displayName))
  return smallTables
    .filter((pattern) => !known.some(tableMatcher([pattern])))
    .map(
      (pattern) =>
        `${name}: smallTables names "${pattern}", and no migration makes such a table${didYouMean(pattern, known)}`,
    )
}

/**
 * What `acknowledged` accepts of migrations that no project has.
 *
 * @param known - the names of all migrations
 */
export function unknownAcknowledgements(
  acknowledged: readonly Acknowledgement[],
  known: ReadonlySet<string>,
): readonly string[] {
  const names = new Set(acknowledged.map(({ migration }) => migration))
  return [...names]
    .filter((name) => !known.has(name))
    .map(
      (name) =>
        `acknowledged names the migration "${name}", which no project has${didYouMean(name, known)}`,
    )
}

/**
 * What `acknowledged` accepts of migrations that were judged, and nobody found there.
 *
 * @param judged - names of the migrations
 * @param findings - suppressed ones too
 * @param rules - names of the rules that ran
 */
export function idleAcknowledgements(
  acknowledged: readonly Acknowledgement[],
  judged: ReadonlySet<string>,
  findings: readonly Finding[],
  rules: ReadonlySet<string>,
): readonly string[] {
  const found = new Set(
    findings.flatMap(({ migration, rule, object }) => [
      JSON.stringify([migration, rule]),
      JSON.stringify([migration, rule, object]),
    ]),
  )
  return acknowledged
    .filter(({ migration, rule }) => judged.has(migration) && rules.has(rule))
    .filter(({ migration, rule, object }) => {
      const about = object === undefined ? [migration, rule] : [migration, rule, object]
      return !found.has(JSON.stringify(about))
    })
    .map(
      ({ migration, rule, object }) =>
        `acknowledged accepts ${rule}${object === undefined ? '' : ` of ${object}`} in ${migration}, where there is no such finding`,
    )
}
