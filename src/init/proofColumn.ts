import { loadModuleParser } from '../static/parser.ts'
import type { Node as OxcNode, Program } from 'oxc-parser'

/** The column that the proof adds. */
export const PROOF_COLUMN = 'migration_lint_proof'

/**
 * A schema file whose first table has one more column, nullable and of type text.
 *
 * @param path - its extension says how to parse
 * @returns null where the file declares no table with its columns written out
 */
export async function withProofColumn(path: string, text: string): Promise<string | null> {
  const parseSync = await loadModuleParser()
  const { program, errors } = parseSync(path, text)
  const core = coreOf(program)
  if (errors.length > 0 || core === null) return null
  const columns = firstColumns(program)
  if (columns === null) return null
  const at = columns.start + 1
  const column = `migrationLintProof: migrationLintText('${PROOF_COLUMN}'),`
  // An import counts wherever it stands.
  const last = `\nimport { text as migrationLintText } from '${core}'\n`
  return `${text.slice(0, at)}${column}${text.slice(at)}${last}`
}

/** The module of drizzle-orm that the file has its tables from. */
function coreOf({ body }: Program): string | null {
  for (const statement of body) {
    if (statement.type !== 'ImportDeclaration') continue
    const name = /^drizzle-orm\/\w+-core/.exec(statement.source.value)?.[0]
    if (name !== undefined) return name
  }
  return null
}

/** The object of columns in the first call that looks like `pgTable('name', { … })`. */
function firstColumns(program: Program): { readonly start: number } | null {
  let found: { start: number } | null = null
  const visit = (value: unknown): void => {
    if (found !== null || value === null || typeof value !== 'object') return
    if (!Array.isArray(value) && (value as OxcNode).type === 'CallExpression') {
      found = columnsOf(value as Extract<OxcNode, { type: 'CallExpression' }>)
    }
    for (const child of Object.values(value)) visit(child)
  }
  visit(program)
  return found
}

function columnsOf({
  callee,
  arguments: given,
}: Extract<OxcNode, { type: 'CallExpression' }>): { start: number } | null {
  const name =
    callee.type === 'Identifier'
      ? callee.name
      : callee.type === 'MemberExpression' && callee.property.type === 'Identifier'
        ? callee.property.name
        : ''
  const [table, columns] = given
  if (!/table/i.test(name) || table?.type !== 'Literal' || columns === undefined) return null
  if (columns.type === 'ObjectExpression') return columns
  if (columns.type !== 'ArrowFunctionExpression') return null
  let body: OxcNode = columns.body
  while (body.type === 'ParenthesizedExpression') body = body.expression
  return body.type === 'ObjectExpression' ? body : null
}
