import type { CallExpression, Node } from 'estree'
import type { DataType } from '../catalog/type.ts'
import type { SchemaDialect } from '../dialects/core/core.ts'
import { coreOf } from '../dialects/cores.ts'
import { entriesOf, propertyOf, unwrap } from './ast.ts'

/**
 * The type a column builder makes.
 *
 * @param dimensions - 1 after `.array()`
 * @param labels - those that an ENUM is given, where they are written out
 * @returns null for builders whose type is not one of the server's own (PostGIS, pgvector)
 */
export function builtType(
  dialect: SchemaDialect,
  builder: string,
  call: CallExpression,
  dimensions: number,
  labels: readonly string[] | null,
): DataType | null {
  const config = call.arguments.find((given) => unwrap(given).type === 'ObjectExpression')
  const numberOf = (key: string) => {
    const value = propertyOf(config, key)
    return value?.type === 'Literal' && typeof value.value === 'number' ? value.value : null
  }
  const made = coreOf(dialect).columnType(builder, {
    length: numberOf('length'),
    precision: numberOf('precision'),
    scale: numberOf('scale'),
    fsp: numberOf('fsp'),
    labels,
    withTimezone: isTrue(propertyOf(config, 'withTimezone')),
  })
  return made && { ...made, schema: null, dimensions, collation: null }
}

/** Whether a builder's options are literals, so that `builtType` has seen all of its type. */
export function isWrittenOut(
  dialect: SchemaDialect,
  builder: string,
  call: CallExpression,
): boolean {
  const { readInPart, labelled } = coreOf(dialect)
  if (readInPart.has(builder)) return false
  if (labelled.has(builder)) return true
  // `char` is `char(1)` to the server.
  if (builder === 'char' && !call.arguments.some((given) => propertyOf(given, 'length')))
    return false
  return call.arguments.every((given, at) => {
    const node = unwrap(given)
    if (node.type !== 'ObjectExpression') return at === 0
    return entriesOf(node).every(
      (entry) =>
        'key' in entry &&
        entry.key !== null &&
        (!OF_TYPES.has(entry.key) || entry.property.value.type === 'Literal'),
    )
  })
}

const OF_TYPES = new Set(['length', 'precision', 'scale', 'withTimezone', 'unsigned', 'fsp'])

/** Whether a node is the literal `true`. */
export function isTrue(node: Node | undefined): boolean {
  return node?.type === 'Literal' && node.value === true
}
