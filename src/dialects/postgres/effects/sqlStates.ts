import type { ErrorKind } from '../../effects.ts'

/** What the SQLSTATEs mean that the model predicts (PostgreSQL's documentation, appendix A). */
const KINDS = {
  '0A000': 'unsupported',
  '22001': 'value-too-long',
  '22003': 'value-out-of-range',
  '22007': 'invalid-value',
  '22008': 'invalid-value',
  '2200N': 'invalid-value',
  '22023': 'invalid-definition',
  '22026': 'value-too-long',
  '22P02': 'invalid-value',
  '22P05': 'invalid-value',
  '23502': 'null-in-required',
  '23503': 'dangling-reference',
  '23505': 'duplicate',
  '23514': 'check-violation',
  '23P01': 'exclusion-violation',
  '25001': 'outside-transaction',
  '2BP01': 'has-dependents',
  '3F000': 'missing-object',
  '42601': 'syntax',
  '42611': 'invalid-definition',
  '42701': 'object-exists',
  '42703': 'missing-object',
  '42704': 'missing-object',
  '42710': 'object-exists',
  '42804': 'no-cast',
  '42809': 'unsupported',
  '42830': 'invalid-definition',
  '42846': 'no-cast',
  '42883': 'missing-object',
  '428C9': 'unsupported',
  '42P01': 'missing-object',
  '42P06': 'object-exists',
  '42P07': 'object-exists',
  '42P16': 'invalid-definition',
  '55000': 'wrong-state',
  '55006': 'pending-events',
  '55P04': 'uncommitted-value',
} as const satisfies Readonly<Record<string, ErrorKind>>

/** A SQLSTATE that the model predicts. */
export type SqlState = keyof typeof KINDS

/** What goes wrong where the server answers with a SQLSTATE. */
export function errorKind(code: SqlState): ErrorKind {
  return KINDS[code]
}

/** The same of any code that a server may answer with. */
export function kindOfCode(code: string): ErrorKind {
  if (code in KINDS) return KINDS[code as SqlState]
  if (code.startsWith('42')) return 'invalid-definition'
  return code.startsWith('0A') ? 'unsupported' : 'wrong-state'
}
