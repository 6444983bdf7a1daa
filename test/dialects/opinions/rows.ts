import type { Delete, Insert, Update } from '../../../src/dialects/ddl/rows.ts'
import type { Expr, ObjectName } from '../../../src/dialects/ddl/syntax.ts'
import type { Opinion } from './opinion.ts'

/** What our readers say of INSERT, REPLACE, UPDATE and DELETE. */
export function rowsOpinion(statement: Insert | Update | Delete): Opinion {
  const { kind } = statement
  const on = [nameOf(statement.table)]
  if (kind === 'insert') {
    const columns = statement.columns.map(({ text }) => text)
    return { kind: statement.replaces ? 'replace' : 'insert', on, columns }
  }
  const hasWhere = statement.where !== null
  if (kind === 'delete') {
    return { kind, on: [...on, ...(statement.alsoFrom ?? []).map(nameOf)], hasWhere }
  }
  const written = [statement, ...(statement.alsoSets ?? [])]
  return {
    kind,
    on: written.map(({ table }) => nameOf(table)),
    hasWhere,
    columns: written
      .flatMap(({ assignments }) => assignments.flatMap(({ columns }) => columns))
      .map(({ text }) => text)
      .sort(),
  }
}

/** As it is written, with its database, without quotes. */
export function nameOf({ schema, name }: ObjectName): string {
  return schema ? `${schema.text}.${name.text}` : name.text
}

/** The columns of an index; null for an expression. */
export function columnsOf(
  keys: readonly { readonly expression: Expr }[],
): readonly (string | null)[] {
  return keys.map(({ expression }) => plainColumn(expression))
}

function plainColumn(expression: Expr): string | null {
  if (expression.kind === 'column') return expression.name.text
  const [operand] = expression.kind === 'operation' ? expression.operands : []
  const isCollated = expression.kind === 'operation' && expression.operator.startsWith('COLLATE ')
  return isCollated && operand ? plainColumn(operand) : null
}
