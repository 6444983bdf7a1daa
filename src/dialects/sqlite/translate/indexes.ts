import { findTable } from '../../../catalog/catalog.ts'
import { type IndexKeyPart } from '../../ddl/syntax.ts'
import { expressionOf, mentionsIn } from '../../ddl/expressionFacts.ts'
import type { CreateIndex } from '../statements/statement.ts'
import { type Translation, spelling } from '../../ddl/translation.ts'
import { relationName } from './translation.ts'

/** CREATE INDEX. */
export function createIndex(translation: Translation, statement: CreateIndex): void {
  const catalog = translation.catalog()
  const { name, table: on } = statement
  const table = relationName(catalog, { schema: name.schema, name: on, start: 0, end: 0 })
  const spell = spelling(findTable(catalog, table))
  translation.emit(
    {
      kind: 'CreateIndex',
      table,
      index: {
        name: name.name.text,
        method: 'btree',
        unique: statement.unique,
        nullsNotDistinct: false,
        columns: statement.keys.map((key) => plainColumn(key, spell)),
        included: [],
        expressionColumns: statement.keys.flatMap((key) =>
          plainColumn(key, spell) === null ? mentionsIn([key.expression], spell).columns : [],
        ),
        predicate: statement.where && expressionOf(statement.where, spell),
        constraint: null,
        createdIn: catalog.deployment,
      },
      concurrently: false,
      ifNotExists: statement.ifNotExists,
      only: false,
    },
    { name, table: on },
  )
}

/** The column of a key that is one, with or without a collation; null for an expression. */
function plainColumn({ expression }: IndexKeyPart, spell: (name: string) => string): string | null {
  if (expression.kind === 'column') return spell(expression.name.text)
  if (expression.kind !== 'operation' || !expression.operator.startsWith('COLLATE ')) return null
  const [operand] = expression.operands
  return operand?.kind === 'column' ? spell(operand.name.text) : null
}
