import { type NamedObject, type TableFunction, UNKNOWN, type Value } from './value.ts'

/** Methods of a schema besides `table`. */
const OBJECTS_OF_SCHEMA: ReadonlyMap<string, NamedObject['kind']> = new Map([
  ['enum', 'enum'],
  ['sequence', 'sequence'],
  ['view', 'view'],
  ['materializedView', 'view'],
])

/** The function that declares tables which a value is; null if it is something else. */
export function tableFunction(value: Value): TableFunction | null {
  if (value.kind === 'table function') return value
  if (value.kind !== 'builder' || !/^([a-z]\w+Table|table)$/.test(value.name)) return null
  return {
    kind: 'table function',
    dialect: value.dialect,
    schema: null,
    rename: null,
    casing: value.casing,
    rowSecurity: false,
  }
}

/** `value.key`, for everything but object literals. */
export function memberOf(value: Value, key: string): Value {
  switch (value.kind) {
    case 'core':
      return { kind: 'builder', dialect: value.dialect, name: key, casing: null }
    case 'schema':
      return memberOfSchema(value, key)
    case 'table':
      return { kind: 'column', table: value.call, key }
    case 'self':
      return { kind: 'column', table: 'self', key }
    case 'builder':
    case 'table function':
      return memberOfBuilder(value, key)
    default:
      return UNKNOWN
  }
}

function memberOfSchema(value: Value & { kind: 'schema' }, key: string): Value {
  const { dialect, name: schema, casing } = value
  const makes = OBJECTS_OF_SCHEMA.get(key)
  if (makes !== undefined) return { kind: 'object function', makes, dialect, schema }
  if (key !== 'table') return UNKNOWN
  return { kind: 'table function', dialect, schema, rename: null, casing, rowSecurity: false }
}

/** `snakeCase.table` and `pgTable.withRLS` of drizzle-orm 1.0. */
function memberOfBuilder(
  value: Value & { kind: 'builder' | 'table function' },
  key: string,
): Value {
  const table = tableFunction(value)
  if (table !== null) return key === 'withRLS' ? { ...table, rowSecurity: true } : UNKNOWN
  if (value.kind !== 'builder') return UNKNOWN
  const casing = value.name === 'snakeCase' ? 'snake_case' : 'camelCase'
  const cased = value.name === 'snakeCase' || value.name === 'camelCase'
  return cased ? { kind: 'builder', dialect: value.dialect, name: key, casing } : UNKNOWN
}
