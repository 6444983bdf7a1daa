import type { Argument, Expression, Program, Statement } from 'oxc-parser'

/** A place in a file: UTF-16 offsets, end exclusive. */
interface Range {
  readonly start: number
  readonly end: number
}

export type DeclaredKind = 'table' | 'enum' | 'sequence' | 'schema' | 'view'

/** Something of the database that a schema file declares. */
export interface Declaration {
  readonly kind: DeclaredKind
  /** As the database knows it, without its schema. */
  readonly name: string
  /** Whether drizzle-kit can see it. */
  readonly isExported: boolean
  /** The variable's name. */
  readonly range: Range
  readonly columns: readonly { readonly names: readonly string[]; readonly range: Range }[]
}

const KINDS: readonly (readonly [RegExp, DeclaredKind])[] = [
  [/table/i, 'table'],
  [/enum/i, 'enum'],
  [/sequence/i, 'sequence'],
  [/view/i, 'view'],
  [/schema/i, 'schema'],
]

/**
 * What a schema file declares at its top level, by the calls it makes: `pgTable('users', …)`,
 * `auth.table(…)`, `pgEnum(…)`. Only what is named by a literal is found.
 *
 * @returns nothing for a file that does not parse
 */
export async function declarationsIn(
  source: string,
  path: string,
): Promise<readonly Declaration[]> {
  const { parseSync } = await import('oxc-parser')
  const { program, errors } = parseSync(path, source, { lang: path.endsWith('x') ? 'tsx' : 'ts' })
  if (errors.some(({ severity }) => severity === 'Error')) return []
  const exported = exportedNames(program)
  return program.body.flatMap((statement) => {
    const declaration =
      statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    if (declaration?.type !== 'VariableDeclaration') return []
    return declaration.declarations.flatMap(({ id, init }): Declaration[] => {
      const call = init === null || id.type !== 'Identifier' ? null : rootCall(init)
      if (call === null || id.type !== 'Identifier') return []
      const isExported = statement.type === 'ExportNamedDeclaration' || exported.has(id.name)
      const range = { start: id.start, end: id.start + id.name.length }
      return [{ ...call, isExported, range }]
    })
  })
}

function exportedNames(program: Program): ReadonlySet<string> {
  const names = new Set<string>()
  for (const statement of program.body as readonly Statement[]) {
    if (statement.type === 'ExportNamedDeclaration' && statement.source === null) {
      for (const { local } of statement.specifiers)
        if (local.type === 'Identifier') names.add(local.name)
    } else if (statement.type === 'ExportDefaultDeclaration') {
      if (statement.declaration.type === 'Identifier') names.add(statement.declaration.name)
    }
  }
  return names
}

/** `pgTable(…)` of `pgTable(…).enableRLS()`. */
function rootCall(init: Expression): Pick<Declaration, 'kind' | 'name' | 'columns'> | null {
  let at: Expression = init
  for (;;) {
    if (at.type === 'TSAsExpression' || at.type === 'TSSatisfiesExpression') at = at.expression
    else if (
      at.type === 'CallExpression' &&
      at.callee.type === 'MemberExpression' &&
      at.callee.object.type === 'CallExpression'
    ) {
      at = at.callee.object
    } else break
  }
  if (at.type !== 'CallExpression') return null
  const { callee } = at
  const called =
    callee.type === 'Identifier'
      ? callee.name
      : callee.type === 'MemberExpression' && callee.property.type === 'Identifier'
        ? callee.property.name
        : ''
  const kind = KINDS.find(([pattern]) => pattern.test(called))?.[1]
  const name = text(at.arguments[0])
  return kind === undefined || name === null
    ? null
    : { kind, name, columns: columnsOf(at.arguments[1]) }
}

function columnsOf(argument: Argument | undefined): Declaration['columns'] {
  let object = argument
  if (object?.type === 'ArrowFunctionExpression') object = object.body as unknown as Argument
  if (object?.type === 'ParenthesizedExpression') object = object.expression
  if (object?.type !== 'ObjectExpression') return []
  return object.properties.flatMap((property) => {
    if (property.type !== 'Property' || property.key.type !== 'Identifier') return []
    let at: Expression = property.value
    while (at.type === 'CallExpression' && at.callee.type === 'MemberExpression') {
      const { object: inner } = at.callee
      if (inner.type !== 'CallExpression') break
      at = inner
    }
    const given = at.type === 'CallExpression' ? text(at.arguments[0]) : null
    const { name } = property.key
    const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    return [
      {
        names: given === null ? [name, snake] : [given],
        range: { start: property.start, end: property.end },
      },
    ]
  })
}

function text(argument: Argument | undefined): string | null {
  if (argument?.type === 'Literal' && typeof argument.value === 'string') return argument.value
  const isPlain = argument?.type === 'TemplateLiteral' && argument.expressions.length === 0
  return isPlain ? (argument.quasis[0]?.value.cooked ?? null) : null
}
