import { type Json, byTable, records, text, textOrNull, texts } from '../../snapshot/json.ts'
import { readChecks, readForeignKeys } from '../../snapshot/parts.ts'
import { readColumn, readUniques } from './parts.ts'
import type { Snapshot, SnapshotIndex, SnapshotTable } from './snapshot.ts'

/** Snapshots of drizzle-kit 1.0 for SQLite (version 7): one flat list of entities. */
export function readFlat(json: Json): Snapshot {
  const entities = records(json['ddl'])
  const ofType = (type: string) => entities.filter(({ entityType }) => entityType === type)
  const parts = Object.fromEntries(KINDS.map((kind) => [kind, byTable(ofType(kind))])) as Parts
  return {
    id: text(json['id']),
    parents: texts(json['prevIds']),
    views: ofType('views')
      .filter((view) => view['isExisting'] !== true)
      .map((view) => text(view['name'])),
    tables: ofType('tables').map(({ name }) => readTable(text(name), parts)),
  }
}

const KINDS = ['columns', 'pks', 'uniques', 'fks', 'checks', 'indexes'] as const

type Parts = Readonly<Record<(typeof KINDS)[number], ReadonlyMap<string, readonly Json[]>>>

function readTable(name: string, parts: Parts): SnapshotTable {
  const own = (kind: keyof Parts) => parts[kind].get(name) ?? []
  return {
    name,
    columns: own('columns').map(readColumn),
    primaryKey: texts(own('pks')[0]?.['columns']),
    uniques: readUniques(own('uniques')),
    foreignKeys: readForeignKeys(own('fks'), { from: 'columns', to: 'columnsTo' }),
    checks: readChecks(own('checks')),
    // What SQLite makes by itself behind a key is there with the key.
    indexes: own('indexes').flatMap((index) =>
      index['origin'] === 'auto' ? [] : [readIndex(index)],
    ),
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
    where: textOrNull(json['where']),
  }
}
