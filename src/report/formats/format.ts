import type { CheckResult } from '../../check/result.ts'
import type { Places } from '../../finding/places.ts'

/** What the formats are told besides the outcome of a check. */
export interface FormatOptions extends Places {
  /** Errors and problems only. */
  readonly quiet: boolean
  readonly color: boolean
  /** Columns of the terminal; null: not a terminal. */
  readonly width: number | null
  /** Nothing at all where there is nothing to be done. */
  readonly silentIfClean: boolean
  /** How to go on all the same, in a line; null where nothing stops. */
  readonly bypassHint: string | null
  /** How many warnings are fine; null: any number. */
  readonly maxWarnings: number | null
  /** Whether every migration was judged. */
  readonly isWholeHistory: boolean
  readonly code: 0 | 1 | 2
  /** Our own version. */
  readonly version: string
}

/** Makes the finished text of an outcome: nothing in it steers whoever prints it. */
export type Render = (result: CheckResult, options: FormatOptions) => string

/** A format of the table. */
export interface OutputFormat {
  /** Who reads it: for `--help` and the docs. */
  readonly reader: string
  /** Whether it is lines for a log; any other is a document, alone where it is written to. */
  readonly isLog?: boolean
  /** Whether it shows what is pending change by change; GitHub gets a summary that does. */
  readonly showsDeployments?: boolean
  load(): Promise<Render>
}
