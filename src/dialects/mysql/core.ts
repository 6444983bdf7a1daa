import { BYTES, type Core, PLAIN_CORE, modifiersOf } from '../core/core.ts'

const TYPES: Readonly<Record<string, string>> = { serial: 'bigint', mysqlEnum: 'enum' }

/** What is no number and never compared with one. */
const TEXTS = new Set(['char', 'varchar', 'text', 'tinytext', 'mediumtext', 'longtext'])

/** Schema files for MySQL and MariaDB. */
export const mysqlCore: Core = {
  ...PLAIN_CORE,
  server: 'MySQL',
  module: 'mysql-core',
  longestName: { count: 64, unit: 'characters' },
  columnType: (builder, options) => ({
    name: TYPES[builder] ?? builder,
    modifiers: modifiersOf(options),
  }),
  // `serial` is BIGINT UNSIGNED NOT NULL AUTO_INCREMENT.
  serials: { serial: { builder: 'bigint', unsigned: true } },
  indexesForeignKeys: true,
  keyMismatch({ type, unsigned }, referenced) {
    const { type: target } = referenced
    const [own, other] = [BYTES[type.name], BYTES[target.name]]
    if (own !== undefined && other !== undefined) {
      return own === other && unsigned === referenced.unsigned ? null : 'refused'
    }
    const mixed =
      (own !== undefined && TEXTS.has(target.name)) || (other !== undefined && TEXTS.has(type.name))
    return mixed ? 'refused' : null
  },
}
