import { type Catalog, findEnum, findTable } from '../../../catalog/catalog.ts'
import type { ChangeBody, ChangeKind } from '../../../catalog/change.ts'
import type { QualifiedName } from '../../../catalog/names.ts'
import type { DataType } from '../../../catalog/type.ts'
import { findColumn } from '../../../catalog/table.ts'

/** A label that a statement uses in the transaction that added it. */
export interface UnsafeUse {
  readonly label: string
  readonly type: QualifiedName
}

/**
 * The new enum value a change uses before its transaction has committed ("unsafe use of new value",
 * 55P04; ALTER TYPE, Notes). PostgreSQL 17 allows it if the same transaction created the type too;
 * up to 16 even that is refused.
 */
export function unsafeEnumUse(
  catalog: Catalog,
  change: ChangeBody,
  version: number | null,
): UnsafeUse | null {
  if (!catalog.transactionOpen) return null
  for (const { types, strings } of usesOf(catalog, change)) {
    for (const used of types) {
      const type = findEnum(catalog, { ...used, dimensions: 0 })
      if (type === undefined) continue
      const isOwn = type.createdBy === catalog.transaction
      if (isOwn && version !== null && version >= 17) continue
      const entry = type.added.find(
        ({ label, by }) => by === catalog.transaction && strings.includes(label),
      )
      if (entry) return { label: entry.label, type: { schema: type.schema, name: type.name } }
    }
  }
  return null
}

interface Use {
  readonly types: readonly DataType[]
  readonly strings: readonly string[]
}

/** Where a change writes constants, and of what types they may be. */
function usesOf(catalog: Catalog, change: ChangeBody): readonly Use[] {
  const uses = USES[change.kind] as
    ((catalog: Catalog, change: ChangeBody) => readonly Use[]) | null
  return uses?.(catalog, change) ?? []
}

function columnTypes(
  catalog: Catalog,
  table: QualifiedName,
  columns?: readonly string[],
): readonly DataType[] {
  return (findTable(catalog, table)?.columns ?? [])
    .filter((column) => columns === undefined || columns.includes(column.name))
    .map((column) => column.type)
}

/** By kind of change; null for those that write no constant. */
const USES: {
  readonly [K in ChangeKind]:
    ((catalog: Catalog, change: Extract<ChangeBody, { kind: K }>) => readonly Use[]) | null
} = {
  SetDefault: (catalog, { table, column, default: { strings } }) => [
    { types: columnTypes(catalog, table, [column]), strings },
  ],
  AddColumn: (_, { definition }) => [
    { types: [definition.type], strings: definition.default?.strings ?? [] },
  ],
  CreateTable: (_, { definition }) =>
    definition.columns.map((column) => ({
      types: [column.type],
      strings: column.default?.strings ?? [],
    })),
  AddCheck: (catalog, { table, expression: { columns, strings } }) => [
    { types: columnTypes(catalog, table, columns), strings },
  ],
  CreateIndex: (catalog, { table, index: { predicate } }) =>
    predicate === null
      ? []
      : [
          {
            types: columnTypes(catalog, table, predicate.columns),
            strings: predicate.strings,
          },
        ],
  WriteRows: (catalog, { table, strings }) => [{ types: columnTypes(catalog, table), strings }],
  AlterColumnType: (catalog, { table, column, to }) => [
    {
      types: [to],
      strings: findColumn(findTable(catalog, table), column)?.default?.strings ?? [],
    },
  ],
  DropTable: null,
  RenameTable: null,
  RebuildTable: null,
  SetTableSchema: null,
  TruncateTable: null,
  SetTableStorage: null,
  AlterTableSetting: null,
  SetRowSecurity: null,
  AttachPartition: null,
  DetachPartition: null,
  SetInheritance: null,
  ClusterTable: null,
  VacuumTable: null,
  AnalyzeTable: null,
  LockTable: null,
  DropColumn: null,
  RenameColumn: null,
  SetNotNull: null,
  DropNotNull: null,
  DropDefault: null,
  AddIdentity: null,
  AlterIdentity: null,
  DropIdentity: null,
  SetExpression: null,
  DropExpression: null,
  AlterColumnAttributes: null,
  AddForeignKey: null,
  AlterForeignKey: null,
  AddUnique: null,
  AddPrimaryKey: null,
  AddExclusion: null,
  ValidateConstraint: null,
  DropConstraint: null,
  RenameConstraint: null,
  AlterConstraint: null,
  DropIndex: null,
  RenameIndex: null,
  Reindex: null,
  CreateEnum: null,
  AddEnumValue: null,
  RenameEnumValue: null,
  RecreateEnum: null,
  CreateDomain: null,
  AddDomainConstraint: null,
  ValidateDomainConstraint: null,
  CreateType: null,
  DropType: null,
  RenameType: null,
  CreateView: null,
  DropView: null,
  RenameView: null,
  RefreshView: null,
  CreatePolicy: null,
  AlterPolicy: null,
  DropPolicy: null,
  CreateTrigger: null,
  DropTrigger: null,
  CreateRule: null,
  CreateSchema: null,
  DropSchema: null,
  RenameSchema: null,
  CreateSequence: null,
  AlterSequence: null,
  RenameSequence: null,
  DropSequence: null,
  CreateFunction: null,
  DropFunction: null,
  ReadRows: null,
  TransactionControl: null,
  SetVariable: null,
  OutsideTransaction: null,
  Harmless: null,
  OpaqueSql: null,
  UnparsedSql: null,
  Unmodelled: null,
}
