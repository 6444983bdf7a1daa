import { BYTES, type Core, PLAIN_CORE, modifiersOf } from '../core/core.ts'
import { typeModifiers } from './typeModifiers.ts'

/** Builders of mysql-core that are not named as their type is. */
const TYPES: Readonly<Record<string, string>> = {
  boolean: 'tinyint',
  mysqlEnum: 'enum',
  real: 'double',
  serial: 'bigint',
}

const LABELLED = new Set(['mysqlEnum'])

/** What is no number and never compared with one. */
const TEXTS = new Set(['char', 'varchar', 'text', 'tinytext', 'mediumtext', 'longtext'])

/** Schema files for MySQL and MariaDB. */
export const mysqlCore: Core = {
  ...PLAIN_CORE,
  server: 'MySQL',
  module: 'mysql-core',
  longestName: { count: 64, unit: 'characters' },
  columnType(builder, options) {
    const { labels, fsp } = options
    if (LABELLED.has(builder)) return labels && { name: 'enum', modifiers: [], labels }
    const name = TYPES[builder] ?? builder
    const numbers = fsp === null ? modifiersOf(options) : [fsp]
    return { name, modifiers: typeModifiers(name, numbers) }
  },
  labelled: LABELLED,
  // `serial` is BIGINT UNSIGNED NOT NULL AUTO_INCREMENT.
  serials: { serial: { builder: 'bigint', unsigned: true } },
  autoIncrements: true,
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
