import type { ErrorKind, Loss, RunError } from '../../effects.ts'

/**
 * What the server does with the rows: `instant` nothing, `build` reads them for an index, `rebuild`
 * stores the table anew inside InnoDB, `copy` copies every row through the server.
 */
export type Work = 'instant' | 'build' | 'rebuild' | 'copy'

/** What a change does besides what it says. */
export interface Outcome {
  readonly errors: readonly RunError[]
  readonly losses: readonly Loss[]
  readonly work: Work
  /** Writes to the table wait until the work is done. */
  readonly blocksWrites: boolean
}

export const NOTHING: Outcome = { errors: [], losses: [], work: 'instant', blocksWrites: false }

/** Every row is copied while writes wait. */
export const COPY: Outcome = { ...NOTHING, work: 'copy', blocksWrites: true }

/** The table is rewritten while writes go on. */
export const REBUILD: Outcome = { ...NOTHING, work: 'rebuild' }

/** An index is built while writes go on. */
export const BUILD: Outcome = { ...NOTHING, work: 'build' }

type Possible = RunError | null | undefined | false

/** An outcome of errors alone. */
export function failing(...errors: readonly Possible[]): Outcome {
  return withErrors(NOTHING, ...errors)
}

export function withErrors(outcome: Outcome, ...errors: readonly Possible[]): Outcome {
  const found = errors.filter((error) => error !== null && error !== undefined && error !== false)
  return { ...outcome, errors: [...outcome.errors, ...found] }
}

export function withLosses(outcome: Outcome, ...losses: readonly Loss[]): Outcome {
  return { ...outcome, losses: [...outcome.losses, ...losses] }
}

/**
 * An error of MySQL's.
 *
 * @param code - the server's number of it
 */
export function always(kind: ErrorKind, code: number, message: string): RunError {
  return { kind, code: String(code), message, detail: null, when: 'always' }
}

/** It passes on an empty table and fails on the first row. */
export function onRows(kind: ErrorKind, code: number, message: string): RunError {
  return { ...always(kind, code, message), when: 'rows' }
}

/** It depends on what the rows hold. */
export function onSomeRows(kind: ErrorKind, code: number, message: string): RunError {
  return { ...always(kind, code, message), when: 'some-rows' }
}
