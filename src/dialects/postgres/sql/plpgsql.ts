import type { Parser } from './parser.ts'

/** A statement of a PL/pgSQL body in the order of the text; `sql` is null if it is put together. */
export interface PlpgsqlStatement {
  readonly sql: string | null
  /** It stands in a condition, a loop or under an exception handler. */
  readonly guarded: boolean
}

/** Statements that decide whether, or how often, what stands in them runs. */
const GUARDS: ReadonlySet<string> = new Set([
  'PLpgSQL_stmt_if',
  'PLpgSQL_stmt_case',
  'PLpgSQL_stmt_loop',
  'PLpgSQL_stmt_while',
  'PLpgSQL_stmt_fori',
  'PLpgSQL_stmt_fors',
  'PLpgSQL_stmt_forc',
  'PLpgSQL_stmt_foreach_a',
  'PLpgSQL_stmt_dynfors',
])

/** What asks before it runs what stands in it. */
const CONDITIONS: ReadonlySet<string> = new Set(['PLpgSQL_stmt_if', 'PLpgSQL_if_elsif'])

type Tree = Record<string, unknown>

/**
 * The SQL statements in the body of a DO block.
 *
 * @param body - the text between the dollar quotes
 * @throws {@link SyntaxError} if PL/pgSQL's parser refuses it
 */
export function plpgsqlStatements(parser: Parser, body: string): readonly PlpgsqlStatement[] {
  // Only functions can be parsed, so the block becomes the body of one; its tag must not occur.
  let tag = 'body'
  while (body.includes(`$${tag}$`)) tag += '_'
  const tree = parser.parsePlpgsql(
    `CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $${tag}$${body}$${tag}$`,
  )
  const statements: PlpgsqlStatement[] = []
  collect(tree, false, statements, parser)
  return statements
}

function collect(
  node: unknown,
  guarded: boolean,
  statements: PlpgsqlStatement[],
  parser: Parser,
): void {
  if (Array.isArray(node)) {
    for (const entry of node) collect(entry, guarded, statements, parser)
    return
  }
  if (node === null || typeof node !== 'object') return
  for (const [tag, value] of Object.entries(node)) {
    const body = value as Tree | null
    if (tag === 'PLpgSQL_stmt_execsql') {
      statements.push({ sql: queryOf(body?.sqlstmt), guarded })
    } else if (tag === 'PLpgSQL_stmt_perform' || tag === 'PLpgSQL_stmt_call') {
      statements.push({ sql: queryOf(body?.expr), guarded })
    } else if (tag === 'PLpgSQL_stmt_dynexecute' || tag === 'PLpgSQL_stmt_dynfors') {
      statements.push({ sql: constantText(parser, queryOf(body?.query)), guarded })
      collect(body?.body, true, statements, parser)
    } else {
      // A condition may ask a query; EXISTS is content with one row.
      const condition = CONDITIONS.has(tag) ? queryOf(body?.cond) : null
      if (condition !== null && /^(?!.*\bexists\b).*\bselect\b/is.test(condition)) {
        statements.push({ sql: `SELECT ${condition}`, guarded: true })
      }
      const handled = tag === 'PLpgSQL_stmt_block' && body?.exceptions !== undefined
      collect(value, guarded || handled || GUARDS.has(tag), statements, parser)
    }
  }
}

function queryOf(expression: unknown): string | null {
  const query = (expression as { PLpgSQL_expr?: { query?: string } } | undefined)?.PLpgSQL_expr
    ?.query
  return query ?? null
}

/** The text of a string constant; null for anything computed. */
function constantText(parser: Parser, expression: string | null): string | null {
  if (expression === null) return null
  const node = parser.parse(`SELECT ${expression}`)[0]?.stmt
  if (!node || !('SelectStmt' in node)) return null
  const target = node.SelectStmt.targetList?.[0]
  const value = target && 'ResTarget' in target ? target.ResTarget.val : undefined
  return value && 'A_Const' in value ? (value.A_Const.sval?.sval ?? null) : null
}
