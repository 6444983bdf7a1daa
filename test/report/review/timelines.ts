import type { LockSpan, TableWork, Timeline } from '../../../src/dialects/timeline.ts'

/** A timeline of so many statements in one transaction. */
export function timeline(
  count: number,
  tables: readonly {
    name: string
    locks?: readonly Partial<LockSpan>[]
    work?: readonly TableWork[]
  }[],
): Timeline {
  return {
    project: 'drizzle.config.ts',
    source: 'computed',
    statements: Array.from({ length: count }, (_, i) => ({
      migration: '0001_a',
      file: 'drizzle/0001_a.sql',
      start: 0,
      end: 0,
      sql: `SELECT ${i + 1}`,
      transaction: 0,
      error: null,
    })),
    tables: tables.map(({ name, locks = [], work = [] }) => ({
      name,
      locks: locks.map((one) => ({
        from: 0,
        to: count - 1,
        keepsOut: 'readers',
        mode: 'AccessExclusive',
        ...one,
      })),
      work,
    })),
  }
}
