import type { Catalog } from '../../../catalog/catalog.ts'
import type { Expression } from '../../../catalog/expression.ts'
import type { Column, Table } from '../../../catalog/table.ts'
import { expressionOf } from '../../ddl/expressionFacts.ts'
import type { Expr } from '../../ddl/syntax.ts'
import type { Places } from '../../ddl/translation.ts'
import type { ColumnAttribute, ColumnDefinition } from '../statements/statement.ts'
import { dataType } from './types.ts'

/** A column's definition in the catalog's words. */
export interface TranslatedColumn {
  readonly column: Column
  readonly places: Places
}

type Find = <K extends ColumnAttribute['kind']>(
  kind: K,
) => Extract<ColumnAttribute, { kind: K }> | undefined

/** What a definition says of each kind; the last word counts. */
export function attributesOf({ attributes }: ColumnDefinition): Find {
  return <K extends ColumnAttribute['kind']>(kind: K) =>
    attributes.findLast((attribute) => attribute.kind === kind) as
      Extract<ColumnAttribute, { kind: K }> | undefined
}

/**
 * @param table - whose character set and collation the column has if it names none
 * @param spelled - how the table spells its columns
 */
export function translateColumn(
  catalog: Catalog,
  table: Pick<Table, 'charset' | 'collation'> | undefined,
  definition: ColumnDefinition,
  spelled: (name: string) => string,
): TranslatedColumn {
  const { name, type } = definition
  const find = attributesOf(definition)
  const initial = find('default')
  const generated = find('generated')
  const notNull = find('not null')
  const key = find('primary key')
  const comment = find('comment')
  const isCounted = find('auto increment') !== undefined || type.name === 'serial'
  const column: Column = {
    name: name.text,
    type: dataType(type, table, find('collate')?.collation ?? null),
    notNull: notNull !== undefined || key !== undefined || type.name === 'serial' || isCounted,
    default: initial ? defaultOf(initial.expression, initial.inParentheses, spelled) : null,
    identity: null,
    generated: generated
      ? { expression: expressionOf(generated.expression, spelled), stored: generated.stored }
      : null,
    serial: false,
    ...(isCounted ? { autoIncrement: true } : {}),
    ...(find('on update') ? { onUpdate: true } : {}),
    ...(comment && comment.text !== '' ? { comment: comment.text } : {}),
    createdIn: catalog.deployment,
    defaultedIn: null,
    filledIn: null,
    writtenIn: null,
  }
  const places: Places = {
    column: name,
    type,
    ...(notNull ? { notNull } : {}),
    ...(initial ? { default: initial } : {}),
    ...(generated ? { value: generated } : {}),
  }
  return { column, places }
}

/**
 * A default: one in parentheses is an expression, which MySQL computes for each row, even if it is a
 * literal. NULL is none.
 */
export function defaultOf(
  expression: Expr,
  inParentheses: boolean,
  spelled: (name: string) => string,
): Expression | null {
  const { start, end } = expression
  const whole: Expr = inParentheses
    ? { kind: 'operation', operator: 'expression', operands: [expression], start, end }
    : expression
  const translated = expressionOf(whole, spelled)
  return translated.isNull ? null : translated
}
