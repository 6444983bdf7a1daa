import type { Downtime } from './downtime.ts'
import type { Rollback } from './rollback.ts'

/** Whether downtime is to be expected, in a sentence. */
export const DOWNTIME: Readonly<Record<Downtime['for'], string>> = {
  readers: 'Expect downtime: reads and writes wait while a table is worked on.',
  writers: 'Expect downtime for writes; reads continue.',
  none: 'No downtime from locks: every lock is brief. Each one still waits for running transactions, though, and new queries queue behind it.',
}

/** What a deployment that fails leaves behind, in a sentence. */
export function failureSentence({ isAtomic }: Rollback): string {
  return isAtomic
    ? 'If a statement fails, everything is rolled back: all pending migrations run in one transaction.'
    : 'If a statement fails, what ran before it may stay: not all of it is one transaction.'
}
