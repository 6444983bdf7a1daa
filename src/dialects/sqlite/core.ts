import { type Core, PLAIN_CORE, modifiersOf } from '../core/core.ts'

/** Builders of sqlite-core; whatever their `mode`, the column has one of five types. */
const TYPES: Readonly<Record<string, string>> = {
  blob: 'blob',
  int: 'integer',
  integer: 'integer',
  numeric: 'numeric',
  real: 'real',
  text: 'text',
}

/** Schema files for SQLite, of Turso too. */
export const sqliteCore: Core = {
  ...PLAIN_CORE,
  server: 'SQLite',
  module: 'sqlite-core',
  columnType(builder, options) {
    const name = TYPES[builder]
    return name === undefined ? null : { name, modifiers: modifiersOf(options) }
  },
  autoIncrements: true,
  nullableKeys: true,
}
