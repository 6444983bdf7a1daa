import type { CallExpression, Node } from 'estree'
import type { DataType } from '../catalog/type.ts'
import { entriesOf, propertyOf, unwrap } from './ast.ts'
import type { SchemaDialect } from './value.ts'

/** Builders of pg-core and the types they make, by the server's internal names. */
const POSTGRES: Readonly<Record<string, string>> = {
  bigint: 'int8',
  bigserial: 'int8',
  bit: 'bit',
  boolean: 'bool',
  bytea: 'bytea',
  char: 'bpchar',
  cidr: 'cidr',
  date: 'date',
  decimal: 'numeric',
  doublePrecision: 'float8',
  inet: 'inet',
  integer: 'int4',
  interval: 'interval',
  json: 'json',
  jsonb: 'jsonb',
  line: 'line',
  macaddr: 'macaddr',
  macaddr8: 'macaddr8',
  numeric: 'numeric',
  point: 'point',
  real: 'float4',
  serial: 'int4',
  smallint: 'int2',
  smallserial: 'int2',
  text: 'text',
  time: 'time',
  timestamp: 'timestamp',
  uuid: 'uuid',
  varchar: 'varchar',
}

const MYSQL: Readonly<Record<string, string>> = {
  serial: 'bigint',
  decimal: 'decimal',
  mysqlEnum: 'enum',
}

/** Builders that draw numbers from a sequence of their own. */
const SERIAL = new Set(['serial', 'bigserial', 'smallserial'])

export function isSerialBuilder(name: string): boolean {
  return SERIAL.has(name)
}

/**
 * The type a column builder makes.
 *
 * @param dimensions - 1 after `.array()`
 * @returns null for builders whose type is not one of the server's own (PostGIS, pgvector)
 */
export function builtType(
  dialect: SchemaDialect,
  builder: string,
  call: CallExpression,
  dimensions: number,
): DataType | null {
  const config = call.arguments.find((given) => unwrap(given).type === 'ObjectExpression')
  const name = dialect === 'postgresql' ? POSTGRES[builder] : (MYSQL[builder] ?? builder)
  if (name === undefined) return null
  const zoned = dialect === 'postgresql' && isTrue(propertyOf(config, 'withTimezone'))
  const numberOf = (key: string) => {
    const value = propertyOf(config, key)
    return value?.type === 'Literal' && typeof value.value === 'number' ? [value.value] : []
  }
  const precision = numberOf('precision')
  // drizzle takes no notice of a scale without a precision.
  const scale = precision.length > 0 ? numberOf('scale') : []
  const modifiers = [...numberOf('length'), ...precision, ...scale]
  return {
    schema: null,
    name: zoned ? `${name}tz` : name,
    modifiers,
    dimensions,
    collation: null,
  }
}

/** Builders with options that `builtType` does not read. */
const READ_IN_PART = new Set(['bit', 'interval'])

/** Whether a builder's options are literals, so that `builtType` has seen all of its type. */
export function isWrittenOut(builder: string, call: CallExpression): boolean {
  if (READ_IN_PART.has(builder)) return false
  // `char` is `char(1)` to the server.
  if (builder === 'char' && !call.arguments.some((given) => propertyOf(given, 'length')))
    return false
  return call.arguments.every((given, at) => {
    const node = unwrap(given)
    if (node.type !== 'ObjectExpression') return at === 0
    return entriesOf(node).every(
      (entry) =>
        'key' in entry &&
        entry.key !== null &&
        (!OF_TYPES.has(entry.key) || entry.property.value.type === 'Literal'),
    )
  })
}

const OF_TYPES = new Set(['length', 'precision', 'scale', 'withTimezone'])

/** Whether a node is the literal `true`. */
export function isTrue(node: Node | undefined): boolean {
  return node?.type === 'Literal' && node.value === true
}
