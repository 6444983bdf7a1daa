import type { DoStmt, Node } from '@pgsql/types'
import { findConstraint } from '../../../../catalog/table.ts'
import { type Catalog, findTable } from '../../../../catalog/catalog.ts'
import type { ChangeBody } from '../../../../catalog/change.ts'
import { nameKey } from '../../../../catalog/names.ts'
import type { Parser } from '../parser.ts'
import { plpgsqlStatements } from '../plpgsql.ts'
import { type Translation, shifted } from './translation.ts'

type Translate = (translation: Translation, node: Node, parser: Parser) => void

/**
 * A DO block: the SQL in its body is translated like any other (drizzle-kit before 0.30 put every
 * foreign key in one). What is put together at run time cannot be read, and is said to be opaque.
 */
export function translateDo(
  translation: Translation,
  node: DoStmt,
  parser: Parser,
  translate: Translate,
): void {
  let body = ''
  let language = 'plpgsql'
  for (const arg of node.args ?? []) {
    if (!('DefElem' in arg) || !arg.DefElem.arg || !('String' in arg.DefElem.arg)) continue
    const text = arg.DefElem.arg.String.sval ?? ''
    if (arg.DefElem.defname === 'as') body = text
    else language = text
  }
  const opaque = (reason: string) => translation.emit({ kind: 'OpaqueSql', reason })
  if (language.toLowerCase() !== 'plpgsql') return opaque(`a DO block in ${language}`)
  let statements
  try {
    statements = plpgsqlStatements(parser, body)
  } catch (error) {
    return opaque(`a DO block that cannot be read: ${(error as Error).message}`)
  }
  const { bytes, start, end } = translation.text()
  let from = Math.max(start, bytes.indexOf(body, start))
  for (const { sql, guarded } of statements) {
    if (sql === null) {
      opaque('SQL built at run time (EXECUTE)')
      continue
    }
    const found = bytes.indexOf(sql, from)
    const inPlace = found >= 0 && found < end
    const base = inPlace ? found : 0
    const length = Buffer.byteLength(sql)
    if (inPlace) from = found + length
    const inner: Translation = {
      catalog: () => translation.catalog(),
      text: () => ({ bytes: Buffer.from(sql), start: 0, end: length }),
      emit(change, places, within) {
        const mayNotRun = guarded || within?.guarded === true
        if (mayNotRun && isThereAlready(translation.catalog(), change)) return
        translation.emit(change, inPlace ? shifted(places, base) : undefined, {
          start: inPlace ? base + (within?.start ?? 0) : start,
          end: inPlace ? base + (within?.end ?? length) : end,
          guarded: mayNotRun,
        })
      },
    }
    try {
      for (const statement of parser.parse(sql)) {
        if (statement.stmt) translate(inner, statement.stmt, parser)
      }
    } catch {
      opaque('a statement in a DO block that cannot be read')
    }
  }
}

/** `IF NOT EXISTS … THEN` and `EXCEPTION WHEN duplicate_object` leave what is there as it is. */
function isThereAlready(catalog: Catalog, change: ChangeBody): boolean {
  switch (change.kind) {
    case 'AddForeignKey':
    case 'AddCheck':
    case 'AddUnique':
    case 'AddPrimaryKey':
      return findConstraint(findTable(catalog, change.table), change.constraint) !== undefined
    case 'AddColumn':
      return (findTable(catalog, change.table)?.columns ?? []).some(
        (column) => column.name === change.column,
      )
    case 'CreateEnum':
      return catalog.enums.has(nameKey(change.type))
    case 'CreateTable':
      return catalog.tables.has(nameKey(change.table))
    default:
      return false
  }
}
