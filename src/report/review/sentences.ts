import type { Downtime } from './downtime.ts'
import type { Rollback } from './rollback.ts'

/** Whether downtime is to be expected, in a sentence. */
export const DOWNTIME: Readonly<Record<Downtime['for'], string>> = {
  readers:
    'Downtime is to be expected: requests that read or write wait while a table is worked on.',
  writers: 'Downtime is to be expected for writes: reads go on.',
  none: 'The locks are no downtime: every one is brief. It waits for transactions that are running, though, and new ones wait behind it.',
}

/** What a deployment that fails leaves behind, in a sentence. */
export function failureSentence({ isAtomic }: Rollback): string {
  return isAtomic
    ? 'If a statement fails, everything is rolled back: all pending migrations run in one transaction.'
    : 'If a statement fails, what ran before it may stay: not all of it is one transaction.'
}
