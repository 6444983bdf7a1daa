import { DEFAULT_SCHEMA, type QualifiedName, nameKey } from '../../../catalog/names.ts'
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

/** Snapshots of drizzle-kit 1.0 (versions 8 and 9): one flat list of entities. */
export function readFlat(json: Json): Snapshot {
  const entities = records(json['ddl'])
  const ofType = (type: string) => entities.filter(({ entityType }) => entityType === type)
  const parts = (type: string) => byTable(ofType(type))
  const kinds = {
    columns: parts('columns'),
    pks: parts('pks'),
    uniques: parts('uniques'),
    fks: parts('fks'),
    checks: parts('checks'),
    indexes: parts('indexes'),
    policies: parts('policies'),
  }
  return {
    id: text(json['id']),
    parents: texts(json['prevIds']),
    schemas: ofType('schemas').map(({ name }) => text(name)),
    enums: ofType('enums').map((type) => ({ ...nameIn(type), labels: texts(type['values']) })),
    sequences: ofType('sequences').map(nameIn),
    views: ofType('views')
      .filter((view) => view['isExisting'] !== true)
      .map((view) => ({ ...nameIn(view), materialized: view['materialized'] === true })),
    tables: ofType('tables').map((table) => readTable(table, kinds)),
  }
}

type Kind = 'columns' | 'pks' | 'uniques' | 'fks' | 'checks' | 'indexes' | 'policies'

function readTable(
  json: Json,
  kinds: Readonly<Record<Kind, ReadonlyMap<string, readonly Json[]>>>,
): SnapshotTable {
  const name = nameIn(json)
  const own = (kind: Kind) => kinds[kind].get(nameKey(name)) ?? []
  const [key] = own('pks')
  const policies = own('policies').map((policy) => text(policy['name']))
  return {
    ...name,
    columns: own('columns').map(readColumn),
    primaryKey: key ? { name: textOrNull(key['name']), columns: texts(key['columns']) } : null,
    uniques: own('uniques').map((unique) => ({
      name: text(unique['name']),
      columns: texts(unique['columns']),
      nullsNotDistinct: unique['nullsNotDistinct'] === true,
    })),
    foreignKeys: own('fks').map((foreign) => ({
      name: text(foreign['name']),
      columns: texts(foreign['columns']),
      references: {
        schema: textOrNull(foreign['schemaTo']) ?? DEFAULT_SCHEMA,
        name: text(foreign['tableTo']),
      },
      referencedColumns: texts(foreign['columnsTo']),
      onDelete: action(foreign['onDelete']),
      onUpdate: action(foreign['onUpdate']),
    })),
    checks: own('checks').map((check) => ({
      name: text(check['name']),
      value: text(check['value']),
    })),
    indexes: own('indexes').map(readIndex),
    policies,
    rowSecurity: json['isRlsEnabled'] === true || policies.length > 0,
  }
}

function readColumn(json: Json): SnapshotColumn {
  const { dimensions } = json
  return {
    name: text(json['name']),
    type: text(json['type']),
    typeSchema: textOrNull(json['typeSchema']),
    dimensions: typeof dimensions === 'number' ? dimensions : 0,
    notNull: json['notNull'] === true,
    default: defaultText(json['default']),
    identity: identity(json['identity']),
    generated: generated(json['generated']),
  }
}

function readIndex(json: Json): SnapshotIndex {
  return {
    name: text(json['name']),
    unique: json['isUnique'] === true,
    method: textOrNull(json['method']) ?? 'btree',
    keys: records(json['columns']).map((key) => ({
      text: text(key['value']),
      isExpression: key['isExpression'] === true,
    })),
    where: textOrNull(json['where']),
  }
}

function nameIn(json: Json): QualifiedName {
  return { schema: textOrNull(json['schema']) ?? DEFAULT_SCHEMA, name: text(json['name']) }
}

function byTable(entities: readonly Json[]): ReadonlyMap<string, readonly Json[]> {
  const tables = new Map<string, Json[]>()
  for (const entity of entities) {
    const key = nameKey({
      schema: textOrNull(entity['schema']) ?? DEFAULT_SCHEMA,
      name: text(entity['table']),
    })
    const found = tables.get(key)
    if (found) found.push(entity)
    else tables.set(key, [entity])
  }
  return tables
}
