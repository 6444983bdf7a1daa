import type { Cursor } from '../../ddl/cursor.ts'
import { isQuery } from '../../ddl/grammar.ts'
import { SQLITE_GRAMMAR } from '../grammar.ts'
import { readAlterTable } from './alterTable.ts'
import { readCreateIndex } from './createIndex.ts'
import { readCreateTable, readCreateVirtualTable } from './createTable.ts'
import { readCreateTrigger } from './createTrigger.ts'
import { readCreateView } from './createView.ts'
import { readDrop } from './drop.ts'
import { readMaintenance } from './maintenance.ts'
import { readPragma } from './pragma.ts'
import { isRows, readRows } from './rows.ts'
import type { Statement } from './statement.ts'
import { readTransaction } from './transaction.ts'

/**
 * Reads one statement, every token of it.
 *
 * @throws {Refusal} where SQLite's grammar does not go on
 */
export function readStatement(cursor: Cursor): Statement {
  const { start } = cursor
  if (cursor.skip('EXPLAIN')) {
    cursor.skip('QUERY', 'PLAN')
    readStatement(cursor)
    return { kind: 'maintenance', command: 'EXPLAIN', object: null, ...cursor.since(start) }
  }
  const statement = readKind(cursor, start)
  if (!cursor.done) cursor.fail()
  return statement
}

function readKind(cursor: Cursor, start: number): Statement {
  if (cursor.is('CREATE')) return readCreate(cursor, start)
  if (cursor.is('ALTER')) return readAlterTable(cursor, start)
  if (cursor.is('DROP')) return readDrop(cursor, start)
  if (cursor.is('PRAGMA')) return readPragma(cursor, start)
  if (isRows(cursor)) return readRows(cursor)
  if (isQuery(cursor)) {
    const query = SQLITE_GRAMMAR.query(cursor)
    return { kind: 'select', query, ...cursor.since(start) }
  }
  return readTransaction(cursor, start) ?? readMaintenance(cursor, start) ?? cursor.fail()
}

function readCreate(cursor: Cursor, start: number): Statement {
  cursor.need('CREATE')
  if (cursor.is('VIRTUAL')) return readCreateVirtualTable(cursor, start)
  if (cursor.is('UNIQUE') || cursor.is('INDEX')) return readCreateIndex(cursor, start)
  const temporary = cursor.skip('TEMP') || cursor.skip('TEMPORARY')
  if (cursor.is('VIEW')) return readCreateView(cursor, start, temporary)
  if (cursor.is('TRIGGER')) return readCreateTrigger(cursor, start, temporary)
  return readCreateTable(cursor, start, temporary)
}
