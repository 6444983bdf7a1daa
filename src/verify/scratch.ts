import type { TraceClient } from './trace/index.ts'

/** A database that exists for one run of `verify`, and can be set back. */
export interface Scratch extends TraceClient {
  readonly scratch: true
  /** `PostgreSQL 18.6 (PGlite 0.5.16)`, for the report. */
  readonly server: string
  /** Its major version. */
  readonly major: number
  /** Extensions that it does not have, and that are empty here. */
  readonly stubbed: readonly string[]
  /** Whether it is remembered as it was opened: where that costs a copy, only who needs it makes one. */
  readonly keptWhenOpened: boolean
  /** Remembers the database as it is now. */
  keep(): Promise<void>
  /** Sets it back to what was remembered. */
  restore(): Promise<void>
}

/** The database went away, or did not answer in time: nothing more can be learnt from it. */
export class ScratchLost extends Error {
  /** Whether it was given up because it took too long. */
  readonly timedOut: boolean

  constructor(message: string, timedOut: boolean) {
    super(message)
    this.timedOut = timedOut
  }
}
