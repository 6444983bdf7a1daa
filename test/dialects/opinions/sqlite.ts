import type { ColumnDefinition } from '../../../src/dialects/ddl/definitions.ts'
import type { AlterAction, Statement } from '../../../src/dialects/sqlite/statements/statement.ts'
import { type Opinion, definition } from './opinion.ts'
import { columnsOf, nameOf, rowsOpinion } from './rows.ts'

/** What our reader of SQLite says. */
export function sqliteOpinion(statement: Statement): Opinion {
  const { kind } = statement
  switch (kind) {
    case 'create table':
      return { kind, on: [nameOf(statement.name)], defines: statement.columns.map(defined) }
    case 'alter table':
      return { kind, on: [nameOf(statement.table)], actions: [action(statement.action)] }
    case 'create index': {
      const { name, table, keys } = statement
      return { kind, on: [nameOf(name), table.text], columns: columnsOf(keys) }
    }
    case 'create view':
      return { kind, on: [nameOf(statement.name)] }
    case 'create trigger':
      return { kind, on: [nameOf(statement.name), nameOf(statement.table)] }
    case 'drop':
      return { kind: `drop ${statement.object}`, on: [nameOf(statement.name)] }
    case 'insert':
    case 'update':
    case 'delete':
      return rowsOpinion(statement)
    default:
      return { kind, on: [] }
  }
}

function defined({ name, constraints }: ColumnDefinition): string {
  return definition(
    name.text,
    constraints.some(({ kind }) => kind === 'not null'),
  )
}

function action(alter: AlterAction): string {
  const { kind } = alter
  switch (kind) {
    case 'add column':
      return `${kind} ${defined(alter.column)}`
    case 'rename column':
      return `${kind} ${alter.column.text} to ${alter.to.text}`
    case 'drop column':
      return `${kind} ${alter.column.text}`
    case 'rename table':
      return `${kind} to ${alter.to.text}`
    default:
      return kind
  }
}
