/** What `trace` needs of a connection: PGlite has it, and any driver is one small object away. */
export interface TraceClient {
  /** One statement; json columns come parsed or as text, both will do. */
  query(sql: string): Promise<{ rows: Record<string, unknown>[] }>
  /** SQL text as a migrator sends it: the simple protocol, several statements if need be. */
  exec(sql: string): Promise<unknown>
  close(): Promise<void>
  /**
   * Set by whoever created the database for tracing. Only then may `reset` empty it: what is not
   * ours is never touched.
   */
  readonly scratch?: boolean
}

/** What a server said no with. */
export interface StatementError {
  /** SQLSTATE. */
  readonly code: string
  readonly message: string
  /** The table it is about, where the server says so: of rows that do not fit. */
  readonly table?: { readonly schema: string; readonly name: string }
}

/**
 * The server's own error out of what a driver threw.
 *
 * @throws what was thrown if it carries no SQLSTATE: then the connection failed, not the statement
 */
export function statementError(thrown: unknown): StatementError {
  if (thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string') {
    const { code, message } = thrown
    const { schema, table } = thrown as { schema?: unknown; table?: unknown }
    const about =
      typeof schema === 'string' && typeof table === 'string'
        ? { table: { schema, name: table } }
        : {}
    if (/^[0-9A-Z]{5}$/.test(code)) return { code, message, ...about }
  }
  throw thrown
}

/** Runs SQL and hands back what the server refused it with, or null. */
export async function attempt(client: TraceClient, sql: string): Promise<StatementError | null> {
  try {
    await client.exec(sql)
    return null
  } catch (thrown) {
    return statementError(thrown)
  }
}

/** An identifier as SQL text, whatever characters it has. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** A string literal as SQL text, under either setting of standard_conforming_strings. */
export function quoteLiteral(text: string): string {
  const quoted = `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
  return text.includes('\\') ? `E${quoted}` : quoted
}
