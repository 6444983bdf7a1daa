import type { Cursor } from '../../ddl/cursor.ts'

/** What a conflict can do. */
const RESOLUTIONS: ReadonlySet<string> = new Set(['ROLLBACK', 'ABORT', 'FAIL', 'IGNORE', 'REPLACE'])

/** `ON CONFLICT …` behind a constraint. */
export function skipOnConflict(cursor: Cursor): void {
  if (cursor.skip('ON', 'CONFLICT')) readResolution(cursor)
}

export function readResolution(cursor: Cursor): string {
  if (!cursor.isOneOf(RESOLUTIONS)) cursor.fail()
  return cursor.next().value
}
