import { select, writeRows } from '../../ddl/translateRows.ts'
import type { Translation } from '../../ddl/translation.ts'
import type { AlterClauses } from '../../../catalog/change.ts'
import type { Clause, Statement } from '../statements/statement.ts'
import { alterTable } from './alterTable.ts'
import { createTable } from './createTable.ts'
import { lookupIn } from './names.ts'
import {
  createIndex,
  createProgram,
  createView,
  database,
  drop,
  dropIndex,
  lockTables,
  optimize,
  renameTables,
  setVariables,
  truncate,
  utility,
} from './others.ts'

/** Turns one statement into changes, in the order in which the server makes them. */
export function translate(translation: Translation, statement: Statement): void {
  switch (statement.kind) {
    case 'create table':
      return createTable(translation, statement)
    case 'alter table':
      return alterTable(translation, statement)
    case 'create index':
      return createIndex(translation, statement)
    case 'drop index':
      return dropIndex(translation, statement)
    case 'create view':
      return createView(translation, statement)
    case 'create program':
      return createProgram(translation, statement)
    case 'drop':
      return drop(translation, statement)
    case 'rename tables':
      return renameTables(translation, statement)
    case 'truncate':
      return truncate(translation, statement)
    case 'optimize':
      return optimize(translation, statement)
    case 'database':
      return database(translation, statement)
    case 'insert':
    case 'update':
    case 'delete':
      return writeRows(translation, statement, lookupIn)
    case 'select':
      return select(translation, statement, lookupIn)
    case 'set':
      return setVariables(translation, statement)
    case 'lock tables':
      return lockTables(translation, statement)
    case 'transaction':
      return translation.emit({ kind: 'TransactionControl', command: statement.command })
    case 'utility':
      return utility(translation, statement)
  }
}

const OF_ROWS: ReadonlySet<Statement['kind']> = new Set([
  'insert',
  'update',
  'delete',
  'select',
  'set',
])

/** Whether a statement commits what came before it ("Statements That Cause an Implicit Commit"). */
export function commits(statement: Statement): boolean {
  if (statement.kind === 'utility') return statement.commits
  if (statement.kind === 'transaction') return statement.command !== 'savepoint'
  return !OF_ROWS.has(statement.kind)
}

/** What a statement says of how it is to be run; the last word counts. */
export function clausesOf(statement: Statement): AlterClauses | undefined {
  const clauses =
    statement.kind === 'alter table'
      ? statement.actions.filter((action) => action.kind === 'clause')
      : statement.kind === 'create index' || statement.kind === 'drop index'
        ? statement.clauses
        : []
  const named = (what: Clause['what']) =>
    clauses.findLast((clause) => clause.what === what)?.value ?? null
  return clauses.length === 0 ? undefined : { algorithm: named('ALGORITHM'), lock: named('LOCK') }
}
