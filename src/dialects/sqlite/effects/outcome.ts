import type { QualifiedName } from '../../../catalog/names.ts'

/** Why a statement fails. */
export type ErrorKind =
  | 'check-violated'
  | 'dangling-reference'
  | 'duplicate'
  | 'exists'
  | 'broken-dependent'
  | 'in-transaction'
  | 'missing'
  | 'not-allowed'
  | 'null-in-required'
  | 'syntax'

export interface Failure {
  readonly kind: ErrorKind
  readonly message: string
  readonly when: 'always' | 'rows' | 'some-rows'
}

/** Rows or values that are gone or changed without an error. */
export interface Loss {
  readonly why: 'cascaded' | 'set null' | 'not copied' | 'counter reset' | 'unchecked'
  readonly table: QualifiedName
  /** null: whole rows. */
  readonly columns: readonly string[] | null
}

/** What a change does besides what it says. */
export interface Outcome {
  readonly errors: readonly Failure[]
  readonly losses: readonly Loss[]
}

export const NOTHING: Outcome = { errors: [], losses: [] }

/** It fails on an empty database too. */
export function always(kind: ErrorKind, message: string): Failure {
  return { kind, message, when: 'always' }
}

/** It passes on an empty table and fails on the first row. */
export function onRows(kind: ErrorKind, message: string): Failure {
  return { kind, message, when: 'rows' }
}

/** It depends on what the rows hold. */
export function onSomeRows(kind: ErrorKind, message: string): Failure {
  return { kind, message, when: 'some-rows' }
}

/** An outcome of errors alone. */
export function failing(...errors: readonly (Failure | null | undefined | false)[]): Outcome {
  return {
    errors: errors.filter((error) => error !== null && error !== undefined && error !== false),
    losses: [],
  }
}
