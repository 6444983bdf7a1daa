import type { ChangeBody } from './change.ts'
import { type QualifiedName, nameKey } from './names.ts'

/** The object a change is about. */
export interface Subject {
  readonly kind:
    'table' | 'column' | 'constraint' | 'index' | 'policy' | 'view' | 'enum' | 'sequence' | 'schema'
  /** The table it is a part of; null for what stands by itself. */
  readonly table: QualifiedName | null
  /** Within the table; with its schema for what stands by itself. */
  readonly name: QualifiedName
}

/** One key per object; a part's begins with its table's. */
export function subjectKey({ kind, table, name }: Subject): string {
  return table === null
    ? `${kind} ${nameKey(name)}`
    : `table ${nameKey(table)} ${kind} ${name.name}`
}

/** What a change is about; null for what makes no object another one (rows, locks, settings). */
export function subjectOf(change: ChangeBody): Subject | null {
  switch (change.kind) {
    case 'CreateTable':
    case 'DropTable':
    case 'SetRowSecurity':
      return whole('table', change.table)
    case 'RebuildTable':
      return whole('table', change.table)
    case 'RenameTable':
    case 'SetTableSchema':
      return whole('table', change.to)
    case 'AddColumn':
    case 'DropColumn':
    case 'AlterColumnType':
    case 'SetNotNull':
    case 'DropNotNull':
    case 'SetDefault':
    case 'DropDefault':
    case 'AddIdentity':
    case 'AlterIdentity':
    case 'DropIdentity':
    case 'SetExpression':
    case 'DropExpression':
    case 'AlterColumnAttributes':
      return part('column', change.table, change.column)
    case 'RenameColumn':
      return part('column', change.table, change.to)
    case 'AddForeignKey':
    case 'AlterForeignKey':
    case 'AddCheck':
    case 'AddUnique':
    case 'AddPrimaryKey':
    case 'AddExclusion':
    case 'DropConstraint':
    case 'AlterConstraint':
      return part('constraint', change.table, change.constraint)
    case 'RenameConstraint':
      return part('constraint', change.table, change.to)
    case 'CreateIndex':
      return part('index', change.table, change.index.name)
    case 'DropIndex':
      return change.table && part('index', change.table, change.index.name)
    case 'CreatePolicy':
      return part('policy', change.table, change.policy.name)
    case 'DropPolicy':
      return part('policy', change.table, change.policy)
    case 'CreateEnum':
    case 'AddEnumValue':
    case 'RenameEnumValue':
    case 'RecreateEnum':
    case 'DropType':
      return whole('enum', change.type)
    case 'RenameType':
      return whole('enum', change.to)
    case 'CreateView':
    case 'DropView':
      return whole('view', change.view)
    case 'RenameView':
      return whole('view', change.to)
    case 'CreateSequence':
    case 'DropSequence':
      return whole('sequence', change.sequence)
    case 'CreateSchema':
    case 'DropSchema':
      return whole('schema', { schema: change.schema, name: '' })
    case 'TruncateTable':
    case 'SetTableStorage':
    case 'AlterTableSetting':
    case 'AttachPartition':
    case 'DetachPartition':
    case 'SetInheritance':
    case 'ClusterTable':
    case 'VacuumTable':
    case 'AnalyzeTable':
    case 'LockTable':
    case 'ValidateConstraint':
    case 'RenameIndex':
    case 'Reindex':
    case 'CreateDomain':
    case 'AddDomainConstraint':
    case 'ValidateDomainConstraint':
    case 'CreateType':
    case 'RefreshView':
    case 'AlterPolicy':
    case 'CreateTrigger':
    case 'DropTrigger':
    case 'CreateRule':
    case 'RenameSchema':
    case 'AlterSequence':
    case 'RenameSequence':
    case 'CreateFunction':
    case 'DropFunction':
    case 'WriteRows':
    case 'ReadRows':
    case 'TransactionControl':
    case 'SetVariable':
    case 'OutsideTransaction':
    case 'Harmless':
    case 'OpaqueSql':
    case 'UnparsedSql':
    case 'Unmodelled':
      return null
  }
}

function whole(kind: Subject['kind'], { schema, name }: QualifiedName): Subject {
  return { kind, table: null, name: { schema, name } }
}

function part(
  kind: Subject['kind'],
  { schema, name: table }: QualifiedName,
  name: string,
): Subject {
  return { kind, table: { schema, name: table }, name: { schema, name } }
}
