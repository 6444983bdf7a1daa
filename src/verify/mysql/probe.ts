import type { StatementError } from '../trace/client.ts'
import type { Session } from './scratchDatabases.ts'

/** How a server made a change of a table, by what it was willing to do. */
export interface Probed {
  /** The table as the statement names it; null for a statement that takes no such clauses. */
  readonly table: string | null
  /** `instant`: a change of the catalog; `in place`: inside InnoDB; `copy`: every row through the server. */
  readonly way: 'instant' | 'in place' | 'copy' | null
  /** Whether writes to the table had to wait. */
  readonly waits: boolean
  readonly error: StatementError | null
}

const NAME = '(?:`(?:[^`]|``)+`|[\\w$]+)'
const ALTER = new RegExp(
  `^\\s*alter\\s+(?:online\\s+|ignore\\s+)*table\\s+(?:if\\s+exists\\s+)?(${NAME})\\s`,
  'i',
)
const INDEX = new RegExp(
  `^\\s*(?:create\\s+(?:or\\s+replace\\s+)?(?:unique\\s+|fulltext\\s+|spatial\\s+)?|drop\\s+)index\\s[\\s\\S]*?\\son\\s+(${NAME})`,
  'i',
)

/** From the best that a server can do to what it does if nothing else is possible. */
const ALTERS = [
  [', ALGORITHM=INSTANT', 'instant', false],
  [', ALGORITHM=INPLACE, LOCK=NONE', 'in place', false],
  [', ALGORITHM=INPLACE, LOCK=SHARED', 'in place', true],
  [', LOCK=NONE', 'copy', false],
] as const

const INDEXES = [
  [' ALGORITHM=INPLACE LOCK=NONE', 'in place', false],
  [' ALGORITHM=INPLACE LOCK=SHARED', 'in place', true],
] as const

/**
 * Runs a statement with the least lock that the server takes it with: what it refuses changes nothing, and
 * a statement without such a clause is run in the best way there is.
 */
export async function runProbed(session: Session, sql: string): Promise<Probed> {
  const text = sql.replace(/;\s*$/, '')
  const isSaid =
    /\b(?:algorithm|lock)\s*=?\s*(?:default|instant|inplace|copy|nocopy|none|shared|exclusive)\b/i
  const [, altered] = ALTER.exec(text) ?? []
  const [, indexed] = INDEX.exec(text) ?? []
  const table = (altered ?? indexed)?.replace(/^`|`$/g, '').replaceAll('``', '`') ?? null
  if (table === null || isSaid.test(text)) {
    return { table: null, way: null, waits: false, error: await session.attempt(sql) }
  }
  for (const [clause, way, waits] of altered === undefined ? INDEXES : ALTERS) {
    // What stands behind a comment on the last line would be part of it.
    const error = await session.attempt(`${text}\n${clause}`)
    if (error === null) return { table, way, waits, error }
    // Refused for another reason than the clause: then nothing is known.
    if (!UNSUPPORTED.has(error.code)) {
      return { table, way: null, waits: false, error: await session.attempt(sql) }
    }
  }
  return { table, way: 'copy', waits: true, error: await session.attempt(sql) }
}

/** ER_ALTER_OPERATION_NOT_SUPPORTED, with and without a reason. */
const UNSUPPORTED = new Set(['1845', '1846'])
