import { ProblemError } from '../../finding/problem.ts'
import type { Address } from './address.ts'

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of the host cannot be looked up',
  ETIMEDOUT: 'it does not answer',
  CONNECT_TIMEOUT: 'it does not answer',
  ECONNRESET: 'it closed the connection',
  '28P01': 'it does not accept the password',
  '28000': 'it does not let this role in',
  '3D000': 'there is no such database',
  '53300': 'it has no connection to spare',
  ER_ACCESS_DENIED_ERROR: 'it does not accept the user or the password',
  ER_DBACCESS_DENIED_ERROR: 'it does not let this user into the database',
  ER_BAD_DB_ERROR: 'there is no such database',
  ER_CON_COUNT_ERROR: 'it has no connection to spare',
}

/** Why there is no connection, without anything of the address. */
export function unreachable(address: Address, error: unknown, example: string): ProblemError {
  const { code, message } = error as { code?: unknown; message?: unknown }
  const known = typeof code === 'string' ? REASONS[code] : undefined
  const told = typeof message === 'string' && message !== '' ? message : 'no reason was given'
  return new ProblemError({
    message: `the server could not be reached: ${known ?? address.hide(told)}`,
    file: null,
    help: `Look at the address: ${example}.`,
  })
}
