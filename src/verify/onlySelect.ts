import { ProblemError } from '../finding/problem.ts'

/** A database that is only asked. There is no way to send it anything but a query. */
export interface ReadOnly {
  /**
   * The rows of one SELECT.
   *
   * @throws ProblemError for anything else
   */
  select(sql: string): Promise<readonly Record<string, unknown>[]>
}

/** Lets nothing through but one SELECT. */
export function onlySelect(
  query: (sql: string) => Promise<readonly Record<string, unknown>[]>,
): ReadOnly {
  return {
    async select(sql) {
      const isOne = /^\s*select\b/i.test(sql) && !/;\s*\S/.test(sql)
      if (!isOne || /\binto\s+(?:outfile|dumpfile)\b/i.test(sql)) {
        throw notAsked('only SELECT is sent')
      }
      return query(sql)
    },
  }
}

/** Why a database was left alone. */
export function notAsked(reason: string): ProblemError {
  return new ProblemError({
    message: `the database was not asked: ${reason}`,
    file: null,
    help: '',
  })
}
