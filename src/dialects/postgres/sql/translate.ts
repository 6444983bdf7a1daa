import type { Node } from '@pgsql/types'
import type { Parser } from './parser.ts'
import { listedRelation, rangeName, strings } from './names.ts'
import { alterTable } from './translate/alterTable.ts'
import { createTable, createTableAs } from './translate/createTable.ts'
import { translateDo } from './translate/doBlock.ts'
import { drop } from './translate/drops.ts'
import { createIndex, reindex } from './translate/indexes.ts'
import {
  alterPolicy,
  createFunction,
  createPolicy,
  createRule,
  createTrigger,
} from './translate/programs.ts'
import { rename, setSchema } from './translate/renames.ts'
import { copyInto, insert, merge, remove, select, update } from './translate/rows.ts'
import type { Translation } from './translate/translation.ts'
import { alterDomain, alterEnum, createDomain, createEnum } from './translate/types.ts'
import {
  alterSequence,
  cluster,
  comment,
  createExtension,
  createPublication,
  createSchema,
  createSequence,
  grant,
  lock,
  schemaOf,
  setConstraints,
  setVariable,
  transaction,
  truncate,
  vacuum,
} from './translate/utility.ts'
import { createView, refreshView } from './translate/views.ts'

/** Brief statements that touch no table: their SQL words. */
const HARMLESS: Readonly<Record<string, string>> = {
  AlterDefaultPrivilegesStmt: 'ALTER DEFAULT PRIVILEGES',
  AlterDatabaseSetStmt: 'ALTER DATABASE',
  AlterDatabaseStmt: 'ALTER DATABASE',
  AlterExtensionStmt: 'ALTER EXTENSION',
  AlterFunctionStmt: 'ALTER FUNCTION',
  AlterObjectDependsStmt: 'ALTER … DEPENDS ON',
  AlterOwnerStmt: 'ALTER … OWNER TO',
  AlterPublicationStmt: 'ALTER PUBLICATION',
  AlterRoleStmt: 'ALTER ROLE',
  AlterRoleSetStmt: 'ALTER ROLE',
  CreateAmStmt: 'CREATE ACCESS METHOD',
  CreateCastStmt: 'CREATE CAST',
  CreateConversionStmt: 'CREATE CONVERSION',
  CreateEventTrigStmt: 'CREATE EVENT TRIGGER',
  CreateForeignServerStmt: 'CREATE SERVER',
  CreateFdwStmt: 'CREATE FOREIGN DATA WRAPPER',
  CreateOpClassStmt: 'CREATE OPERATOR CLASS',
  CreatePLangStmt: 'CREATE LANGUAGE',
  CreateRoleStmt: 'CREATE ROLE',
  CreateStatsStmt: 'CREATE STATISTICS',
  CreateUserMappingStmt: 'CREATE USER MAPPING',
  DeallocateStmt: 'DEALLOCATE',
  DefineStmt: 'CREATE …',
  DiscardStmt: 'DISCARD',
  DropRoleStmt: 'DROP ROLE',
  DropOwnedStmt: 'DROP OWNED',
  ExplainStmt: 'EXPLAIN',
  GrantRoleStmt: 'GRANT',
  ListenStmt: 'LISTEN',
  NotifyStmt: 'NOTIFY',
  ReassignOwnedStmt: 'REASSIGN OWNED',
  SecLabelStmt: 'SECURITY LABEL',
  UnlistenStmt: 'UNLISTEN',
  VariableShowStmt: 'SHOW',
}

/** Statements that PreventInTransactionBlock guards and that have no model of their own. */
const OUTSIDE: Readonly<Record<string, string>> = {
  AlterSystemStmt: 'ALTER SYSTEM',
  CreatedbStmt: 'CREATE DATABASE',
  CreateTableSpaceStmt: 'CREATE TABLESPACE',
  DropdbStmt: 'DROP DATABASE',
  DropTableSpaceStmt: 'DROP TABLESPACE',
}

/**
 * Turns one statement into changes, in the order in which the server makes them.
 *
 * @param node - the statement's tree
 * @param parser - for what is text inside the tree: DO blocks and function bodies
 */
