import type { Node } from '@pgsql/types'
import type { Catalog } from '../../../catalog/catalog.ts'
import { UNREAD_EXPRESSION } from '../../../catalog/expression.ts'
import type { SqlReader } from '../../../catalog/reader.ts'
import { defaultOf, expressionOf, mentionsIn } from './expressions.ts'
import { type Parser, SyntaxError } from './parser.ts'
import { translateColumn } from './translate/columns.ts'

/**
 * Reads pieces of SQL with the server's own parser, through the same translation as migrations.
 *
 * @returns a reader for a catalog, whose types a bare name may mean; all of them share what was parsed
 */
export function sqlReaders(parser: Parser): (catalog: Catalog) => SqlReader {
  const column = remembered((text) => columnIn(parser, text))
  const expression = remembered((text) => expressionIn(parser, text))
  const expressionRead = remembered((text) => {
    const node = expression(text)
    return node ? expressionOf(node) : UNREAD_EXPRESSION
  })
  const indexKey = remembered((text) => {
    const keys = keysIn(parser, `(${text})`) ?? keysIn(parser, `((${text}))`)
    return (
      keys && {
        columns: keys.map(({ name }) => name ?? null),
        expressionColumns: keys.flatMap(({ expr }) => mentionsIn(expr).columns),
      }
    )
  })
  return (catalog) => ({
    type: remembered((text) => {
      const definition = column(text)
      if (definition === undefined) return null
      const { type, serial } = translateColumn(catalog, definition).column
      return { type, serial }
    }),
    expression: expressionRead,
    default: remembered((text) => {
      const node = expression(text)
      const read = node ? defaultOf(catalog, node) : UNREAD_EXPRESSION
      return read.isNull ? null : read
    }),
    indexKey,
  })
}

/** Snapshots say the same few things over and over. */
function remembered<R>(read: (text: string) => R): (text: string) => R {
  const known = new Map<string, R>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined || known.has(text)) return found as R
    const result = read(text)
    known.set(text, result)
    return result
  }
}

function columnIn(parser: Parser, text: string) {
  const node = only(parser, `CREATE TABLE t (c ${text})`)
  const element = node && 'CreateStmt' in node ? node.CreateStmt.tableElts : undefined
  const [first] = element ?? []
  return element?.length === 1 && first && 'ColumnDef' in first ? first.ColumnDef : undefined
}

function expressionIn(parser: Parser, text: string): Node | undefined {
  const node = only(parser, `SELECT (${text}\n)`)
  const targets = node && 'SelectStmt' in node ? node.SelectStmt.targetList : undefined
  const [first] = targets ?? []
  return first && 'ResTarget' in first ? first.ResTarget.val : undefined
}

function keysIn(parser: Parser, text: string) {
  const node = only(parser, `CREATE INDEX i ON t ${text}`)
  if (!node || !('IndexStmt' in node)) return null
  return (node.IndexStmt.indexParams ?? []).flatMap((param) =>
    'IndexElem' in param ? [param.IndexElem] : [],
  )
}

/** The statement, if the text is one. */
function only(parser: Parser, sql: string): Node | undefined {
  try {
    const [statement, ...more] = parser.parse(sql)
    return more.length === 0 ? statement?.stmt : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
