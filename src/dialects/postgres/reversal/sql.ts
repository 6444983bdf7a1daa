import type { QualifiedName } from '../../../catalog/names.ts'
import type { ForeignKeyConstraint } from '../../../catalog/table.ts'
import { type DataType, displayType } from '../../../catalog/type.ts'

/** An identifier as PostgreSQL reads it whatever is in it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** A name with its schema; the default schema goes without saying. */
export function qualified({ schema, name }: QualifiedName): string {
  return schema === 'public' || schema === '' ? quoted(name) : `${quoted(schema)}.${quoted(name)}`
}

export function typeSql(type: DataType): string {
  const collation = type.collation === null ? '' : ` COLLATE ${quoted(type.collation)}`
  if (type.schema === null) return `${displayType(type)}${collation}`
  return `${qualified({ schema: type.schema, name: type.name })}${'[]'.repeat(type.dimensions)}${collation}`
}

export function list(columns: readonly string[]): string {
  return `(${columns.map(quoted).join(', ')})`
}

/** What stands behind ADD CONSTRAINT of a foreign key. */
export function foreignKeySql(key: ForeignKeyConstraint): string {
  const { columns, references, referencedColumns, onDelete, onUpdate, deferrable, valid } = key
  const target = referencedColumns.length > 0 ? list(referencedColumns) : ''
  return [
    `FOREIGN KEY ${list(columns)} REFERENCES ${qualified(references)}${target}`,
    onDelete === 'no action' ? '' : ` ON DELETE ${onDelete.toUpperCase()}`,
    onUpdate === 'no action' ? '' : ` ON UPDATE ${onUpdate.toUpperCase()}`,
    deferrable === undefined ? '' : ` DEFERRABLE INITIALLY ${deferrable.toUpperCase()}`,
    valid ? '' : ' NOT VALID',
  ].join('')
}

export function alterTable(table: QualifiedName, action: string): string {
  return `ALTER TABLE ${qualified(table)} ${action};`
}
