/** The `error` envelope of drizzle-kit 1.0's `--output json`. */
export interface ExplainError {
  readonly message?: string
  readonly error?: {
    readonly code?: string
    readonly kind?: string
    readonly message?: string
    /** What stands in conflict, of `check_error`. */
    readonly details?: readonly {
      readonly parentPath?: string
      readonly branches?: readonly {
        readonly leafPath?: string
        readonly statementDescription?: string
      }[]
    }[]
  }
}

/**
 * Why drizzle-kit 1.0 gave no answer, in a clause. Most errors bring a message; for migrations of two
 * branches that contradict each other (1.0.0-rc.4) there are only their parts.
 */
export function explainError({ error, message }: ExplainError): string {
  const [conflict] = error?.details ?? []
  if (error?.kind === 'conflicts' && conflict) {
    const branches = (conflict.branches ?? []).map(
      ({ leafPath, statementDescription }) =>
        `${nameOf(leafPath)} (${statementDescription ?? 'unknown'})`,
    )
    return `migrations of two branches that follow ${nameOf(conflict.parentPath)} contradict each other: ${branches.join(' and ')}`
  }
  return (
    error?.message ??
    message ??
    (error?.code ? `drizzle-kit reports ${error.code}` : 'drizzle-kit gave no reason')
  )
}

function nameOf(path: string | undefined): string {
  return path === undefined ? 'one migration' : path.slice(path.lastIndexOf('/') + 1)
}
