import type { Cursor } from '../../ddl/cursor.ts'
import { readCharset } from '../typeName.ts'
import type { TableOptions } from './statement.ts'

/** Options with one value, which may follow an equals sign. */
const NAMES: ReadonlySet<string> = new Set(
  (
    'AUTO_INCREMENT AUTOEXTEND_SIZE AVG_ROW_LENGTH CHECKSUM COMMENT COMPRESSION CONNECTION ' +
    'DELAY_KEY_WRITE ENCRYPTION ENGINE ENGINE_ATTRIBUTE INSERT_METHOD KEY_BLOCK_SIZE MAX_ROWS MIN_ROWS ' +
    'PACK_KEYS PAGE_CHECKSUM PAGE_COMPRESSED PAGE_COMPRESSION_LEVEL PASSWORD ROW_FORMAT SEQUENCE ' +
    'SECONDARY_ENGINE SECONDARY_ENGINE_ATTRIBUTE STATS_AUTO_RECALC STATS_PERSISTENT STATS_SAMPLE_PAGES ' +
    'TABLESPACE TRANSACTIONAL TYPE ENCRYPTED ENCRYPTION_KEY_ID'
  ).split(' '),
)

export const NO_OPTIONS: TableOptions = {
  charset: null,
  collation: null,
  names: [],
  partitioned: false,
}

/** Reads the options of a table; the empty ones where none stands. */
export function readTableOptions(cursor: Cursor): TableOptions {
  let options = NO_OPTIONS
  for (;;) {
    const next = readOption(cursor, options)
    if (next === null) return options
    options = next
    // A comma may stand between them, and in ALTER TABLE in front of the next action.
    if (cursor.isSymbol(',') && isOption(cursor, 1)) cursor.next()
  }
}

function isOption(cursor: Cursor, ahead: number): boolean {
  const { kind, value } = cursor.peek(ahead)
  if (kind !== 'word') return false
  return NAMES.has(value) || /^(?:DEFAULT|CHARACTER|CHARSET|COLLATE)$/.test(value)
}

function readOption(cursor: Cursor, options: TableOptions): TableOptions | null {
  const mark = cursor.mark
  const isDefault = cursor.skip('DEFAULT')
  if (cursor.skip('CHARACTER', 'SET') || cursor.skip('CHARSET')) {
    cursor.skipSymbol('=')
    return { ...options, charset: readCharset(cursor), names: [...options.names, 'CHARACTER SET'] }
  }
  if (cursor.skip('COLLATE')) {
    cursor.skipSymbol('=')
    return { ...options, collation: readCharset(cursor), names: [...options.names, 'COLLATE'] }
  }
  if (isDefault) {
    cursor.reset(mark)
    return null
  }
  if (cursor.skip('UNION')) {
    cursor.skipSymbol('=')
    cursor.list(() => cursor.objectName())
    return { ...options, names: [...options.names, 'UNION'] }
  }
  if (cursor.skip('DATA', 'DIRECTORY') || cursor.skip('INDEX', 'DIRECTORY')) {
    cursor.skipSymbol('=')
    cursor.next()
    return options
  }
  if (!cursor.isOneOf(NAMES)) return null
  const name = cursor.next().value
  cursor.skipSymbol('=')
  cursor.next()
  return { ...options, names: [...options.names, name] }
}

/** `PARTITION BY …`: what it divides by is not read. */
export function readPartitions(cursor: Cursor): boolean {
  if (!cursor.skip('PARTITION', 'BY')) return false
  let depth = 0
  while (!cursor.done && (depth > 0 || !cursor.isSymbol(')'))) {
    if (cursor.isSymbol('(')) depth++
    if (cursor.isSymbol(')')) depth--
    cursor.next()
  }
  return true
}
