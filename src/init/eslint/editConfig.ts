import type { Argument, CallExpression, Expression, Node, Program, Statement } from 'oxc-parser'
import { lineEndOf } from '../../json/lineEnds.ts'

/** What imports the plugin. */
const MODULE = 'migration-lint/eslint'

/** Whether a configuration has the plugin already, under either of its names. */
export function hasPlugin(text: string): boolean {
  return /['"](?:migration-lint\/eslint|eslint-plugin-migration-lint)['"]/.test(text)
}

/** The line that brings the plugin into a configuration. */
export function importLine(isModule: boolean, quote: string, semicolon: string): string {
  const name = `${quote}${MODULE}${quote}${semicolon}`
  return isModule
    ? `import migrationLint from ${name}`
    : `const migrationLint = require(${name.replace(/;?$/, '')})${semicolon}`
}

/**
 * A flat configuration of ESLint with more entries at the end of what it exports. Only the places are
 * touched where something is added.
 *
 * @param entries - expressions that use `migrationLint`
 * @returns null where it is not plain what it exports: anything but a list, `defineConfig()` and its
 *   like, or the factory of a known preset
 */
export async function withEntries(
  path: string,
  text: string,
  entries: readonly string[],
): Promise<string | null> {
  const { parseSync } = await import('oxc-parser')
  const { program, errors } = parseSync(path, text)
  if (errors.length > 0) return null
  const exported = exportOf(program)
  const place = exported && placeIn(exported.value, program, text)
  if (!exported || !place) return null
  const end = lineEndOf(text)
  const style = styleOf(text)
  const list = added(text, place, entries, style.quote, end)
  const line = importLine(exported.isModule, style.quote, style.semicolon)
  const at = importPlace(program, text, exported.isModule)
  const edits = [
    list,
    at === null
      ? { start: 0, end: 0, text: `${line}${end}` }
      : { start: at, end: at, text: `${end}${line}` },
  ]
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((now, edit) => now.slice(0, edit.start) + edit.text + now.slice(edit.end), text)
}

/** The configuration without what `withEntries` has added; the text itself where that was changed. */
export function withoutEntries(text: string, entries: readonly string[]): string {
  const { quote, semicolon } = styleOf(text)
  const end = lineEndOf(text)
  const lines = [true, false].map((isModule) => importLine(isModule, quote, semicolon))
  let rest = text
  for (const line of lines) rest = rest.replace(`${line}${end}`, '')
  for (const entry of entries.map((one) => quoted(one, quote))) {
    const own = rest.split(end).filter((line) => line.trim().replace(/,$/, '') !== entry)
    rest = own.join(end).replace(`, ${entry}`, '').replace(`[${entry}]`, '[]')
  }
  return rest
}

interface Place {
  /** Where the list or the arguments end: the closing bracket. */
  readonly close: number
  /** Where the last element ends; null where there is none. */
  readonly last: Node | null
  readonly first: Node | null
  /** What has to stand before, where there is nothing yet. */
  readonly before: readonly string[]
}

function exportOf(program: Program): { value: Expression; isModule: boolean } | null {
  for (const statement of program.body) {
    if (
      statement.type === 'ExportDefaultDeclaration' &&
      /Expression$|Identifier/.test(statement.declaration.type)
    ) {
      return { value: statement.declaration as Expression, isModule: true }
    }
    if (statement.type !== 'ExpressionStatement') continue
    const { expression } = statement
    if (expression.type !== 'AssignmentExpression' || expression.left.type !== 'MemberExpression')
      continue
    const { object, property } = expression.left
    if (
      object.type === 'Identifier' &&
      object.name === 'module' &&
      property.type === 'Identifier' &&
      property.name === 'exports'
    ) {
      return { value: expression.right, isModule: false }
    }
  }
  return null
}

function placeIn(given: Expression, program: Program, text: string): Place | null {
  const value = unwrapped(given)
  if (value.type === 'Identifier') {
    const init = constant(program, value.name)
    return init === null ? null : placeIn(init, program, text)
  }
  if (value.type === 'ArrayExpression') return placeAt(value.elements, value.end)
  return value.type === 'CallExpression' ? placeInCall(value, program) : null
}

function placeInCall(call: CallExpression, program: Program): Place | null {
  const { arguments: given } = call
  const [only] = given
  if (isPlainList(call)) {
    const list = given.length === 1 && only?.type === 'ArrayExpression' ? only : null
    return list ? placeAt(list.elements, list.end) : placeAt(given, call.end)
  }
  const takesOptions = factory(call, program)
  if (takesOptions === null || given.some(({ type }) => type === 'SpreadElement')) return null
  return { ...placeAt(given, call.end), before: takesOptions && given.length === 0 ? ['{}'] : [] }
}

function placeAt(elements: readonly (Node | Argument | null)[], end: number): Place {
  const own = elements.filter((one) => one !== null)
  return { close: end - 1, first: own[0] ?? null, last: own.at(-1) ?? null, before: [] }
}

/** `defineConfig(…)` of ESLint, and `config(…)` of typescript-eslint, which take lists and elements. */
function isPlainList({ callee }: CallExpression): boolean {
  if (callee.type === 'Identifier') return callee.name === 'defineConfig'
  return (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    /^(?:ts_?eslint|typescriptEslint)$/i.test(callee.object.name) &&
    callee.property.type === 'Identifier' &&
    callee.property.name === 'config'
  )
}

/** Whether a preset's factory takes options before configurations; null where it is not known. */
function factory({ callee }: CallExpression, program: Program): boolean | null {
  if (callee.type !== 'Identifier') return null
  for (const statement of program.body) {
    if (statement.type !== 'ImportDeclaration') continue
    if (!statement.specifiers.some(({ local }) => local.name === callee.name)) continue
    const from = statement.source.value
    if (from === '@antfu/eslint-config') return true
    if (/\.nuxt\/eslint\.config(?:\.mjs)?$/.test(from)) return false
  }
  return null
}

function unwrapped(value: Expression): Expression {
  let inner = value
  while (
    inner.type === 'TSAsExpression' ||
    inner.type === 'TSSatisfiesExpression' ||
    inner.type === 'ParenthesizedExpression'
  ) {
    inner = inner.expression
  }
  return inner
}

function constant({ body }: Program, name: string): Expression | null {
  for (const statement of body) {
    if (statement.type !== 'VariableDeclaration' || statement.kind !== 'const') continue
    for (const { id, init } of statement.declarations) {
      if (id.type === 'Identifier' && id.name === name && init) return init
    }
  }
  return null
}

function added(text: string, place: Place, entries: readonly string[], quote: string, end: string) {
  const { close, first, last, before } = place
  const all = [...before, ...entries.map((one) => quoted(one, quote))]
  if (first === null || last === null) return { start: close, end: close, text: all.join(', ') }
  const line = text.slice(text.lastIndexOf('\n', first.start - 1) + 1, first.start)
  const isOnOwnLine = line.trim() === ''
  if (!isOnOwnLine)
    return { start: last.end, end: last.end, text: all.map((one) => `, ${one}`).join('') }
  // Behind the last element, its comma and a comment on its line.
  const comma = /^\s*,/.exec(text.slice(last.end, close))?.[0].length ?? 0
  const rest = /^[^\r\n]*/.exec(text.slice(last.end + comma, close))?.[0] ?? ''
  const at = last.end + comma + rest.length
  const lines = all.map((one) => `${end}${line}${one},`).join('')
  const own = text.slice(last.end, at)
  return { start: last.end, end: at, text: `${comma > 0 ? own : `,${own}`}${lines}` }
}

/** After the last import; in CommonJS after the last `require` at the top. */
function importPlace({ body }: Program, text: string, isModule: boolean): number | null {
  const isImport = (statement: Statement | Program['body'][number]) =>
    isModule
      ? statement.type === 'ImportDeclaration'
      : statement.type === 'VariableDeclaration' &&
        /\brequire\(/.test(text.slice(statement.start, statement.end))
  const last = body.findLast(isImport)
  if (last)
    return last.end + (/^[ \t]*(?:;|\/\/[^\r\n]*)?/.exec(text.slice(last.end))?.[0].length ?? 0)
  const first = body[0]
  if (first?.type !== 'ExpressionStatement' || !('directive' in first) || !first.directive)
    return null
  return first.end
}

function styleOf(text: string): { readonly quote: string; readonly semicolon: string } {
  const [, quote = "'", semicolon = ''] =
    /(?:from|require\()\s*(['"])[^'"\n]+['"]\)?(;?)/.exec(text) ?? []
  return { quote, semicolon }
}

function quoted(entry: string, quote: string): string {
  return quote === "'" ? entry : entry.replaceAll("'", quote)
}
