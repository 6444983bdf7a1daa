import type { ChangeBody } from '../change.ts'
import { compareExpressions } from '../sameness.ts'
import { type Index, type Table, findColumn, sameColumns } from '../table.ts'
import { type Comparison, differs, nameOf } from './comparison.ts'

/** What leads from the indexes of one table to those of another. */
export function indexChanges(
  comparison: Comparison,
  from: Table,
  to: Table,
): { readonly drops: readonly ChangeBody[]; readonly creates: readonly ChangeBody[] } {
  const left = new Set(from.indexes.filter(standsAlone))
  const missing = to.indexes.filter(standsAlone).filter((index) => {
    const like = [...left].filter((candidate) => isSame(comparison, candidate, index))
    const found = like.find(({ name }) => name === index.name) ?? like[0]
    return found === undefined || !left.delete(found)
  })
  return {
    drops: [...left].map(({ name }) => ({
      kind: 'DropIndex',
      index: { schema: to.schema, name },
      table: nameOf(to),
      concurrently: false,
      ifExists: false,
      cascade: false,
    })),
    // What the server makes by itself, nobody has to make.
    creates: missing
      .filter((index) => !comesByItself(to, index))
      .map((index) => createIndex(to, index)),
  }
}

/** Whether MySQL makes an index by itself: for a foreign key, or for a column that is SERIAL. */
export function comesByItself(table: Table, { implicit, unique, name, columns }: Index): boolean {
  if (implicit) return true
  const column = findColumn(table, name)
  return (
    unique &&
    columns.length === 1 &&
    columns[0] === name &&
    column?.autoIncrement === true &&
    column.type.name === 'bigint unsigned'
  )
}

export function createIndex(table: Table, index: Index): ChangeBody {
  return {
    kind: 'CreateIndex',
    table: nameOf(table),
    index,
    concurrently: false,
    ifNotExists: false,
    only: false,
  }
}

/** Those behind a constraint come and go with it. */
export function standsAlone({ constraint }: Index): boolean {
  return constraint === null
}

/**
 * Order and operator classes of the keys are not compared, nor the text of keys that are expressions:
 * the catalog does not keep them.
 */
function isSame(comparison: Comparison, a: Index, b: Index): boolean {
  return (
    a.method === b.method &&
    a.unique === b.unique &&
    // One that is declared is another one than the server's own.
    (a.implicit ?? false) === (b.implicit ?? false) &&
    a.nullsNotDistinct === b.nullsNotDistinct &&
    a.columns.join('\0') === b.columns.join('\0') &&
    sameColumns(a.included, b.included) &&
    sameColumns([...new Set(a.expressionColumns)], [...new Set(b.expressionColumns)]) &&
    samePredicate(comparison, a, b)
  )
}

function samePredicate(comparison: Comparison, a: Index, b: Index): boolean {
  if (a.predicate === null || b.predicate === null) return a.predicate === b.predicate
  return !differs(comparison, compareExpressions(a.predicate, b.predicate))
}
