import type { Catalog } from '../../../catalog/catalog.ts'
import { UNREAD_EXPRESSION } from '../../../catalog/expression.ts'
import type { Column } from '../../../catalog/table.ts'
import type { DataType } from '../../../catalog/type.ts'
import { readPiece, readerOf } from '../reader.ts'
import { readDefinitionOf } from '../statements/columnDefinition.ts'
import { translateColumn } from '../translate/columns.ts'
import type { SnapshotColumn } from './snapshot.ts'

/** A column as the catalog has it. */
export interface ReadColumn {
  readonly column: Column
  /** Its type or its default is not what we know. */
  readonly unread: boolean
  /** SERIAL brings a unique index. */
  readonly isSerial: boolean
}

const UNKNOWN_TYPE: DataType = {
  schema: null,
  name: '',
  modifiers: [],
  dimensions: 0,
  collation: null,
}

/**
 * Reads a column's type and default as a definition, which drizzle-kit makes of them: either may say
 * more than it should (`int unsigned NOT NULL`, `CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP`).
 *
 * @param spelled - how the table spells its columns
 */
export function readColumn(
  empty: Catalog,
  source: SnapshotColumn,
  spelled: (name: string) => string,
): ReadColumn {
  const name = { text: source.name, doubleQuoted: false, start: 0, end: 0 }
  const read = (text: string) => readPiece(text, (cursor) => readDefinitionOf(cursor, name, 0))
  const initial = source.default ?? null
  const whole = initial === null ? null : read(`${source.type} DEFAULT ${initial}`)
  const definition = whole ?? read(source.type)
  const told = definition && translateColumn(empty, undefined, definition, spelled).column
  const reader = readerOf(spelled)
  const { generated } = source
  const autoIncrement = source.autoIncrement || told?.autoIncrement === true
  const column: Column = {
    name: source.name,
    type: told?.type ?? UNKNOWN_TYPE,
    notNull: source.notNull || autoIncrement || told?.notNull === true,
    default: source.default === null || whole ? (told?.default ?? null) : UNREAD_EXPRESSION,
    identity: null,
    generated: generated
      ? { expression: reader.expression(generated.expression), stored: generated.stored }
      : (told?.generated ?? null),
    serial: false,
    ...(autoIncrement ? { autoIncrement: true } : {}),
    ...(source.onUpdate || told?.onUpdate === true ? { onUpdate: true } : {}),
    createdIn: 0,
    defaultedIn: null,
    filledIn: null,
    writtenIn: null,
  }
  const unread = told === null || (initial !== null && whole === null)
  return { column, unread, isSerial: definition?.type.name === 'serial' }
}
