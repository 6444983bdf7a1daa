import type { ErrorKind, Loss, RunError } from '../../effects.ts'

/** What a change does besides what it says. */
export interface Outcome {
  readonly errors: readonly RunError[]
  readonly losses: readonly Loss[]
}

export const NOTHING: Outcome = { errors: [], losses: [] }

function failure(kind: ErrorKind, message: string, when: RunError['when']): RunError {
  return {
    kind,
    code: CONSTRAINTS.has(kind) ? 'SQLITE_CONSTRAINT' : 'SQLITE_ERROR',
    message,
    detail: null,
    when,
  }
}

const CONSTRAINTS: ReadonlySet<ErrorKind> = new Set([
  'check-violation',
  'dangling-reference',
  'duplicate',
  'null-in-required',
])

/** It fails on an empty database too. */
export function always(kind: ErrorKind, message: string): RunError {
  return failure(kind, message, 'always')
}

/** It passes on an empty table and fails on the first row. */
export function onRows(kind: ErrorKind, message: string): RunError {
  return failure(kind, message, 'rows')
}

/** It depends on what the rows hold. */
export function onSomeRows(kind: ErrorKind, message: string): RunError {
  return failure(kind, message, 'some-rows')
}

/** An outcome of errors alone. */
export function failing(...errors: readonly (RunError | null | undefined | false)[]): Outcome {
  return {
    errors: errors.filter((error) => error !== null && error !== undefined && error !== false),
    losses: [],
  }
}
