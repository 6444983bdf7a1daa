import type { Cursor } from '../../ddl/cursor.ts'
import { isQuery } from '../../ddl/grammar.ts'
import { MYSQL_GRAMMAR } from '../grammar.ts'
import { readAlterTable } from './alterTable.ts'
import { readCreateIndex } from './createIndex.ts'
import { isProgram, readCreateProgram } from './createProgram.ts'
import { readCreateTable } from './createTable.ts'
import { readCreateView } from './createView.ts'
import { readDrop } from './drop.ts'
import { isRows, readRows } from './rows.ts'
import { readLockTables, readSet, readTransaction } from './session.ts'
import type { Statement } from './statement.ts'
import { readDatabase, readOptimize, readTruncate, readUtility, skipHead } from './utility.ts'

/**
 * Reads one statement, every token of it.
 *
 * @throws {Refusal} where neither MySQL's nor MariaDB's grammar goes on
 */
export function readStatement(cursor: Cursor): Statement {
  const { start } = cursor
  const statement = readKind(cursor, start)
  if (!cursor.done) cursor.fail()
  return statement
}

const DROPPED: ReadonlySet<string> = new Set(
  'TABLE TABLES TEMPORARY VIEW INDEX TRIGGER PROCEDURE FUNCTION EVENT DATABASE SCHEMA'.split(' '),
)

function readKind(cursor: Cursor, start: number): Statement {
  const { value } = cursor.peek()
  if (value === 'CREATE') return readCreate(cursor, start)
  if (value === 'ALTER') return readAlter(cursor, start)
  if (value === 'DROP' && DROPPED.has(cursor.peek(1).value)) return readDrop(cursor, start)
  if (value === 'RENAME') return readRename(cursor, start)
  if (value === 'TRUNCATE') return readTruncate(cursor, start)
  if (value === 'SET') return readSet(cursor, start)
  if (value === 'LOCK' || value === 'UNLOCK') return readLockTables(cursor, start)
  if (value === 'USE') {
    cursor.next()
    return readDatabase(cursor, start, 'use')
  }
  if (/^(?:OPTIMIZE|CHECK|REPAIR)$/.test(value)) return readOptimize(cursor, start)
  if (value === 'ANALYZE' && /^(?:LOCAL|NO_WRITE_TO_BINLOG|TABLES?)$/.test(cursor.peek(1).value)) {
    return readOptimize(cursor, start)
  }
  if (isRows(cursor)) return readRows(cursor)
  if (isQuery(cursor) || cursor.isSymbol('(')) {
    const query = MYSQL_GRAMMAR.query(cursor)
    return { kind: 'select', query, ...cursor.since(start) }
  }
  return readTransaction(cursor, start) ?? readUtility(cursor, start) ?? cursor.fail()
}

function readCreate(cursor: Cursor, start: number): Statement {
  const mark = cursor.mark
  cursor.need('CREATE')
  const replace = skipHead(cursor)
  const temporary = cursor.skip('TEMPORARY')
  if (cursor.is('TABLE')) return readCreateTable(cursor, start, replace, temporary)
  if (cursor.is('DATABASE') || cursor.is('SCHEMA')) return readDatabase(cursor, start, 'create')
  if (cursor.is('VIEW')) return readCreateView(cursor, start, replace)
  if (isProgram(cursor)) return readCreateProgram(cursor, start, replace)
  if (['UNIQUE', 'FULLTEXT', 'INDEX', 'ONLINE', 'OFFLINE'].some((word) => cursor.is(word))) {
    return readCreateIndex(cursor, start)
  }
  if (cursor.is('SPATIAL', 'INDEX')) return readCreateIndex(cursor, start)
  cursor.reset(mark)
  return readUtility(cursor, start) ?? cursor.fail()
}

function readAlter(cursor: Cursor, start: number): Statement {
  const mark = cursor.mark
  cursor.need('ALTER')
  if (cursor.is('DATABASE') || cursor.is('SCHEMA')) return readDatabase(cursor, start, 'alter')
  skipHead(cursor)
  if (cursor.is('VIEW')) return readCreateView(cursor, start, true)
  cursor.reset(mark)
  const isTable = ['TABLE', 'ONLINE', 'IGNORE'].includes(cursor.peek(1).value)
  if (isTable) return readAlterTable(cursor, start)
  return readUtility(cursor, start) ?? cursor.fail()
}

function readRename(cursor: Cursor, start: number): Statement {
  cursor.need('RENAME')
  if (cursor.skip('USER')) {
    while (!cursor.done) cursor.next()
    return {
      kind: 'utility',
      command: 'RENAME USER',
      opaque: false,
      commits: true,
      ...cursor.since(start),
    }
  }
  if (!cursor.skip('TABLES')) cursor.need('TABLE')
  cursor.skip('IF', 'EXISTS')
  const pairs = cursor.separated(() => {
    const from = cursor.objectName()
    cursor.need('TO')
    return { from, to: cursor.objectName() }
  })
  return { kind: 'rename tables', pairs, ...cursor.since(start) }
}
