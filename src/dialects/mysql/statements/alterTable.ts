import type { Cursor } from '../../ddl/cursor.ts'
import type { Name } from '../../ddl/syntax.ts'
import { readCharset } from '../typeName.ts'
import { readColumnDefinition, readDefault } from './columnDefinition.ts'
import { readClause } from './createIndex.ts'
import type { AlterAction, AlterTable, Position } from './statement.ts'
import { isTableElement, readTableElement } from './tableElement.ts'
import { readPartitions, readTableOptions } from './tableOptions.ts'

/** What an action says, without where it stands. */
type Body = AlterAction extends infer A
  ? A extends AlterAction
    ? Omit<A, 'start' | 'end'>
    : never
  : never

export function readAlterTable(cursor: Cursor, start: number): AlterTable {
  cursor.need('ALTER')
  if (!cursor.skip('ONLINE')) cursor.skip('IGNORE')
  cursor.need('TABLE')
  cursor.skip('IF', 'EXISTS')
  const table = cursor.objectName()
  if (!cursor.skip('NOWAIT') && cursor.skip('WAIT')) cursor.next()
  const actions = cursor.separated(() => readAction(cursor)).flat()
  // Partitions stand behind the other actions, without a comma.
  const from = cursor.start
  if (readPartitions(cursor)) {
    actions.push({ kind: 'rebuild', what: 'PARTITION BY', ...cursor.since(from) })
  }
  return { kind: 'alter table', table, actions, ...cursor.since(start) }
}

function readAction(cursor: Cursor): readonly AlterAction[] {
  const { start } = cursor
  const body = readBody(cursor)
  const place = cursor.since(start)
  return [body].flat().map((one) => ({ ...one, ...place }) as AlterAction)
}

function readBody(cursor: Cursor): Body | readonly Body[] {
  if (cursor.skip('ADD')) return readAdd(cursor)
  if (cursor.skip('DROP')) return readDrop(cursor)
  if (cursor.skip('MODIFY')) {
    cursor.skip('COLUMN')
    const ifExists = cursor.skip('IF', 'EXISTS')
    const to = readColumnDefinition(cursor)
    const position = readPosition(cursor)
    return { kind: 'modify column', column: to.name, to, ifExists, position }
  }
  if (cursor.skip('CHANGE')) {
    cursor.skip('COLUMN')
    const ifExists = cursor.skip('IF', 'EXISTS')
    const column = cursor.name()
    const to = readColumnDefinition(cursor)
    const position = readPosition(cursor)
    return { kind: 'modify column', column, to, ifExists, position }
  }
  if (cursor.skip('RENAME')) return readRename(cursor)
  if (cursor.skip('ALTER')) return readAlter(cursor)
  if (cursor.skip('CONVERT', 'TO')) return readConvert(cursor)
  return readSetting(cursor) ?? readOptions(cursor)
}

function readAdd(cursor: Cursor): Body | readonly Body[] {
  if (cursor.is('PARTITION')) return readPartitionAction(cursor)
  if (isTableElement(cursor)) return { kind: 'add element', element: readTableElement(cursor) }
  cursor.skip('COLUMN')
  const ifNotExists = cursor.skip('IF', 'NOT', 'EXISTS')
  if (cursor.isSymbol('(')) {
    return cursor.list((): Body => {
      if (isTableElement(cursor)) return { kind: 'add element', element: readTableElement(cursor) }
      return {
        kind: 'add column',
        column: readColumnDefinition(cursor),
        ifNotExists,
        position: null,
      }
    })
  }
  const column = readColumnDefinition(cursor)
  const position = readPosition(cursor)
  return { kind: 'add column', column, ifNotExists, position }
}

/** `FIRST`, `AFTER column`. */
function readPosition(cursor: Cursor): Position | null {
  if (cursor.skip('AFTER')) return { after: cursor.name() }
  return cursor.skip('FIRST') ? { after: null } : null
}

function readDrop(cursor: Cursor): Body {
  if (cursor.is('PARTITION')) return readPartitionAction(cursor)
  if (cursor.skip('PRIMARY', 'KEY')) return { kind: 'drop primary key' }
  const kind = cursor.skip('FOREIGN', 'KEY')
    ? 'drop foreign key'
    : cursor.skip('INDEX') || cursor.skip('KEY')
      ? 'drop index'
      : cursor.skip('CONSTRAINT')
        ? 'drop constraint'
        : cursor.skip('CHECK')
          ? 'drop check'
          : null
  if (kind !== null) {
    const ifExists = cursor.skip('IF', 'EXISTS')
    return { kind, name: cursor.name(), ifExists }
  }
  cursor.skip('COLUMN')
  const ifExists = cursor.skip('IF', 'EXISTS')
  const column = cursor.name()
  if (!cursor.skip('CASCADE')) cursor.skip('RESTRICT')
  return { kind: 'drop column', column, ifExists }
}

