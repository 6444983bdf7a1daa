import type { Change } from '../../src/catalog/change.ts'
import type { Fix } from '../../src/finding/finding.ts'
import type { DeploymentUnit } from '../../src/lint/rule.ts'

/**
 * The edit that leaves the rows that are there unchecked for now.
 *
 * @returns none where the statement does more than add the constraint, so that its end is not the
 *   constraint's
 */
export function appendNotValid({ migrations }: DeploymentUnit, { origin }: Change): readonly Fix[] {
  const statement = migrations
    .flatMap(({ statements }) => statements)
    .find(({ index }) => index === origin.statement)
  if (statement?.changes.length !== 1 || origin.guarded) return []
  const range = { start: origin.end, end: origin.end }
  return [{ title: 'Append NOT VALID', edits: [{ file: origin.file, range, text: ' NOT VALID' }] }]
}
