import {
  type Json,
  byTable,
  defaultText,
  generated,
  records,
  text,
  textOrNull,
  texts,
} from '../../snapshot/json.ts'
import { readChecks, readForeignKeys } from '../../snapshot/parts.ts'
import type { Snapshot, SnapshotColumn, SnapshotIndex, SnapshotTable } from './snapshot.ts'

/** Snapshots of drizzle-kit 1.0 for MySQL (version 6): one flat list of entities. */
export function readFlat(json: Json): Snapshot {
  const entities = records(json['ddl'])
  const ofType = (type: string) => entities.filter(({ entityType }) => entityType === type)
  const parts = Object.fromEntries(KINDS.map((kind) => [kind, byTable(ofType(kind))])) as Parts
  return {
    id: text(json['id']),
    parents: texts(json['prevIds']),
    views: ofType('views').map((view) => text(view['name'])),
    tables: ofType('tables').map(({ name }) => readTable(text(name), parts)),
  }
}

const KINDS = ['columns', 'pks', 'fks', 'checks', 'indexes'] as const

type Parts = Readonly<Record<(typeof KINDS)[number], ReadonlyMap<string, readonly Json[]>>>

function readTable(name: string, parts: Parts): SnapshotTable {
  const own = (kind: keyof Parts) => parts[kind].get(name) ?? []
  return {
    name,
    columns: own('columns').map(readColumn),
    primaryKey: texts(own('pks')[0]?.['columns']),
    foreignKeys: readForeignKeys(own('fks'), { from: 'columns', to: 'columnsTo' }),
    checks: readChecks(own('checks')),
    indexes: own('indexes').map(readIndex),
  }
}

function readColumn(json: Json): SnapshotColumn {
  const [charset, collation] = [textOrNull(json['charSet']), textOrNull(json['collation'])]
  return {
    name: text(json['name']),
    type: [
      text(json['type']),
      ...(charset === null ? [] : [`CHARACTER SET ${charset}`]),
      ...(collation === null ? [] : [`COLLATE ${collation}`]),
    ].join(' '),
    notNull: json['notNull'] === true,
    autoIncrement: json['autoIncrement'] === true,
    onUpdate: json['onUpdateNow'] === true,
    default: defaultText(json['default']),
    generated: generated(json['generated']),
  }
}

function readIndex(json: Json): SnapshotIndex {
  return {
    name: text(json['name']),
    unique: json['isUnique'] === true,
    keys: records(json['columns']).map((key) => ({
      text: text(key['value']),
      isExpression: key['isExpression'] === true,
    })),
  }
}
