/** What one look at a repository has told. */
export interface Diagnosis {
  /** What was looked at: `pre-commit`, `drizzle-kit`. */
  readonly check: string
  /**
   * `fine`; `advice`: it protects, but less than it could; `broken`: it protects nothing.
   */
  readonly state: 'fine' | 'advice' | 'broken'
  /** One sentence. */
  readonly message: string
  /** The command, or what else repairs it; empty where nothing has to be repaired. */
  readonly fix: string
}

export function fine(check: string, message: string): Diagnosis {
  return { check, state: 'fine', message, fix: '' }
}

export function advice(check: string, message: string, fix: string): Diagnosis {
  return { check, state: 'advice', message, fix }
}

export function broken(check: string, message: string, fix: string): Diagnosis {
  return { check, state: 'broken', message, fix }
}
