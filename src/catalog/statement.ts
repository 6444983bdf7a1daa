import type { Change } from './change.ts'

/** A statement and all the changes it makes. */
export interface Statement {
  readonly index: number
  readonly migration: string
  readonly changes: readonly Change[]
}