function readRename(cursor: Cursor): Body {
  if (cursor.skip('COLUMN')) {
    const column = cursor.name()
    cursor.need('TO')
    return { kind: 'rename column', column, to: cursor.name() }
  }
  if (cursor.skip('INDEX') || cursor.skip('KEY')) {
    const name = cursor.name()
    cursor.need('TO')
    return { kind: 'rename index', name, to: cursor.name() }
  }
  if (!cursor.skip('TO') && !cursor.skip('AS')) cursor.skipSymbol('=')
  return { kind: 'rename table', to: cursor.objectName() }
}

function readAlter(cursor: Cursor): Body {
  if (cursor.skip('CHECK') || cursor.skip('CONSTRAINT')) {
    const name = cursor.name()
    const enforced = !cursor.skip('NOT')
    cursor.need('ENFORCED')
    return { kind: 'enforce check', name, enforced }
  }
  if (cursor.skip('INDEX') || cursor.skip('KEY')) {
    cursor.name()
    if (!cursor.skip('VISIBLE') && !cursor.skip('INVISIBLE') && !cursor.skip('NOT', 'IGNORED')) {
      cursor.need('IGNORED')
    }
    return { kind: 'setting', what: 'ALTER INDEX' }
  }
  cursor.skip('COLUMN')
  const column: Name = cursor.name()
  if (cursor.skip('DROP', 'DEFAULT')) return { kind: 'drop default', column }
  cursor.need('SET')
  if (cursor.skip('DEFAULT')) return { kind: 'set default', column, ...readDefault(cursor) }
  if (!cursor.skip('VISIBLE')) cursor.need('INVISIBLE')
  return { kind: 'setting', what: 'ALTER COLUMN' }
}

function readConvert(cursor: Cursor): Body {
  if (!cursor.skip('CHARSET')) cursor.need('CHARACTER', 'SET')
  const charset = readCharset(cursor)
  const collation = cursor.skip('COLLATE') ? readCharset(cursor) : null
  return { kind: 'convert charset', charset, collation }
}

function readSetting(cursor: Cursor): Body | null {
  const clause = readClause(cursor)
  if (clause) return { kind: 'clause', ...clause }
  if (cursor.skip('FORCE')) return { kind: 'rebuild', what: 'FORCE' }
  if (cursor.skip('ORDER', 'BY')) {
    cursor.separated(() => {
      cursor.name()
      if (!cursor.skip('ASC')) cursor.skip('DESC')
    })
    return { kind: 'rebuild', what: 'ORDER BY' }
  }
  if (cursor.skip('DISABLE', 'KEYS') || cursor.skip('ENABLE', 'KEYS')) {
    return { kind: 'setting', what: 'KEYS' }
  }
  if (cursor.skip('WITH', 'VALIDATION') || cursor.skip('WITHOUT', 'VALIDATION')) {
    return { kind: 'setting', what: 'VALIDATION' }
  }
  if (cursor.skip('DISCARD', 'TABLESPACE') || cursor.skip('IMPORT', 'TABLESPACE')) {
    return { kind: 'setting', what: 'TABLESPACE' }
  }
  if (cursor.skip('REMOVE', 'PARTITIONING')) return { kind: 'rebuild', what: 'REMOVE PARTITIONING' }
  const isPartition = ['COALESCE', 'REORGANIZE', 'EXCHANGE', 'TRUNCATE', 'REBUILD'].some((word) =>
    cursor.is(word, 'PARTITION'),
  )
  return isPartition ? readPartitionAction(cursor) : null
}

/** An action on partitions takes the rest of the statement. */
function readPartitionAction(cursor: Cursor): Body {
  while (!cursor.done) cursor.next()
  return { kind: 'rebuild', what: 'PARTITION' }
}

function readOptions(cursor: Cursor): Body {
  const { start } = cursor
  const options = readTableOptions(cursor)
  if (cursor.start === start) cursor.fail()
  return { kind: 'options', options }
}
