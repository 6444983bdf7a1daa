import type { IndexElem, Node } from '@pgsql/types'
import { clip, LONGEST_NAME } from '../../../catalog/clip.ts'
import { strings } from './names.ts'

/**
 * What PostgreSQL calls the columns of an index, included ones too; an unnamed index is named after
 * them (`ChooseIndexColumnNames`, src/backend/commands/indexcmds.c).
 */
export function indexColumnNames(elements: readonly IndexElem[]): readonly string[] {
  const names: string[] = []
  for (const element of elements) {
    const own = element.name ?? (figured(element.expr)?.name || 'expr')
    let name = own
    for (let count = 1; names.includes(name); count++) {
      name = `${clip(own, LONGEST_NAME - String(count).length)}${count}`
    }
    names.push(name)
  }
  return names
}

/** A name that an expression suggests; a weak one gives way to the type it is cast to. */
interface Figured {
  readonly name: string
  readonly isStrong: boolean
}

const KEYWORDS: Readonly<Record<string, string>> = {
  CoalesceExpr: 'coalesce',
  A_ArrayExpr: 'array',
  RowExpr: 'row',
}

/** `FigureColnameInternal`, src/backend/parser/parse_target.c. */
function figured(node: Node | undefined): Figured | null {
  if (node === undefined) return null
  const strong = (name: string | undefined) => (name ? { name, isStrong: true } : null)
  if ('ColumnRef' in node) return strong(strings(node.ColumnRef.fields).at(-1))
  if ('FuncCall' in node) return strong(strings(node.FuncCall.funcname).at(-1))
  if ('CollateClause' in node) return figured(node.CollateClause.arg)
  if ('MinMaxExpr' in node) return strong(node.MinMaxExpr.op === 'IS_LEAST' ? 'least' : 'greatest')
  if ('A_Expr' in node) return node.A_Expr.kind === 'AEXPR_NULLIF' ? strong('nullif') : null
  if ('TypeCast' in node) {
    const inner = figured(node.TypeCast.arg)
    const type = strings(node.TypeCast.typeName?.names).at(-1)
    return inner?.isStrong || !type ? inner : { name: type, isStrong: false }
  }
  if ('CaseExpr' in node) {
    const inner = figured(node.CaseExpr.defresult)
    return inner?.isStrong ? inner : { name: 'case', isStrong: false }
  }
  return strong(KEYWORDS[Object.keys(node)[0] ?? ''])
}
