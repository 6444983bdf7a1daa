import type { SqlState } from './sqlStates.ts'
import { type PgType, isArray, typeKey } from './typeModel.ts'
import { serverTypeName } from './typeName.ts'

const TIMES = new Set(['date', 'time', 'timetz', 'timestamp', 'timestamptz', 'interval'])

/**
 * What the server says when text is not a value of the type (the type's input function).
 *
 * @returns null for types that take any text.
 */
export function inputFailure(
  to: PgType,
): { readonly code: SqlState; readonly message: string } | null {
  const name = serverTypeName(to, false)
  if (isArray(to)) return { code: '22P02', message: 'malformed array literal' }
  if (to.kind === 'enum') return { code: '22P02', message: `invalid input value for enum ${name}` }
  if (to.kind === 'composite') return { code: '22P02', message: 'malformed record literal' }
  const key = typeKey(to)
  if (TIMES.has(key)) return { code: '22007', message: `invalid input syntax for type ${name}` }
  if (key === 'xml') return { code: '2200N', message: 'invalid XML content' }
  if (key === 'bit' || key === 'varbit') {
    return { code: '22P02', message: 'text is not valid binary digits' }
  }
  if (key === 'tsvector') return { code: '42601', message: 'syntax error in tsvector' }
  if (key === 'tsquery') return { code: '42601', message: 'syntax error in tsquery' }
  if (key === 'regclass') return { code: '42P01', message: 'relation does not exist' }
  if (/range$/.test(key)) {
    const what = key.endsWith('multirange') ? 'multirange' : 'range'
    return { code: '22P02', message: `malformed ${what} literal` }
  }
  // jsonb reads its input as json.
  const spoken = key === 'jsonb' ? 'json' : name
  return { code: '22P02', message: `invalid input syntax for type ${spoken}` }
}
