import type {
  AlterAction,
  ColumnDefinition,
  Statement,
  TableElement,
} from '../../../src/dialects/mysql/statements/statement.ts'
import { type Opinion, definition } from './opinion.ts'
import { columnsOf, nameOf, rowsOpinion } from './rows.ts'

/** What our reader of MySQL and MariaDB says. */
export function mysqlOpinion(statement: Statement): Opinion {
  const { kind } = statement
  switch (kind) {
    case 'create table':
      return { kind, on: [nameOf(statement.name)], defines: statement.columns.map(defined) }
    case 'alter table':
      return { kind, on: [nameOf(statement.table)], actions: statement.actions.map(action) }
    case 'create index': {
      const { name, keys } = statement.element
      return { kind, on: [name?.text ?? '', nameOf(statement.table)], columns: columnsOf(keys) }
    }
    case 'drop index':
      return { kind, on: [statement.name.text, nameOf(statement.table)] }
    case 'create view':
      return { kind, on: [nameOf(statement.name)] }
    case 'create program': {
      const { what, name, table } = statement
      return { kind: `create ${what}`, on: [name, ...(table ? [table] : [])].map(nameOf) }
    }
    case 'drop':
      return { kind: `drop ${statement.object}`, on: statement.names.map(nameOf) }
    case 'rename tables':
      return {
        kind: 'rename',
        on: statement.pairs.flatMap(({ from, to }) => [nameOf(from), nameOf(to)]),
      }
    case 'truncate':
      return { kind, on: [nameOf(statement.table)] }
    case 'lock tables':
      return {
        kind: statement.tables.length === 0 ? 'unlock' : 'lock',
        on: statement.tables.map(({ table }) => nameOf(table)),
      }
    case 'set':
      return { kind, on: statement.variables.map(({ name }) => name) }
    case 'insert':
    case 'update':
    case 'delete':
      return rowsOpinion(statement)
    default:
      return { kind, on: [] }
  }
}

function defined({ name, attributes }: ColumnDefinition): string {
  return definition(
    name.text,
    attributes.some(({ kind }) => kind === 'not null'),
  )
}

function action(alter: AlterAction): string {
  const { kind } = alter
  switch (kind) {
    case 'add column':
      return `${kind} ${defined(alter.column)}`
    case 'modify column':
      return `${kind} ${alter.column.text} to ${defined(alter.to)}`
    case 'rename column':
      return `${kind} ${alter.column.text} to ${alter.to.text}`
    case 'drop column':
      return `${kind} ${alter.column.text}`
    case 'drop index':
    case 'drop foreign key':
      return `${kind} ${alter.name.text}`
    case 'rename table':
      return `${kind} to ${nameOf(alter.to)}`
    case 'add element':
      return `add ${element(alter.element)}`
    default:
      return kind
  }
}

function element(added: TableElement): string {
  if (added.kind === 'check') return `check ${added.check.name?.text}`
  const name = added.name ? ` ${added.name.text}` : ''
  if (added.kind === 'foreign key') {
    const columns = added.columns.map(({ text }) => text).join(', ')
    return `${added.kind}${name} (${columns}) to ${nameOf(added.references.table)}`
  }
  return `${added.kind}${name} (${columnsOf(added.keys).join(', ')})`
}
