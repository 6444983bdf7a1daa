import type { Cursor } from '../ddl/cursor.ts'
import type { Stretch } from '../ddl/syntax.ts'

/** A column's type as it is written. */
export interface ColumnType extends Stretch {
  /** In small letters, one name for each type: `int`, `decimal`, `varchar`. */
  readonly name: string
  readonly numbers: readonly number[]
  /** Of an ENUM or SET. */
  readonly labels: readonly string[] | null
  readonly unsigned: boolean
  readonly charset: string | null
  readonly collation: string | null
}

/** Types that are written in several ways. */
const SAME: Readonly<Record<string, string>> = {
  INTEGER: 'int',
  INT1: 'tinyint',
  INT2: 'smallint',
  INT3: 'mediumint',
  INT4: 'int',
  INT8: 'bigint',
  MIDDLEINT: 'mediumint',
  BOOL: 'boolean',
  DEC: 'decimal',
  NUMERIC: 'decimal',
  FIXED: 'decimal',
  NUMBER: 'decimal',
  REAL: 'double',
  FLOAT4: 'float',
  FLOAT8: 'double',
  CHARACTER: 'char',
  VARCHARACTER: 'varchar',
  VARCHAR2: 'varchar',
  NVARCHAR: 'varchar',
  NCHAR: 'char',
  GEOMCOLLECTION: 'geometrycollection',
}

const TYPES: ReadonlySet<string> = new Set([
  ...Object.keys(SAME),
  ...(
    'TINYINT SMALLINT MEDIUMINT INT BIGINT DECIMAL FLOAT DOUBLE BIT BOOLEAN SERIAL DATE DATETIME TIMESTAMP ' +
    'TIME YEAR CHAR VARCHAR BINARY VARBINARY TINYBLOB BLOB MEDIUMBLOB LONGBLOB TINYTEXT TEXT MEDIUMTEXT ' +
    'LONGTEXT ENUM SET JSON GEOMETRY POINT LINESTRING POLYGON MULTIPOINT MULTILINESTRING MULTIPOLYGON ' +
    'GEOMETRYCOLLECTION VECTOR UUID INET4 INET6 XMLTYPE LONG NATIONAL'
  ).split(' '),
])

/** Reads a column's type with its character set and collation. */
export function readColumnType(cursor: Cursor): ColumnType {
  const { start } = cursor
  if (!cursor.isOneOf(TYPES)) cursor.fail()
  const name = typeWord(cursor)
  const labels = name === 'enum' || name === 'set' ? cursor.list(() => string(cursor)) : null
  const numbers = labels === null && cursor.isSymbol('(') ? cursor.list(() => number(cursor)) : []
  let unsigned = name === 'serial'
  let charset: string | null = null
  let collation: string | null = null
  for (;;) {
    if (cursor.skip('UNSIGNED') || cursor.skip('ZEROFILL')) unsigned = true
    else if (cursor.skip('SIGNED')) unsigned = false
    else if (
      cursor.skip('CHARACTER', 'SET') ||
      cursor.skip('CHARSET') ||
      cursor.skip('CHAR', 'SET')
    ) {
      charset = readCharset(cursor)
    } else if (cursor.skip('COLLATE')) collation = readCharset(cursor)
    else if (cursor.skip('ASCII')) charset = 'latin1'
    else if (cursor.skip('UNICODE')) charset = 'ucs2'
    else if (cursor.skip('BYTE')) charset = 'binary'
    else if (isText(name) && cursor.skip('BINARY')) collation = 'binary'
    else break
  }
  return { name, numbers, labels, unsigned, charset, collation, ...cursor.since(start) }
}

function typeWord(cursor: Cursor): string {
  const word = cursor.next().value
  if (word === 'DOUBLE') cursor.skip('PRECISION')
  if (word === 'LONG') {
    if (cursor.skip('VARBINARY')) return 'mediumblob'
    if (!cursor.skip('VARCHAR') && cursor.skip('CHAR')) cursor.need('VARYING')
    return 'mediumtext'
  }
  if (word === 'NATIONAL') {
    if (cursor.skip('VARCHAR') || cursor.skip('VARCHARACTER')) return 'varchar'
    if (!cursor.skip('CHAR')) cursor.need('CHARACTER')
    return cursor.skip('VARYING') ? 'varchar' : 'char'
  }
  if (word === 'CHAR' || word === 'CHARACTER' || word === 'NCHAR') {
    return cursor.skip('VARYING') ? 'varchar' : 'char'
  }
  return SAME[word] ?? word.toLowerCase()
}

/** The name of a character set or collation, quoted or not. */
export function readCharset(cursor: Cursor): string {
  const { kind } = cursor.peek()
  if (kind !== 'word' && kind !== 'string' && kind !== 'name') cursor.fail()
  return cursor.next().value.toLowerCase()
}

function isText(name: string): boolean {
  return /char|text|enum|set/.test(name)
}

function string(cursor: Cursor): string {
  if (cursor.peek().kind !== 'string') cursor.fail()
  return cursor.next().value
}

function number(cursor: Cursor): number {
  if (cursor.peek().kind !== 'number') cursor.fail()
  return Number(cursor.next().text)
}

/** The type behind CAST's AS: `UNSIGNED`, `CHAR(10) CHARACTER SET utf8mb4`, `JSON`. */
export function readCastType(cursor: Cursor): string {
  const isSigned = cursor.is('SIGNED')
  if (isSigned || cursor.is('UNSIGNED')) {
    cursor.next()
    if (!cursor.skip('INTEGER')) cursor.skip('INT')
    return isSigned ? 'signed' : 'unsigned'
  }
  const { name } = readColumnType(cursor)
  cursor.skip('ARRAY')
  return name
}
