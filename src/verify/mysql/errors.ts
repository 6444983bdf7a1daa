import type { ErrorKind } from '../../dialects/effects.ts'
import type { Cause } from '../measurable.ts'
import { ScratchLost } from '../scratch.ts'
import type { StatementError } from '../trace/client.ts'

/** By the numbers that MySQL and MariaDB share ("Server Error Message Reference"). */
const KINDS: Readonly<Partial<Record<ErrorKind, readonly number[]>>> = {
  syntax: [1064, 1065, 1149],
  'missing-object': [1051, 1054, 1072, 1091, 1146, 1176, 1305, 1360, 1824, 3821],
  'object-exists': [1007, 1050, 1060, 1061, 1304, 1359, 1826, 3822],
  'has-dependents': [1217, 1451, 1553, 1828, 1829, 3108, 3730, 3959],
  'null-in-required': [1048, 1138, 1364],
  duplicate: [1062, 1169, 1557, 1586],
  'dangling-reference': [1216, 1452],
  'check-violation': [3819, 4025],
  'value-too-long': [1406],
  'value-out-of-range': [1264, 1690],
  'invalid-value': [1265, 1292, 1366, 1367, 3140, 1674],
  unsupported: [1845, 1846, 1235, 1214],
}

const OF_ROWS: ReadonlySet<ErrorKind> = new Set([
  'null-in-required',
  'duplicate',
  'dangling-reference',
  'check-violation',
  'value-too-long',
  'value-out-of-range',
  'invalid-value',
])

/**
 * What a driver threw, as an answer of the server.
 *
 * @param hide - takes what is secret out of a text
 * @throws ScratchLost where the server is gone
 */
export function mysqlError(thrown: unknown, hide: (text: string) => string): StatementError {
  const { errno, fatal, message } = thrown as {
    readonly errno?: unknown
    readonly fatal?: unknown
    readonly message?: unknown
    readonly sqlMessage?: unknown
  }
  const { sqlMessage } = thrown as { readonly sqlMessage?: unknown }
  const told = typeof sqlMessage === 'string' ? sqlMessage : String(message)
  if (typeof errno !== 'number' || errno < 1000 || fatal === true) {
    throw new ScratchLost(hide(told), false)
  }
  return { code: String(errno), message: told }
}

export function kindOf({ code }: StatementError): ErrorKind {
  for (const [kind, codes] of Object.entries(KINDS)) {
    if (codes.includes(Number(code))) return kind as ErrorKind
  }
  return 'invalid-definition'
}

export function causeOf(error: StatementError): Cause {
  const kind = kindOf(error)
  if (OF_ROWS.has(kind)) return 'rows'
  return /^(?:missing-object|object-exists|has-dependents)$/.test(kind) ? 'objects' : 'statement'
}
