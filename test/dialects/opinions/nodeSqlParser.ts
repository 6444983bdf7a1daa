import mariadb from 'node-sql-parser/build/mariadb.js'
import mysql from 'node-sql-parser/build/mysql.js'
import sqlite from 'node-sql-parser/build/sqlite.js'
import { type Opinion, definition } from './opinion.ts'

/** The parts of its trees that are compared; its own types leave most of them out. */
interface Tree {
  readonly type: string
  readonly keyword?: string | null
  readonly table?: Table | readonly (Table | readonly Table[])[]
  readonly name?: Column | readonly Table[]
  readonly view?: { readonly db: string | null; readonly view: string }
  readonly trigger?: Table
  readonly tables?: readonly { readonly table: Table }[]
  readonly index?: string | { readonly schema: string | null; readonly name: string }
  readonly index_columns?: readonly Column[]
  readonly create_definitions?: readonly Definition[]
  readonly expr?: readonly (Action & { readonly left?: { readonly name: string } })[]
  readonly from?: readonly Table[]
  readonly columns?: readonly string[] | null
  readonly set?: readonly { readonly column: string; readonly table: string | null }[]
  readonly where?: object | null
  readonly or?: readonly { readonly value: string }[] | null
}

interface Table {
  readonly db: string | null
  readonly table: string
  readonly as?: string | null
}

interface Column {
  readonly type?: string
  readonly column: string
}

interface Definition {
  readonly resource: string
  readonly column: Column
  readonly nullable?: { readonly type: string }
}

interface Action extends Definition {
  readonly action?: string
  readonly keyword?: string | null
  readonly old_column?: Column
  readonly index?: string
  readonly key?: string
  readonly table?: string
  readonly create_definitions?: Constraint
  readonly definition?: readonly Column[]
}

interface Constraint {
  readonly constraint: string | null
  readonly index?: string | null
  readonly constraint_type: string
  readonly definition: readonly Column[]
  readonly reference_definition?: { readonly table: readonly Table[] }
}

const builds = { mysql, mariadb, sqlite }
export type Build = keyof typeof builds

/** What node-sql-parser says of one statement; null where it cannot read it. */
export function secondReader(build: Build): (sql: string) => Opinion | null {
  const parser = new builds[build].Parser()
  return (sql) => {
    let read: unknown
    try {
      read = parser.astify(sql)
    } catch {
      return null
    }
    const trees = [read].flat() as readonly Tree[]
    const [tree] = trees
    return trees.length === 1 && tree
      ? opinion(tree)
      : { kind: trees.map(({ type }) => type).join('; '), on: [] }
  }
}

function opinion(tree: Tree): Opinion {
  const { type, keyword } = tree
  const on = tablesOf(tree).map(nameOf)
  switch (keyword ? `${type} ${keyword}` : type) {
    case 'create table': {
      const columns = (tree.create_definitions ?? []).filter(
        ({ resource }) => resource === 'column',
      )
      return { kind: 'create table', on, defines: columns.map(defined) }
    }
    case 'create index': {
      const { index } = tree
      const name = typeof index === 'string' ? index : (index?.name ?? '')
      const columns = (tree.index_columns ?? []).map((column) =>
        column.type === 'column_ref' ? column.column : null,
      )
      return { kind: 'create index', on: [name, ...on], columns }
    }
    case 'create view':
      return { kind: 'create view', on: [tree.view?.view ?? ''] }
    case 'create trigger':
      return {
        kind: 'create trigger',
        on: [...(tree.trigger ? [nameOf(tree.trigger)] : []), ...on],
      }
    case 'drop index':
      return { kind: 'drop index', on: [(tree.name as Column).column, ...on] }
    case 'drop table':
    case 'drop view':
      return { kind: `drop ${keyword}`, on: (tree.name as readonly Table[]).map(nameOf) }
    case 'truncate table':
      return { kind: type, on: (tree.name as readonly Table[]).map(nameOf) }
    case 'lock tables':
      return { kind: type, on: (tree.tables ?? []).map(({ table }) => nameOf(table)) }
    case 'set':
    case 'set SESSION':
      return { kind: type, on: (tree.expr ?? []).map(({ left }) => left?.name ?? '') }
    case 'alter':
      return { kind: 'alter table', on, actions: (tree.expr ?? []).map(action) }
    case 'insert':
    case 'replace': {
      const replaces = type === 'replace' || tree.or?.some(({ value }) => value === 'REPLACE')
      const columns = tree.columns ?? (tree.set ?? []).map(({ column }) => column)
      return { kind: replaces ? 'replace' : 'insert', on, columns }
    }
    case 'update': {
      const { set = [] } = tree
      const targets = set.map(({ table }) => resolved(table, tablesOf(tree)))
      const columns = set.map(({ column }) => column).sort()
      return { kind: type, on: [...new Set(targets)], hasWhere: tree.where !== null, columns }
    }
    case 'delete': {
      const targets = tablesOf(tree).map(({ table }) => resolved(table, tree.from ?? []))
      return { kind: type, on: targets, hasWhere: tree.where !== null }
    }
    case 'select':
      return { kind: type, on: [] }
    default:
      return { kind: type, on }
  }
}

function tablesOf({ table }: Tree): readonly Table[] {
  return table === undefined ? [] : ([table].flat(2) as readonly Table[])
}

/** The table that a name in front of a column stands for. */
function resolved(name: string | null, sources: readonly Table[]): string {
  const source =
    name === null ? sources[0] : sources.find(({ as, table }) => (as ?? table) === name)
  return source ? nameOf(source) : String(name)
}

function nameOf({ db, table }: Table): string {
  return db ? `${db}.${table}` : table
}

function defined({ column, nullable }: Definition): string {
  return definition(column.column, nullable?.type === 'not null')
}

function action(alter: Action): string {
  const { resource, column, old_column: old } = alter
  switch (alter.action) {
    case undefined:
      return resource === 'algorithm' || resource === 'lock' ? 'clause' : 'options'
    case 'add':
      return `add ${added(alter)}`
    case 'modify':
    case 'change':
      return `modify column ${(old ?? column).column} to ${defined(alter)}`
    case 'rename':
      return resource === 'column'
        ? `rename column ${old?.column} to ${column.column}`
        : `rename table to ${alter.table}`
    case 'drop':
      if (resource === 'column') return `drop column ${column.column}`
      return `drop ${alter.keyword} ${alter.index ?? alter.key}`.trimEnd()
    default:
      return `${alter.action} ${resource}`
  }
}

function added(alter: Action): string {
  if (alter.create_definitions) return constraint(alter.create_definitions)
  if (alter.resource !== 'index') return `column ${defined(alter)}`
  return `index ${alter.index} (${(alter.definition ?? []).map(({ column }) => column).join(', ')})`
}

function constraint({
  constraint: written,
  index,
  constraint_type: type,
  definition: columns,
  reference_definition: references,
}: Constraint): string {
  const kind = type.toLowerCase().replace(/^unique .*/, 'unique')
  const name = written ?? index
  const head = name ? `${kind} ${name}` : kind
  if (kind === 'check') return head
  const to = references ? ` to ${references.table.map(nameOf).join()}` : ''
  return `${head} (${columns.map(({ column }) => column).join(', ')})${to}`
}
