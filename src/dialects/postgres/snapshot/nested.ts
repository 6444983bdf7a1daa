import { isRecord } from '../../../json/isRecord.ts'
import { DEFAULT_SCHEMA, type QualifiedName } from '../../../catalog/names.ts'
import {
  type Json,
  action,
  defaultText,
  generated,
  identity,
  records,
  text,
  textOrNull,
  texts,
} from '../../snapshot/json.ts'
import type { Snapshot, SnapshotColumn, SnapshotIndex, SnapshotTable } from './snapshot.ts'

/**
 * Snapshots of drizzle-kit 0.x for PostgreSQL: tables with their parts inside. Version 7 is read as
 * it is. Version 6 has no checks, policies and views, and lists an index's columns by name; version 5
 * has no schema in its keys and an enum's labels as an object: both are read by the same code.
 */
export function readNested(json: Json): Snapshot {
  return {
    id: text(json['id']),
    parents: [text(json['prevId'])],
    schemas: isRecord(json['schemas']) ? Object.values(json['schemas']).map(text) : [],
    enums: records(json['enums']).map((type) => ({
      ...nameIn(type),
      labels: labels(type['values']),
    })),
    sequences: records(json['sequences']).map(nameIn),
    views: records(json['views'])
      .filter((view) => view['isExisting'] !== true)
      .map((view) => ({ ...nameIn(view), materialized: view['materialized'] === true })),
    tables: records(json['tables']).map(readTable),
  }
}

function nameIn(json: Json): QualifiedName {
  return { schema: textOrNull(json['schema']) ?? DEFAULT_SCHEMA, name: text(json['name']) }
}

function labels(values: unknown): readonly string[] {
  return isRecord(values) ? Object.values(values).map(text) : texts(values)
}

/** Tables that did not change since the snapshot before are the same objects (SimilarJson). */
const tables = new WeakMap<Json, SnapshotTable>()

function readTable(json: Json): SnapshotTable {
  const table = tables.get(json) ?? tableOf(json)
  tables.set(json, table)
  return table
}

function tableOf(json: Json): SnapshotTable {
  const columns = records(json['columns'])
  const [composite] = records(json['compositePrimaryKeys'])
  const single = columns
    .filter((column) => column['primaryKey'] === true)
    .map(({ name }) => text(name))
  const policies = records(json['policies']).map(({ name }) => text(name))
  return {
    ...nameIn(json),
    columns: columns.map(readColumn),
    primaryKey: composite
      ? { name: textOrNull(composite['name']), columns: texts(composite['columns']) }
      : single.length > 0
        ? { name: null, columns: single }
        : null,
    uniques: records(json['uniqueConstraints']).map((unique) => ({
      name: text(unique['name']),
      columns: texts(unique['columns']),
      nullsNotDistinct: unique['nullsNotDistinct'] === true,
    })),
    foreignKeys: records(json['foreignKeys']).map((key) => ({
      name: text(key['name']),
      columns: texts(key['columnsFrom']),
      references: {
        schema: textOrNull(key['schemaTo']) ?? DEFAULT_SCHEMA,
        name: text(key['tableTo']),
      },
      referencedColumns: texts(key['columnsTo']),
      onDelete: action(key['onDelete']),
      onUpdate: action(key['onUpdate']),
    })),
    checks: records(json['checkConstraints']).map((check) => ({
      name: text(check['name']),
      value: text(check['value']),
    })),
    indexes: records(json['indexes']).map(readIndex),
    policies,
    // A table with policies gets its row level security with the first of them.
    rowSecurity: json['isRLSEnabled'] === true || policies.length > 0,
  }
}

function readColumn(json: Json): SnapshotColumn {
  return {
    name: text(json['name']),
    type: text(json['type']),
    typeSchema: textOrNull(json['typeSchema']),
    dimensions: 0,
    notNull: json['notNull'] === true,
    default: defaultText(json['default']),
    identity: identity(json['identity']),
    generated: generated(json['generated']),
  }
}

function readIndex(json: Json): SnapshotIndex {
  const keys = Array.isArray(json['columns']) ? (json['columns'] as unknown[]) : []
  return {
    name: text(json['name']),
    unique: json['isUnique'] === true,
    method: textOrNull(json['method']) ?? 'btree',
    keys: keys.map((key) =>
      isRecord(key)
        ? { text: text(key['expression']), isExpression: key['isExpression'] === true }
        : { text: text(key), isExpression: false },
    ),
    where: textOrNull(json['where']),
  }
}
