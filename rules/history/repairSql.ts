import type { ChangeBody } from '../../src/catalog/change.ts'
import type { QualifiedName } from '../../src/catalog/names.ts'
import type { DataType } from '../../src/catalog/type.ts'
import { displayType } from '../../src/catalog/type.ts'
import { displayExpression } from '../../src/catalog/contrast.ts'

/** The SQL of some changes; null if one of them needs more than can be said in a line. */
export function repairSql(changes: readonly ChangeBody[]): string | null {
  const statements = changes.map(statementOf)
  return statements.every((statement) => statement !== null) ? `${statements.join('; ')};` : null
}

function statementOf(change: ChangeBody): string | null {
  switch (change.kind) {
    case 'AlterColumnType':
      return `${alterColumn(change)} SET DATA TYPE ${typeSql(change.to)}`
    case 'SetNotNull':
      return `${alterColumn(change)} SET NOT NULL`
    case 'DropNotNull':
      return `${alterColumn(change)} DROP NOT NULL`
    case 'DropDefault':
      return `${alterColumn(change)} DROP DEFAULT`
    case 'SetDefault': {
      const value = displayExpression(change.default)
      return value === null ? null : `${alterColumn(change)} SET DEFAULT ${value}`
    }
    case 'DropIdentity':
      return `${alterColumn(change)} DROP IDENTITY`
    case 'AddIdentity':
      return `${alterColumn(change)} ADD GENERATED ${change.identity.toUpperCase()} AS IDENTITY`
    case 'AddColumn': {
      const { type, notNull, default: value, serial, identity, generated } = change.definition
      if (notNull || value !== null || serial || identity !== null || generated !== null)
        return null
      return `ALTER TABLE ${qualified(change.table)} ADD COLUMN ${quoted(change.column)} ${typeSql(type)}`
    }
    case 'DropColumn':
      return `ALTER TABLE ${qualified(change.table)} DROP COLUMN ${quoted(change.column)}`
    case 'DropConstraint':
      return `ALTER TABLE ${qualified(change.table)} DROP CONSTRAINT ${quoted(change.constraint)}`
    case 'AddUnique':
    case 'AddPrimaryKey': {
      const key = change.kind === 'AddUnique' ? 'UNIQUE' : 'PRIMARY KEY'
      return `ALTER TABLE ${qualified(change.table)} ADD CONSTRAINT ${quoted(change.constraint)} ${key} (${columns(change.columns)})`
    }
    case 'AddForeignKey': {
      const { key } = change
      const actions = `ON DELETE ${key.onDelete} ON UPDATE ${key.onUpdate}`
      return `ALTER TABLE ${qualified(change.table)} ADD CONSTRAINT ${quoted(change.constraint)} FOREIGN KEY (${columns(key.columns)}) REFERENCES ${qualified(key.references)} (${columns(key.referencedColumns)}) ${actions}`
    }
    case 'CreateIndex': {
      const { name, unique, method, columns: keys, predicate } = change.index
      if (predicate !== null || keys.some((key) => key === null)) return null
      return `CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${quoted(name)} ON ${qualified(change.table)} USING ${method} (${columns(keys.map(String))})`
    }
    case 'DropIndex':
      return `DROP INDEX ${qualified(change.index)}`
    case 'DropTable':
      return `DROP TABLE ${qualified(change.table)}`
    case 'DropType':
      return `DROP TYPE ${qualified(change.type)}`
    case 'CreateEnum':
      return `CREATE TYPE ${qualified(change.type)} AS ENUM (${change.labels.map(literal).join(', ')})`
    case 'AddEnumValue': {
      const place = change.beforeLabel === null ? '' : ` BEFORE ${literal(change.beforeLabel)}`
      return `ALTER TYPE ${qualified(change.type)} ADD VALUE ${literal(change.label)}${place}`
    }
    case 'SetRowSecurity':
      return `ALTER TABLE ${qualified(change.table)} ENABLE ROW LEVEL SECURITY`
    default:
      return null
  }
}

function alterColumn({
  table,
  column,
}: {
  readonly table: QualifiedName
  readonly column: string
}): string {
  return `ALTER TABLE ${qualified(table)} ALTER COLUMN ${quoted(column)}`
}

/** The server's own types are keywords; others may have any letters. */
function typeSql(type: DataType): string {
  return type.schema === null
    ? displayType(type)
    : `${qualified({ schema: type.schema, name: type.name })}${type.modifiers.length > 0 ? `(${type.modifiers.join(', ')})` : ''}${'[]'.repeat(type.dimensions)}`
}

function columns(names: readonly string[]): string {
  return names.map(quoted).join(', ')
}

function qualified({ schema, name }: QualifiedName): string {
  return schema === 'public' ? quoted(name) : `${quoted(schema)}.${quoted(name)}`
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
