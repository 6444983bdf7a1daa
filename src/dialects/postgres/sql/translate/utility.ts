import type {
  AlterSeqStmt,
  ClusterStmt,
  CommentStmt,
  CreateExtensionStmt,
  ConstraintsSetStmt,
  CreatePublicationStmt,
  CreateSchemaStmt,
  CreateSeqStmt,
  GrantStmt,
  LockStmt,
  Node,
  TransactionStmt,
  TruncateStmt,
  VacuumStmt,
  VariableSetStmt,
} from '@pgsql/types'
import type { Restart } from '../../../../catalog/change/others.ts'
import type { QualifiedName } from '../../../../catalog/names.ts'
import { listedRelation, newRangeName, rangeName, strings } from '../names.ts'
import { rolesOf } from './programs.ts'
import { type Translation, at } from './translation.ts'

/** CREATE SCHEMA; the statements inside it are given back to be translated in their turn. */
export function createSchema(translation: Translation, node: CreateSchemaStmt): readonly Node[] {
  const schema = schemaOf(node)
  if (schema === '') {
    translation.emit({ kind: 'Harmless', command: 'CREATE SCHEMA', table: null })
    return []
  }
  translation.emit({ kind: 'CreateSchema', schema, ifNotExists: node.if_not_exists === true })
  return (node.schemaElts ?? []).toSorted((a, b) => elementOrder(a) - elementOrder(b))
}

/** A schema without a name has its owner's; empty where that is not said (CURRENT_ROLE). */
export function schemaOf({ schemaname, authrole }: CreateSchemaStmt): string {
  return schemaname ?? authrole?.rolename ?? ''
}

/** PostgreSQL makes them in this order, however they are written (`transformCreateSchemaStmtElements`). */
const ELEMENTS = ['CreateSeqStmt', 'CreateStmt', 'ViewStmt', 'IndexStmt', 'CreateTrigStmt']

function elementOrder(node: Node): number {
  const position = ELEMENTS.indexOf(Object.keys(node)[0] ?? '')
  return position < 0 ? ELEMENTS.length : position
}

function ownedBy(
  translation: Translation,
  options: readonly Node[] | undefined,
): { table: QualifiedName; column: string } | 'none' | null {
  for (const option of options ?? []) {
    if (!('DefElem' in option) || option.DefElem.defname !== 'owned_by') continue
    const arg = option.DefElem.arg
    const names = arg && 'List' in arg ? strings(arg.List.items) : []
    if (names.length < 2) return 'none'
    return {
      table: listedRelation(translation.catalog(), names.slice(0, -1)),
      column: names.at(-1) ?? '',
    }
  }
  return null
}

/** CREATE SEQUENCE. */
export function createSequence(translation: Translation, node: CreateSeqStmt): void {
  const owner = ownedBy(translation, node.options)
  translation.emit(
    {
      kind: 'CreateSequence',
      sequence: newRangeName(translation.catalog(), node.sequence),
      ifNotExists: node.if_not_exists === true,
      ownedBy: owner === 'none' ? null : owner,
    },
    { name: at(node.sequence?.location) },
  )
}

/** ALTER SEQUENCE. */
export function alterSequence(translation: Translation, node: AlterSeqStmt): void {
  translation.emit({
    kind: 'AlterSequence',
    sequence: rangeName(translation.catalog(), node.sequence),
    ownedBy: ownedBy(translation, node.options),
    ...restartOf(node.options),
  })
}

/** RESTART, with or without a value, among the options of a sequence. */
export function restartOf(options: readonly Node[] | undefined): { readonly restart?: Restart } {
  for (const option of options ?? []) {
    if (!('DefElem' in option) || option.DefElem.defname !== 'restart') continue
    const { arg } = option.DefElem
    if (arg === undefined) return { restart: { at: 'the start' } }
    return { restart: { at: 'Integer' in arg ? (arg.Integer.ival ?? 0) : 'unknown' } }
  }
  return {}
}

/** TRUNCATE. */
export function truncate(translation: Translation, node: TruncateStmt): void {
  const ranges = (node.relations ?? []).flatMap((entry) =>
    'RangeVar' in entry ? [entry.RangeVar] : [],
  )
  const together = ranges.map((range) => rangeName(translation.catalog(), range))
  for (const [position, range] of ranges.entries()) {
    const table = together[position]
    if (table === undefined) continue
    translation.emit(
      { kind: 'TruncateTable', table, cascade: node.behavior === 'DROP_CASCADE', together },
      { table: at(range.location), name: at(range.location) },
    )
  }
}

/** CLUSTER. */
export function cluster(translation: Translation, node: ClusterStmt): void {
  const table = node.relation ? rangeName(translation.catalog(), node.relation) : null
  translation.emit({ kind: 'ClusterTable', table }, { table: at(node.relation?.location) })
}

