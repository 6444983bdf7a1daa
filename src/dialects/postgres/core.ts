import { LONGEST_NAME, clip } from '../../catalog/clip.ts'
import { DEFAULT_SCHEMA } from '../../catalog/names.ts'
import type { DataType } from '../../catalog/type.ts'
import { BYTES, type Core, modifiersOf } from '../core/core.ts'
import { comparable } from './effects/comparable.ts'

/** Builders of pg-core and the types they make, by the server's internal names. */
const TYPES: Readonly<Record<string, string>> = {
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

/** Schema files for PostgreSQL. */
export const postgresCore: Core = {
  server: 'PostgreSQL',
  module: 'pg-core',
  defaultSchema: DEFAULT_SCHEMA,
  longestName: { count: LONGEST_NAME, unit: 'bytes' },
  cut: (name) => clip(name, LONGEST_NAME),
  columnType(builder, options) {
    const name = TYPES[builder]
    if (name === undefined) return null
    return { name: options.withTimezone ? `${name}tz` : name, modifiers: modifiersOf(options) }
  },
  readInPart: new Set(['bit', 'interval']),
  labelled: new Set(),
  serials: {
    serial: { builder: 'integer', unsigned: false },
    bigserial: { builder: 'bigint', unsigned: false },
    smallserial: { builder: 'smallint', unsigned: false },
  },
  autoIncrements: false,
  storesGenerated: true,
  namesIndexes: true,
  indexesForeignKeys: false,
  buildsConcurrently: true,
  nullableKeys: false,
  keyMismatch({ type }, { type: target }) {
    const kindOf = ({ schema }: DataType) => (schema === null ? 'base' : 'enum')
    if (!comparable({ ...type, kind: kindOf(type) }, { ...target, kind: kindOf(target) }))
      return 'refused'
    const [own, other] = [BYTES[type.name], BYTES[target.name]]
    return own !== undefined && other !== undefined && own < other ? 'narrower' : null
  },
}
