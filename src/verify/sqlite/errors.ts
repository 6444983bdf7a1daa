import type { ErrorKind } from '../../dialects/effects.ts'
import type { Cause } from '../measurable.ts'
import { ScratchLost } from '../scratch.ts'
import type { StatementError } from '../trace/client.ts'

/** SQLite tells them apart by their words alone; its drivers hand on codes of their own, or none. */
const KINDS: readonly (readonly [RegExp, ErrorKind])[] = [
  [/NOT NULL constraint failed|Cannot add a NOT NULL column/i, 'null-in-required'],
  [/UNIQUE constraint failed|PRIMARY KEY constraint failed/i, 'duplicate'],
  [/FOREIGN KEY constraint failed/i, 'dangling-reference'],
  [/CHECK constraint failed/i, 'check-violation'],
  [/datatype mismatch|cannot store|malformed JSON|integer overflow/i, 'invalid-value'],
  [/^error in (?:view|trigger|index|table)\b/i, 'has-dependents'],
  [/no such (?:table|column|index|view|trigger|module|function)|has no column/i, 'missing-object'],
  [/already exists|already (?:a|an)other|already an? |duplicate column name/i, 'object-exists'],
  [
    /syntax error|incomplete input|unrecognized token|contains no statements|more than one statement|no statement in it/i,
    'syntax',
  ],
  [/within a transaction|cannot (?:VACUUM|commit|rollback|start)/i, 'outside-transaction'],
]

/** What ADD COLUMN refuses as soon as there is a row. */
const OF_ANY_ROW =
  /^Cannot add a (?:NOT NULL column|column with non-constant default|REFERENCES column)|cannot add a STORED column/i

const OF_ROWS: ReadonlySet<ErrorKind> = new Set([
  'null-in-required',
  'duplicate',
  'dangling-reference',
  'check-violation',
  'invalid-value',
])

const OF_OBJECTS: ReadonlySet<ErrorKind> = new Set([
  'missing-object',
  'object-exists',
  'has-dependents',
])

const CONSTRAINT = /constraint failed/i

/**
 * What a driver threw, as an answer of SQLite.
 *
 * @param sql - the statement
 * @throws what was thrown where the database is gone
 */
export function sqliteError(thrown: unknown, sql: string): StatementError {
  if (thrown instanceof ScratchLost) throw thrown
  // Drivers put their own words in front.
  const told = String((thrown as Error).message).replace(/^(?:SQLITE_\w+|SqliteError): /, '')
  // What libSQL says of a chunk that is nothing but a comment.
  const message = told === 'not an error' ? 'there is no statement in it' : told
  const isConstraint = CONSTRAINT.test(message) || isCodeOfRows(thrown)
  const name = tableOf(message, sql)
  return {
    code: isConstraint ? 'SQLITE_CONSTRAINT' : 'SQLITE_ERROR',
    message,
    ...(name === null ? {} : { table: { schema: '', name } }),
  }
}

/** A trigger that raises an error says whatever it likes. */
function isCodeOfRows(thrown: unknown): boolean {
  const { code } = thrown as { readonly code?: unknown }
  return typeof code === 'string' && code.startsWith('SQLITE_CONSTRAINT')
}

/** The table whose rows an error is about; a rebuild copies into one that is not there yet. */
function tableOf(message: string, sql: string): string | null {
  const [, failed] = /constraint failed: (?:index ')?([^.:'\s]+)\./i.exec(message) ?? []
  const [, altered] = /^\s*alter\s+table\s+["'`[]?([^"'`\]\s]+)/i.exec(sql) ?? []
  const name = failed ?? altered ?? null
  return name?.replace(/^__new_/, '') ?? null
}

export function kindOf({ message }: StatementError): ErrorKind {
  return KINDS.find(([words]) => words.test(message))?.[1] ?? 'unsupported'
}

export function causeOf(error: StatementError): Cause {
  const kind = kindOf(error)
  const isOfRows = OF_ROWS.has(kind) || error.code === 'SQLITE_CONSTRAINT'
  if (isOfRows || OF_ANY_ROW.test(error.message)) return 'rows'
  return OF_OBJECTS.has(kind) ? 'objects' : 'statement'
}
