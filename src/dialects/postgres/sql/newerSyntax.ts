import type { AlterTableCmd, ColumnDef, Constraint, Node } from '@pgsql/types'
import type { NewerSyntax } from '../../../catalog/change.ts'

/**
 * What of a statement older servers do not understand: of all parts the one that needs the newest
 * version. Our parser is that of PostgreSQL 18 and takes them all. Measured on 12 to 18
 * (docs/postgres-versions.md).
 *
 * @returns null where each of these versions has the syntax
 */
export function newerSyntax(node: Node): NewerSyntax | null {
  let newest: NewerSyntax | null = null
  for (const found of partsOf(node)) {
    if (newest === null || found.version > newest.version) newest = found
  }
  return newest
}

function* partsOf(node: Node): Iterable<NewerSyntax> {
  if ('AlterTableStmt' in node) {
    for (const command of node.AlterTableStmt.cmds ?? []) {
      if ('AlterTableCmd' in command) yield* ofCommand(command.AlterTableCmd)
    }
  } else if ('CreateStmt' in node) {
    for (const element of node.CreateStmt.tableElts ?? []) {
      if ('ColumnDef' in element) yield* ofColumn(element.ColumnDef)
      if ('Constraint' in element) yield* ofConstraint(element.Constraint, true)
    }
  } else if ('IndexStmt' in node) {
    if (node.IndexStmt.nulls_not_distinct) yield needs(15, 'NULLS NOT DISTINCT')
  } else if ('ViewStmt' in node) {
    for (const option of node.ViewStmt.options ?? []) {
      if ('DefElem' in option && option.DefElem.defname === 'security_invoker') {
        yield { ...needs(15, 'security_invoker'), isParameter: true }
      }
    }
  } else if ('CreateTrigStmt' in node) {
    if (node.CreateTrigStmt.replace) yield needs(14, 'CREATE OR REPLACE TRIGGER')
  } else if ('CreateFunctionStmt' in node) {
    if (node.CreateFunctionStmt.sql_body) yield needs(14, 'a function body outside of quotes')
  } else if ('MergeStmt' in node) {
    yield needs(15, 'MERGE')
    if (node.MergeStmt.returningClause) yield needs(17, 'MERGE … RETURNING')
    for (const clause of node.MergeStmt.mergeWhenClauses ?? []) {
      const kind = 'MergeWhenClause' in clause ? clause.MergeWhenClause.matchKind : null
      if (kind === 'MERGE_WHEN_NOT_MATCHED_BY_SOURCE') {
        yield needs(17, 'WHEN NOT MATCHED BY SOURCE')
      }
    }
  }
}

function* ofCommand({ subtype, def }: AlterTableCmd): Iterable<NewerSyntax> {
  switch (subtype) {
    case 'AT_AddColumn':
      if (def && 'ColumnDef' in def) yield* ofColumn(def.ColumnDef)
      return
    case 'AT_AddConstraint':
      if (def && 'Constraint' in def) yield* ofConstraint(def.Constraint, true)
      return
    case 'AT_AlterConstraint':
      if (def && 'ATAlterConstraint' in def && def.ATAlterConstraint.alterEnforceability) {
        yield needs(18, '[NOT] ENFORCED')
      }
      return
    case 'AT_DetachPartition':
      if (def && 'PartitionCmd' in def && def.PartitionCmd.concurrent) {
        yield needs(14, 'DETACH PARTITION … CONCURRENTLY')
      }
      return
    case 'AT_SetExpression':
      yield needs(17, 'SET EXPRESSION')
      return
    case 'AT_DropExpression':
      yield needs(13, 'DROP EXPRESSION')
      return
    case 'AT_SetCompression':
      yield needs(14, 'SET COMPRESSION')
      return
    case 'AT_SetAccessMethod':
      yield needs(15, 'SET ACCESS METHOD')
      return
    case 'AT_SetStorage':
      if (def && 'String' in def && def.String.sval?.toLowerCase() === 'default') {
        yield needs(16, 'SET STORAGE DEFAULT')
      }
      return
    case 'AT_SetStatistics':
      if (def === undefined) yield needs(17, 'SET STATISTICS DEFAULT')
  }
}

function* ofColumn({ compression, storage_name, constraints }: ColumnDef): Iterable<NewerSyntax> {
  if (compression) yield needs(14, 'COMPRESSION')
  if (storage_name) yield needs(16, 'STORAGE')
  for (const one of constraints ?? []) {
    if ('Constraint' in one) yield* ofConstraint(one.Constraint, false)
  }
}

/** @param ofTable - whether it stands beside the columns, not behind one */
function* ofConstraint(constraint: Constraint, ofTable: boolean): Iterable<NewerSyntax> {
  const { contype } = constraint
  if (constraint.nulls_not_distinct) yield needs(15, 'NULLS NOT DISTINCT')
  if (constraint.fk_del_set_cols) yield needs(15, 'ON DELETE SET … with columns')
  if (constraint.without_overlaps) yield needs(18, 'WITHOUT OVERLAPS')
  if (constraint.fk_with_period) yield needs(18, 'PERIOD')
  if (contype === 'CONSTR_NOTNULL' && ofTable) yield needs(18, 'NOT NULL as a table constraint')
  if (contype === 'CONSTR_GENERATED' && constraint.generated_kind === 'v') {
    yield needs(18, 'VIRTUAL')
  }
  const isEnforced = contype !== 'CONSTR_CHECK' && contype !== 'CONSTR_FOREIGN'
  if (!isEnforced && !constraint.is_enforced) yield needs(18, 'NOT ENFORCED')
}

function needs(version: number, what: string): NewerSyntax {
  return { version, what }
}
