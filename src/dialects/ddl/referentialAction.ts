import type { Cursor } from './cursor.ts'
import type { Action } from './definitions.ts'

/** What follows ON DELETE and ON UPDATE. */
export function readAction(cursor: Cursor): Action {
  if (cursor.skip('CASCADE')) return 'cascade'
  if (cursor.skip('RESTRICT')) return 'restrict'
  if (cursor.skip('NO')) {
    cursor.need('ACTION')
    return 'no action'
  }
  cursor.need('SET')
  if (cursor.skip('NULL')) return 'set null'
  cursor.need('DEFAULT')
  return 'set default'
}
