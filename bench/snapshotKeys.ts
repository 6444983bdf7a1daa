import { readFileSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** A table of drizzle-kit's latest snapshot, as far as its foreign keys are concerned. */
export interface SnapshotTable {
  readonly dialect: string
  readonly name: string
  readonly columns: readonly string[]
  readonly foreignKeys: readonly { readonly columns: readonly string[]; readonly served: boolean }[]
}

/** The tables of the latest snapshot of every migrations folder of a checkout. */
export function snapshotTables(checkout: string): SnapshotTable[] {
  return latestSnapshots(checkout).flatMap((file) => {
    const snapshot = JSON.parse(readFileSync(file, 'utf8'))
    const dialect = snapshot.dialect === 'postgres' ? 'postgresql' : snapshot.dialect
    return Array.isArray(snapshot.ddl)
      ? fromEntities(dialect, snapshot.ddl)
      : fromTables(dialect, snapshot.tables)
  })
}

function latestSnapshots(checkout: string): string[] {
  const latest = new Map<string, string>()
  for (const entry of readdirSync(checkout, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/^(\w+_)?snapshot\.json$/.test(entry.name)) continue
    const file = join(entry.parentPath, entry.name)
    const folder = entry.name === 'snapshot.json' ? dirname(entry.parentPath) : entry.parentPath
    const key = (path: string) => `${basename(dirname(path))}/${basename(path)}`
    if (key(latest.get(folder) ?? '') < key(file)) latest.set(folder, file)
  }
  return [...latest.values()]
}

function fromTables(dialect: string, tables: Record<string, any> = {}): SnapshotTable[] {
  return Object.values(tables).map((table) => {
    const indexes = Object.values<any>(table.indexes ?? {}).map(({ columns, where, method }) => ({
      columns: columns.map((column: any) =>
        typeof column === 'string' ? column : column.isExpression ? null : column.expression,
      ),
      where,
      method,
    }))
    const keys = [
      ...Object.values<any>(table.compositePrimaryKeys ?? {}),
      ...Object.values<any>(table.uniqueConstraints ?? {}),
    ]
    const columns = Object.values<any>(table.columns)
    const single = columns
      .filter(({ primaryKey }) => primaryKey)
      .map(({ name }) => ({ columns: [name] }))
    return tableOf(
      dialect,
      table.name,
      columns.map(({ name }) => name),
      [...indexes, ...keys, ...single],
      Object.values<any>(table.foreignKeys ?? {}).map(({ columnsFrom }) => columnsFrom),
    )
  })
}

function fromEntities(dialect: string, entities: readonly any[]): SnapshotTable[] {
  return entities
    .filter(({ entityType }) => entityType === 'tables')
    .map(({ name, schema }) => {
      const of = (type: string) =>
        entities.filter(
          (entity) =>
            entity.entityType === type && entity.table === name && entity.schema === schema,
        )
      const indexes = of('indexes').map(({ columns, where, method }) => ({
        columns: columns.map((column: any) => (column.isExpression ? null : column.value)),
        where,
        method,
      }))
      return tableOf(
        dialect,
        name,
        of('columns').map((column) => column.name),
        [...indexes, ...of('pks'), ...of('uniques')],
        of('fks').map(({ columns }) => columns),
      )
    })
}

function tableOf(
  dialect: string,
  name: string,
  columns: string[],
  leaders: readonly any[],
  foreignKeys: readonly string[][],
): SnapshotTable {
  const serves = ({ columns: leading, where, method }: any, key: readonly string[]) =>
    key.every((column) => leading.slice(0, key.length).includes(column)) &&
    (!where ||
      key.some((column) =>
        new RegExp(`^\\W*(\\w+\\W+)?${column}\\W+is not null\\W*$`, 'i').test(where),
      )) &&
    (method === undefined || method === 'btree' || method === 'hash')
  return {
    dialect,
    name,
    columns,
    foreignKeys: foreignKeys.map((key) => ({
      columns: key,
      served: leaders.some((leader) => serves(leader, key)),
    })),
  }
}
