import type { SqlState } from './sqlStates.ts'

/** What a change of type does to values. */
export interface ValueHazards {
  readonly fails: null | { readonly code: SqlState; readonly message: string }
  readonly loses: null | 'truncates' | 'rounds'
}

export const HARMLESS: ValueHazards = { fails: null, loses: null }
export const ROUNDS: ValueHazards = { fails: null, loses: 'rounds' }
export const TRUNCATES: ValueHazards = { fails: null, loses: 'truncates' }

/** Some rows make it fail. */
export function failing(code: SqlState, message: string): ValueHazards {
  return { fails: { code, message }, loses: null }
}
