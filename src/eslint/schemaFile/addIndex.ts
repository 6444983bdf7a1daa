import type { SourceCode } from 'eslint'
import type { Node } from 'estree'
import { rangeOf } from '../../schema/ast.ts'
import { importBuilder } from './addImport.ts'
import { newIndexName } from '../../schema/indexName.ts'
import type { DeclaredTable, ExtrasPlace, SchemaFile } from '../../schema/model.ts'
import { nameTaken } from './replaceBuilder.ts'

/** Text to put at a place. */
export interface Insertion {
  readonly at: number
  readonly text: string
}

/**
 * What to insert so that a table gets an index, written as the file writes its own: array or
 * object, the callback's parameter, quotes, the pattern of the names, and the import.
 *
 * @param keys - of the columns to index
 * @returns null where the extra configuration is not in the call, or `index` cannot be imported
 */
export function indexInsertions(
  file: SchemaFile,
  table: DeclaredTable,
  keys: readonly string[],
  sourceCode: SourceCode,
): readonly Insertion[] | null {
  const imported = importBuilder(sourceCode.ast, table.dialect, 'index', nameTaken(sourceCode))
  if (imported === null) return null
  const quote = quoteOf(table, sourceCode)
  const name = newIndexName(file, table, keys)
  const named = name === null ? '' : `${quote}${name}${quote}`
  const element = (parameter: string) =>
    `${imported.callee}(${named}).on(${keys.map((key) => member(parameter, key, quote)).join(', ')})`
  const added =
    table.extras === null
      ? newArgument(file, table, keys, element)
      : insertPart(table.extras, keys, element)
  return added === null ? null : [...(imported.insertion ? [imported.insertion] : []), added]
}

type Element = (parameter: string) => string

function insertPart(
  { container, parameter }: ExtrasPlace,
  keys: readonly string[],
  element: Element,
): Insertion | null {
  if (parameter === null) return null
  const isArray = container.type === 'ArrayExpression'
  const part = isArray ? element(parameter) : `${partKey(keys)}: ${element(parameter)}`
  const parts = isArray ? container.elements : container.properties
  const last = parts.at(-1)
  if (!last) {
    const at = rangeOf(container)[0] + 1
    return { at, text: isArray ? part : ` ${part} ` }
  }
  return { at: rangeOf(last)[1], text: `,${lineStart(container, last)}${part}` }
}

/** The third argument, in the form most tables of the file have. */
function newArgument(
  file: SchemaFile,
  { call }: DeclaredTable,
  keys: readonly string[],
  element: Element,
): Insertion | null {
  const [first, second, third] = call.arguments
  if (first === undefined || second === undefined || third !== undefined) return null
  const places = file.tables.flatMap(({ extras }) => extras ?? [])
  const objects = places.filter(({ container }) => container.type === 'ObjectExpression').length
  const parameter = mostCommon(places.flatMap((place) => place.parameter ?? [])) ?? 'table'
  const part = element(parameter)
  const returned = objects > places.length / 2 ? `({ ${partKey(keys)}: ${part} })` : `[${part}]`
  return {
    at: rangeOf(second)[1],
    text: `,${lineStart(first, second)}(${parameter}) => ${returned}`,
  }
}

function mostCommon(names: readonly string[]): string | undefined {
  const count = (name: string) => names.filter((other) => other === name).length
  return [...names].sort((a, b) => count(b) - count(a))[0]
}

/** `userIdIdx`, as the object form names its members. */
function partKey(keys: readonly string[]): string {
  const [first = 'columns', ...others] = keys
  const rest = others.map((key) => key.charAt(0).toUpperCase() + key.slice(1))
  return `${[first, ...rest].join('').replace(/\W/g, '_')}Idx`
}

function member(parameter: string, key: string, quote: string): string {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key)
    ? `${parameter}.${key}`
    : `${parameter}[${quote}${key}${quote}]`
}

/** A space, or a new line indented like the other, if that starts a line of its own. */
function lineStart(before: Node, other: Node): string {
  const sameLine = before.loc?.start.line === other.loc?.start.line
  return sameLine ? ' ' : `\n${' '.repeat(other.loc?.start.column ?? 0)}`
}

function quoteOf({ call }: DeclaredTable, sourceCode: SourceCode): string {
  const first = call.arguments[0]
  const mark = first === undefined ? '' : sourceCode.getText(first).charAt(0)
  return mark === '"' ? '"' : "'"
}
