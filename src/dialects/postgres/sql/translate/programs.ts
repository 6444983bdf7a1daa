import type {
  AlterPolicyStmt,
  CreateFunctionStmt,
  CreatePolicyStmt,
  CreateTrigStmt,
  Node,
  RuleStmt,
} from '@pgsql/types'
import type { Expression } from '../../../../catalog/expression.ts'
import { expressionOf, mentionsIn } from '../expressions.ts'
import { creationSchema, functionNameOf, rangeName, strings } from '../names.ts'
import type { Parser } from '../parser.ts'
import { type Translation, at } from './translation.ts'
import { viewSources } from './viewSources.ts'

/** CREATE POLICY. */
export function createPolicy(translation: Translation, node: CreatePolicyStmt): void {
  const catalog = translation.catalog()
  const table = rangeName(catalog, node.table)
  const conditions = [node.qual, node.with_check]
  const sources = viewSources(catalog, conditions, [], table)
  const [own] = sources
  const mentioned = mentionsIn(conditions)
  const roles = rolesOf(node.roles)
  translation.emit(
    {
      kind: 'CreatePolicy',
      table,
      policy: {
        name: node.policy_name ?? '',
        command: node.cmd_name ?? 'all',
        // Of a table that is not known, any name may be a column.
        columns: own?.columns ?? mentioned.columns,
        reads: sources.slice(1),
        ...(mentioned.functions.length > 0 && { functions: mentioned.functions }),
        ...(roles.length > 0 && { roles }),
      },
    },
    { table: at(node.table?.location) },
  )
}

/** The roles of a list by name: not PUBLIC, nor whoever runs the statement. */
export function rolesOf(nodes: readonly Node[] | undefined): readonly string[] {
  return (nodes ?? []).flatMap((node) =>
    'RoleSpec' in node && node.RoleSpec.roletype === 'ROLESPEC_CSTRING'
      ? [node.RoleSpec.rolename ?? '']
      : [],
  )
}

/** ALTER POLICY. */
export function alterPolicy(translation: Translation, node: AlterPolicyStmt): void {
  const table = rangeName(translation.catalog(), node.table)
  translation.emit({ kind: 'AlterPolicy', table, policy: node.policy_name ?? '', to: null })
}

/** TRIGGER_TYPE_BEFORE (pg_trigger.h). */
const BEFORE = 2

/** CREATE TRIGGER. */
export function createTrigger(translation: Translation, node: CreateTrigStmt): void {
  translation.emit(
    {
      kind: 'CreateTrigger',
      table: rangeName(translation.catalog(), node.relation),
      trigger: node.trigname ?? '',
      replace: node.replace === true,
      ...(node.row && node.timing === BEFORE ? { beforeRow: true } : {}),
      mentions: [],
      calls: functionNameOf(translation.catalog(), strings(node.funcname)),
    },
    { table: at(node.relation?.location) },
  )
}

/** CREATE RULE. */
export function createRule(translation: Translation, node: RuleStmt): void {
  const table = rangeName(translation.catalog(), node.relation)
  translation.emit({ kind: 'CreateRule', table }, { table: at(node.relation?.location) })
}

/** CREATE FUNCTION, as far as a default that calls it is concerned. */
export function createFunction(
  translation: Translation,
  parser: Parser,
  node: CreateFunctionStmt,
): void {
  const names = strings(node.funcname)
  const option = (name: string) => {
    for (const entry of node.options ?? []) {
      if ('DefElem' in entry && entry.DefElem.defname === name) return entry.DefElem.arg
    }
    return undefined
  }
  const text = (value: Node | undefined) =>
    value && 'String' in value ? (value.String.sval ?? '') : ''
  const volatility = text(option('volatility'))
  const language = text(option('language')).toLowerCase()
  const body = option('as')
  const source = body && 'List' in body ? (strings(body.List.items)[0] ?? '') : ''
  translation.emit({
    kind: 'CreateFunction',
    function: {
      schema: names.at(-2) ?? creationSchema(translation.catalog()),
      name: names.at(-1) ?? '',
    },
    volatility: volatility === 'immutable' || volatility === 'stable' ? volatility : 'volatile',
    language,
    inlined: language === 'sql' && !node.is_procedure ? inlinedBody(parser, source) : null,
    ...(strings(node.returnType?.names).at(-1) === 'trigger' && { forTriggers: true }),
  })
}

/** The expression of `SELECT expression`, which the planner puts in the place of a call. */
function inlinedBody(parser: Parser, source: string): Expression | null {
  try {
    const [only, ...others] = parser.parse(source)
    const node = only?.stmt
    if (others.length > 0 || !node || !('SelectStmt' in node)) return null
    const { targetList, fromClause, whereClause } = node.SelectStmt
    const target = targetList?.[0]
    if (targetList?.length !== 1 || fromClause || whereClause) return null
    return target && 'ResTarget' in target ? expressionOf(target.ResTarget.val) : null
  } catch {
    return null
  }
}
