import { isRecord } from '../../../json/isRecord.ts'
import { type Json, records, text, textOrNull, texts } from '../../snapshot/json.ts'
import { readChecks, readForeignKeys } from '../../snapshot/parts.ts'
import { readColumn, readUniques } from './parts.ts'
import type { Snapshot, SnapshotIndex, SnapshotTable } from './snapshot.ts'

/**
 * Snapshots of drizzle-kit 0.x for SQLite: tables with their parts inside. Version 6 is read as it is;
 * version 5 has no checks and no views.
 */
export function readNested(json: Json): Snapshot {
  const internal = isRecord(json['internal']) ? json['internal'] : {}
  const indexes = isRecord(internal['indexes']) ? internal['indexes'] : {}
  return {
    id: text(json['id']),
    parents: [text(json['prevId'])],
    views: records(json['views'])
      .filter((view) => view['isExisting'] !== true)
      .map((view) => text(view['name'])),
    tables: records(json['tables']).map((table) => readTable(table, indexes)),
  }
}

function readTable(json: Json, expressions: Json): SnapshotTable {
  const columns = records(json['columns'])
  const [composite] = records(json['compositePrimaryKeys'])
  const single = columns.filter((column) => column['primaryKey'] === true)
  return {
    name: text(json['name']),
    columns: columns.map(readColumn),
    primaryKey: composite ? texts(composite['columns']) : single.map(({ name }) => text(name)),
    uniques: readUniques(records(json['uniqueConstraints'])),
    foreignKeys: readForeignKeys(records(json['foreignKeys']), {
      from: 'columnsFrom',
      to: 'columnsTo',
    }),
    checks: readChecks(records(json['checkConstraints'])),
    indexes: Object.entries(isRecord(json['indexes']) ? json['indexes'] : {}).flatMap(
      ([name, index]) => (isRecord(index) ? [readIndex(name, index, expressions)] : []),
    ),
  }
}

/** A unique constraint without a name of its own is an index that has one only as a key. */
function readIndex(key: string, json: Json, expressions: Json): SnapshotIndex {
  const name = textOrNull(json['name']) ?? key
  const marked = isRecord(expressions[name]) ? expressions[name]['columns'] : null
  const isExpression = (column: string) =>
    isRecord(marked) && isRecord(marked[column]) && marked[column]['isExpression'] === true
  return {
    name,
    unique: json['isUnique'] === true,
    keys: texts(json['columns']).map((column) => ({
      text: column,
      isExpression: isExpression(column),
    })),
    where: textOrNull(json['where']),
  }
}
