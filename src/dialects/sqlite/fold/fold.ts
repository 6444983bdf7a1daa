import type { Change } from '../../../catalog/change.ts'
import { foldRecreatedIndexes } from './recreatedIndexes.ts'
import { rebuiltChanges } from './rebuiltChanges.ts'
import { type Rebuild, findRebuilds } from './findRebuilds.ts'

/**
 * A rebuild's statements become the change they mean, followed by what it changes of columns and
 * constraints. They may span statements and files of a deployment.
 */
export function fold(changes: readonly Change[]): readonly Change[] {
  const rebuilds = findRebuilds(changes)
  if (rebuilds.length === 0) return foldRecreatedIndexes(changes)
  const parts = new Set<Change>(rebuilds.flatMap((rebuild) => rebuild.parts))
  const at = new Map<Change, Rebuild>(rebuilds.map((rebuild) => [rebuild.rename, rebuild]))
  const folded = changes.flatMap((change): readonly Change[] => {
    const rebuild = at.get(change)
    if (rebuild) return rebuiltChanges(rebuild)
    return parts.has(change) ? [] : [change]
  })
  return foldRecreatedIndexes(folded)
}
