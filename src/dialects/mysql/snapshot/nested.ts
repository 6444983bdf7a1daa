import { isRecord } from '../../../json/isRecord.ts'
import { type Json, defaultText, generated, records, text, texts } from '../../snapshot/json.ts'
import { readChecks, readForeignKeys } from '../../snapshot/parts.ts'
import type { Snapshot, SnapshotColumn, SnapshotIndex, SnapshotTable } from './snapshot.ts'

/** Snapshots of drizzle-kit 0.x for MySQL (version 5): tables with their parts inside. */
export function readNested(json: Json): Snapshot {
  const internal = isRecord(json['internal']) ? json['internal'] : {}
  const expressions = isRecord(internal['indexes']) ? internal['indexes'] : {}
  return {
    id: text(json['id']),
    parents: [text(json['prevId'])],
    views: records(json['views'])
      .filter((view) => view['isExisting'] !== true)
      .map((view) => text(view['name'])),
    tables: records(json['tables']).map((table) => readTable(table, expressions)),
  }
}

function readTable(json: Json, expressions: Json): SnapshotTable {
  const columns = records(json['columns'])
  const [key] = records(json['compositePrimaryKeys'])
  const single = columns.filter((column) => column['primaryKey'] === true)
  const uniques = records(json['uniqueConstraints']).map((one) => ({ ...one, isUnique: true }))
  return {
    name: text(json['name']),
    columns: columns.map(readColumn),
    primaryKey: key ? texts(key['columns']) : single.map(({ name }) => text(name)),
    foreignKeys: readForeignKeys(records(json['foreignKeys']), {
      from: 'columnsFrom',
      to: 'columnsTo',
    }),
    checks: readChecks(records(json['checkConstraint'])),
    indexes: [...uniques, ...records(json['indexes'])].map((one) => readIndex(one, expressions)),
  }
}

function readColumn(json: Json): SnapshotColumn {
  return {
    name: text(json['name']),
    type: text(json['type']),
    notNull: json['notNull'] === true,
    autoIncrement: json['autoincrement'] === true,
    onUpdate: json['onUpdate'] === true,
    default: defaultText(json['default']),
    generated: generated(json['generated']),
  }
}

function readIndex(json: Json, expressions: Json): SnapshotIndex {
  const name = text(json['name'])
  const marked = isRecord(expressions[name]) ? expressions[name]['columns'] : null
  const isExpression = (key: string) =>
    isRecord(marked) && isRecord(marked[key]) && marked[key]['isExpression'] === true
  return {
    name,
    unique: json['isUnique'] === true,
    keys: texts(json['columns']).map((key) => ({ text: key, isExpression: isExpression(key) })),
  }
}
