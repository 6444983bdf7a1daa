import type { Cursor } from '../../ddl/cursor.ts'
import type { ColumnDefinition, TableConstraint } from '../../ddl/definitions.ts'
import { readSortKey } from '../../ddl/queryReader.ts'
import type { Name } from '../../ddl/syntax.ts'
import { SQLITE_GRAMMAR } from '../grammar.ts'
import { readColumnDefinition } from './columnDefinition.ts'
import { skipOnConflict } from './onConflict.ts'
import { readKeyColumn, readReferences, skipDeferrable } from './references.ts'
import type { CreateTable, CreateVirtualTable } from './statement.ts'

const CONSTRAINTS: ReadonlySet<string> = new Set([
  'CONSTRAINT',
  'PRIMARY',
  'UNIQUE',
  'CHECK',
  'FOREIGN',
])

/** Behind `CREATE [TEMP]`. */
export function readCreateTable(cursor: Cursor, start: number, temporary: boolean): CreateTable {
  cursor.need('TABLE')
  const ifNotExists = cursor.skip('IF', 'NOT', 'EXISTS')
  const name = cursor.objectName()
  const head = { kind: 'create table' as const, name, temporary, ifNotExists }
  if (cursor.skip('AS')) {
    const query = SQLITE_GRAMMAR.query(cursor)
    const nothing = { columns: [], constraints: [], strict: false, withoutRowid: false }
    return { ...head, ...nothing, query, ...cursor.since(start) }
  }
  cursor.needSymbol('(')
  const columns: ColumnDefinition[] = []
  const constraints: TableConstraint[] = []
  let goesOn: boolean
  do {
    columns.push(readColumnDefinition(cursor))
    goesOn = cursor.skipSymbol(',')
  } while (goesOn && !cursor.isOneOf(CONSTRAINTS))
  while (goesOn) {
    constraints.push(readTableConstraint(cursor))
    // SQLite lets the comma between constraints of a table be left out.
    goesOn = cursor.skipSymbol(',') || cursor.isOneOf(CONSTRAINTS)
  }
  cursor.needSymbol(')')
  return {
    ...head,
    columns,
    constraints,
    ...readOptions(cursor),
    query: null,
    ...cursor.since(start),
  }
}

function readOptions(cursor: Cursor): { strict: boolean; withoutRowid: boolean } {
  const options = { strict: false, withoutRowid: false }
  if (cursor.done) return options
  do {
    if (cursor.skip('WITHOUT', 'ROWID')) options.withoutRowid = true
    else {
      cursor.need('STRICT')
      options.strict = true
    }
  } while (cursor.skipSymbol(','))
  return options
}

function readTableConstraint(cursor: Cursor): TableConstraint {
  const { start } = cursor
  const constraint: Name | null = cursor.skip('CONSTRAINT') ? cursor.name() : null
  const base = () => ({ constraint, ...cursor.since(start) })
  if (cursor.is('PRIMARY') || cursor.is('UNIQUE')) {
    const kind = cursor.skip('UNIQUE') ? 'unique' : 'primary key'
    if (kind === 'primary key') cursor.need('PRIMARY', 'KEY')
    cursor.needSymbol('(')
    const keys = cursor.separated(() => readSortKey(cursor, SQLITE_GRAMMAR))
    const autoIncrement = kind === 'primary key' && cursor.skip('AUTOINCREMENT')
    cursor.needSymbol(')')
    skipOnConflict(cursor)
    return { kind, keys, autoIncrement, ...base() }
  }
  if (cursor.skip('CHECK')) {
    cursor.needSymbol('(')
    const expression = SQLITE_GRAMMAR.expression(cursor)
    cursor.needSymbol(')')
    skipOnConflict(cursor)
    return { kind: 'check', expression, ...base() }
  }
  if (constraint !== null && !cursor.is('FOREIGN')) return { kind: 'name only', ...base() }
  cursor.need('FOREIGN', 'KEY')
  const columns = cursor.list(() => readKeyColumn(cursor))
  const references = readReferences(cursor)
  skipDeferrable(cursor)
  return { kind: 'foreign key', columns, references, ...base() }
}

/** `VIRTUAL TABLE name USING module (…)`, behind CREATE. What the module makes of it is its own. */
export function readCreateVirtualTable(cursor: Cursor, start: number): CreateVirtualTable {
  cursor.need('VIRTUAL', 'TABLE')
  const ifNotExists = cursor.skip('IF', 'NOT', 'EXISTS')
  const name = cursor.objectName()
  cursor.need('USING')
  cursor.name()
  if (cursor.skipSymbol('(')) {
    let depth = 1
    while (depth > 0) {
      if (cursor.isSymbol('(')) depth++
      if (cursor.isSymbol(')')) depth--
      cursor.next()
    }
  }
  return { kind: 'create virtual table', name, ifNotExists, ...cursor.since(start) }
}
