import { isRecord } from '../../json/isRecord.ts'
import { areAlike } from './unsteady.ts'
import { type SnapshotJson, isSame } from './schemaDifference.ts'

/**
 * A snapshot in which everything that comes out differently each time the schema is loaded
 * (`default(new Date())`, a random default) is as it was before: it never equals what a migration
 * recorded, so that no migration could ever make the schema and the migrations agree. Only a value
 * that was of that kind before is kept: `now()` that became `new Date()` is a change.
 *
 * @param current - what the schema says
 * @param again - what it says if it is loaded once more
 */
export function withStableValues(
  before: SnapshotJson,
  current: SnapshotJson,
  again: SnapshotJson,
): SnapshotJson {
  const { id, prevId } = current
  return { ...(stabilized(before, current, again) as SnapshotJson), id, prevId }
}

function stabilized(before: unknown, current: unknown, again: unknown): unknown {
  if (before === undefined || isSame(current, again)) return current
  if (!isRecord(current) || !isRecord(again) || !isRecord(before)) {
    return areAlike(before, current) ? before : current
  }
  return Object.fromEntries(
    Object.entries(current).map(([name, value]) => [
      name,
      stabilized(before[name], value, again[name]),
    ]),
  )
}
