import { type PgType, baseOf } from './typeModel.ts'

const CALLS: Readonly<Record<string, string>> = {
  now: 'timestamptz',
  transaction_timestamp: 'timestamptz',
  statement_timestamp: 'timestamptz',
  clock_timestamp: 'timestamptz',
  current_timestamp: 'timestamptz',
  localtimestamp: 'timestamp',
  current_date: 'date',
  current_time: 'timetz',
  localtime: 'time',
  gen_random_uuid: 'uuid',
  uuidv4: 'uuid',
  uuidv7: 'uuid',
  nextval: 'int8',
  random: 'float8',
}

/**
 * The type of a default's expression before it was fitted to the column: that, not the column's
 * type, has to convert when the column's type changes (`strip_implicit_coercions`). `DEFAULT 0` is
 * an integer in a text column too; a quoted constant has the column's type from the start.
 *
 * @param sql the default as written.
 * @param column the type of the column; also the answer for what is not recognised.
 */
export function typeOfDefault(sql: string, column: PgType): PgType {
  const text = sql.trim()
  const builtIn = (name: string): PgType => ({
    name,
    schema: null,
    modifiers: [],
    dimensions: 0,
    kind: 'base',
  })
  if (/^[+-]?\s*\d+$/.test(text)) return builtIn(integerType(text))
  if (/^[+-]?\s*(\d+\.\d*|\.\d+|\d+(?=e))(e[+-]?\d+)?$/i.test(text)) return builtIn('numeric')
  if (/^(true|false)$/i.test(text)) return builtIn('bool')
  const call = /^(?:pg_catalog\.)?(\w+)\s*(?:\([^()]*\))?$/i.exec(text)?.[1]?.toLowerCase()
  const result = call === undefined ? undefined : CALLS[call]
  return result === undefined ? baseOf(column) : builtIn(result)
}

function integerType(text: string): string {
  // The parser reads the digits, and applies the sign to what it read.
  const value = BigInt(text.replace(/[+\-\s]/g, ''))
  if (value < 2n ** 31n) return 'int4'
  return value < 2n ** 63n ? 'int8' : 'numeric'
}