export function translate(translation: Translation, node: Node, parser: Parser): void {
  if ('AlterTableStmt' in node) return alterTable(translation, node.AlterTableStmt)
  if ('CreateStmt' in node) return createTable(translation, node.CreateStmt)
  if ('IndexStmt' in node) return createIndex(translation, node.IndexStmt)
  if ('DropStmt' in node) return drop(translation, node.DropStmt)
  if ('RenameStmt' in node) return rename(translation, node.RenameStmt)
  if ('AlterObjectSchemaStmt' in node) return setSchema(translation, node.AlterObjectSchemaStmt)
  if ('CreateEnumStmt' in node) return createEnum(translation, node.CreateEnumStmt)
  if ('AlterEnumStmt' in node) return alterEnum(translation, node.AlterEnumStmt)
  if ('CreateDomainStmt' in node) return createDomain(translation, node.CreateDomainStmt)
  if ('AlterDomainStmt' in node) return alterDomain(translation, node.AlterDomainStmt)
  if ('CreatePolicyStmt' in node) return createPolicy(translation, node.CreatePolicyStmt)
  if ('AlterPolicyStmt' in node) return alterPolicy(translation, node.AlterPolicyStmt)
  if ('CreateTrigStmt' in node) return createTrigger(translation, node.CreateTrigStmt)
  if ('RuleStmt' in node) return createRule(translation, node.RuleStmt)
  if ('CreateFunctionStmt' in node)
    return createFunction(translation, parser, node.CreateFunctionStmt)
  if ('ViewStmt' in node) return createView(translation, node.ViewStmt)
  if ('RefreshMatViewStmt' in node) return refreshView(translation, node.RefreshMatViewStmt)
  if ('DoStmt' in node) return translateDo(translation, node.DoStmt, parser, translate)
  if ('CreateForeignTableStmt' in node) {
    const base = node.CreateForeignTableStmt.base
    if (base) createTable(translation, base)
    return
  }
  translateRest(translation, node, parser)
}

function translateRest(translation: Translation, node: Node, parser: Parser): void {
  if ('SelectStmt' in node) {
    const into = node.SelectStmt.intoClause
    return into
      ? createTableAs(translation, { query: node, into, objtype: 'OBJECT_TABLE' })
      : select(translation, node.SelectStmt)
  }
  if ('InsertStmt' in node) return insert(translation, node.InsertStmt)
  if ('UpdateStmt' in node) return update(translation, node.UpdateStmt)
  if ('DeleteStmt' in node) return remove(translation, node.DeleteStmt)
  if ('MergeStmt' in node) return merge(translation, node.MergeStmt)
  if ('CreateTableAsStmt' in node) return createTableAs(translation, node.CreateTableAsStmt)
  if ('CopyStmt' in node) {
    return node.CopyStmt.is_from === true
      ? copyInto(translation, rangeName(translation.catalog(), node.CopyStmt.relation))
      : translation.emit({ kind: 'Harmless', command: 'COPY … TO', table: null })
  }
  if ('TruncateStmt' in node) return truncate(translation, node.TruncateStmt)
  if ('CreateSeqStmt' in node) return createSequence(translation, node.CreateSeqStmt)
  if ('AlterSeqStmt' in node) return alterSequence(translation, node.AlterSeqStmt)
  if ('ReindexStmt' in node) return reindex(translation, node.ReindexStmt)
  if ('ClusterStmt' in node) return cluster(translation, node.ClusterStmt)
  if ('VacuumStmt' in node) return vacuum(translation, node.VacuumStmt)
  if ('LockStmt' in node) return lock(translation, node.LockStmt)
  if ('VariableSetStmt' in node) return setVariable(translation, node.VariableSetStmt)
  if ('ConstraintsSetStmt' in node) return setConstraints(translation, node.ConstraintsSetStmt)
  if ('TransactionStmt' in node) return transaction(translation, node.TransactionStmt)
  if ('CommentStmt' in node) return comment(translation, node.CommentStmt)
  if ('CreatePublicationStmt' in node)
    return createPublication(translation, node.CreatePublicationStmt)
  if ('CreateSchemaStmt' in node) {
    const schema = schemaOf(node.CreateSchemaStmt)
    const inSchema: Translation = {
      ...translation,
      catalog() {
        const catalog = translation.catalog()
        return { ...catalog, searchPath: [schema, ...catalog.searchPath] }
      },
    }
    for (const element of createSchema(translation, node.CreateSchemaStmt)) {
      translate(inSchema, element, parser)
    }
    return
  }
  if ('CompositeTypeStmt' in node) {
    const range = node.CompositeTypeStmt.typevar
    const type = listedRelation(
      translation.catalog(),
      [range?.schemaname ?? '', range?.relname ?? ''].filter((name) => name !== ''),
    )
    return translation.emit({ kind: 'CreateType', type })
  }
  if ('CreateRangeStmt' in node) {
    const type = listedRelation(translation.catalog(), strings(node.CreateRangeStmt.typeName))
    return translation.emit({ kind: 'CreateType', type })
  }
  if ('CreateExtensionStmt' in node) return createExtension(translation, node.CreateExtensionStmt)
  if ('GrantStmt' in node) return grant(translation, node.GrantStmt)
  if ('CallStmt' in node) {
    return translation.emit({ kind: 'OpaqueSql', reason: 'CALL runs a procedure' })
  }
  const tag = Object.keys(node)[0] ?? ''
  const harmless = HARMLESS[tag]
  const outside = OUTSIDE[tag]
  if (harmless) return translation.emit({ kind: 'Harmless', command: harmless, table: null })
  if (outside) return translation.emit({ kind: 'OutsideTransaction', command: outside })
  translation.emit({ kind: 'Unmodelled', command: tag.replace(/Stmt$/, '') })
}