/** VACUUM and ANALYZE. */
export function vacuum(translation: Translation, node: VacuumStmt): void {
  const has = (name: string) =>
    (node.options ?? []).some((option) => 'DefElem' in option && option.DefElem.defname === name)
  const tables = (node.rels ?? []).flatMap((entry) =>
    'VacuumRelation' in entry
      ? [rangeName(translation.catalog(), entry.VacuumRelation.relation)]
      : [],
  )
  for (const table of tables.length > 0 ? tables : [null]) {
    if (node.is_vacuumcmd) translation.emit({ kind: 'VacuumTable', table, full: has('full') })
    else if (table) translation.emit({ kind: 'AnalyzeTable', table })
    else translation.emit({ kind: 'Harmless', command: 'ANALYZE', table: null })
  }
}

/** LOCK TABLE. */
export function lock(translation: Translation, node: LockStmt): void {
  for (const entry of node.relations ?? []) {
    if (!('RangeVar' in entry)) continue
    const table = rangeName(translation.catalog(), entry.RangeVar)
    translation.emit(
      { kind: 'LockTable', table, mode: node.mode ?? 8 },
      { table: at(entry.RangeVar.location) },
    )
  }
}

/** SET and RESET. */
export function setVariable(translation: Translation, node: VariableSetStmt): void {
  const values = (node.args ?? []).flatMap((arg) => {
    if (!('A_Const' in arg)) return []
    const { sval, ival } = arg.A_Const
    return [sval ? (sval.sval ?? '') : String(ival?.ival ?? '')]
  })
  const name = (node.name ?? '').toLowerCase()
  const reset = node.kind !== 'VAR_SET_VALUE'
  translation.emit({
    kind: 'SetVariable',
    name,
    values: reset && name === 'search_path' ? ['public'] : values,
    local: node.is_local === true,
  })
}

/** SET CONSTRAINTS; no names stand for ALL. */
export function setConstraints(translation: Translation, node: ConstraintsSetStmt): void {
  const names = (node.constraints ?? []).flatMap((entry) =>
    'RangeVar' in entry ? [entry.RangeVar.relname ?? ''] : [],
  )
  const values = [node.deferred === true ? 'deferred' : 'immediate', ...names]
  translation.emit({ kind: 'SetVariable', name: 'constraints', values, local: true })
}

/** BEGIN, COMMIT and their kin. */
export function transaction(translation: Translation, node: TransactionStmt): void {
  const kind = node.kind ?? ''
  const command =
    kind === 'TRANS_STMT_BEGIN' || kind === 'TRANS_STMT_START'
      ? 'begin'
      : kind === 'TRANS_STMT_COMMIT'
        ? 'commit'
        : kind === 'TRANS_STMT_ROLLBACK'
          ? 'rollback'
          : 'savepoint'
  translation.emit({ kind: 'TransactionControl', command })
}

/** COMMENT ON. */
export function comment(translation: Translation, node: CommentStmt): void {
  const names = node.object && 'List' in node.object ? strings(node.object.List.items) : []
  const listed =
    node.objtype === 'OBJECT_TABLE'
      ? names
      : node.objtype === 'OBJECT_COLUMN'
        ? names.slice(0, -1)
        : []
  translation.emit({
    kind: 'Harmless',
    command: 'COMMENT',
    table: listed.length > 0 ? listedRelation(translation.catalog(), listed) : null,
  })
}

/** CREATE EXTENSION. */
export function createExtension(translation: Translation, node: CreateExtensionStmt): void {
  const command = 'CREATE EXTENSION'
  const extension = node.extname ?? ''
  translation.emit({ kind: 'Harmless', command, table: null, extension })
}

/** GRANT and REVOKE of what may be done with an object. */
export function grant(translation: Translation, node: GrantStmt): void {
  const grantsTo = node.is_grant === true ? rolesOf(node.grantees) : []
  translation.emit({
    kind: 'Harmless',
    command: node.is_grant === true ? 'GRANT' : 'REVOKE',
    table: null,
    ...(grantsTo.length > 0 && { grantsTo }),
  })
}

/** CREATE PUBLICATION locks the tables it publishes, one by one. */
export function createPublication(translation: Translation, node: CreatePublicationStmt): void {
  const tables = (node.pubobjects ?? []).flatMap((entry) =>
    'PublicationObjSpec' in entry && entry.PublicationObjSpec.pubtable?.relation
      ? [rangeName(translation.catalog(), entry.PublicationObjSpec.pubtable.relation)]
      : [],
  )
  for (const table of tables.length > 0 ? tables : [null]) {
    translation.emit({ kind: 'Harmless', command: 'CREATE PUBLICATION', table })
  }
}
