import type { CallExpression, Node, Program } from 'estree'
import type { DataType } from '../catalog/type.ts'
import { coreOf } from '../dialects/cores.ts'
import { argument, entriesOf, keyOf, propertyOf, unwrap } from './ast.ts'
import { snakeCase } from './casing.ts'
import { chainOf, methodOf, rootCall } from './chain.ts'
import { builtType, isTrue } from './columnTypes.ts'
import { evaluate, nameFrom, propertyIn, resultOf, resultWith } from './evaluate.ts'
import type { DeclaredColumn, MethodCall } from './model.ts'
import {
  type Binding,
  type Casing,
  type KnownName,
  type Located,
  type TableFunction,
  type Value,
  type Scope,
} from './value.ts'

/** The columns of a table, each with the names its expression sees. */
export interface ReadColumns {
  readonly columns: readonly (DeclaredColumn & { readonly scope: Scope })[]
  readonly complete: boolean
}

/** Reads the second argument of `pgTable`: an object, or a function that returns one. */
export function readColumns(node: Node | undefined, scope: Scope, by: TableFunction): ReadColumns {
  const given = node === undefined ? null : evaluate(node, scope)
  const { dialect } = by
  const builders = () => ({ value: { kind: 'core', dialect } as const })
  const returned = given?.kind === 'function' ? resultWith(given, builders) : null
  const object = returned === null ? given : evaluate(returned.node, returned.scope)
  if (node === undefined || object?.kind !== 'object') return { columns: [], complete: false }
  const read = readObject(object, by, { file: scope.file, node })
  // A key that is written twice is the later one.
  const byKey = new Map(read.columns.map((column) => [column.key, column]))
  return { columns: [...byKey.values()], complete: read.complete }
}

/** The file of a table, and the node in it that stands for what is written in others. */
interface Place {
  readonly file: Program
  readonly node: Node
}

function readObject(
  object: Value & { kind: 'object' },
  by: TableFunction,
  place: Place,
  around: readonly Node[] = [],
): ReadColumns {
  const columns = []
  let complete = true
  for (const entry of entriesOf(object.node)) {
    if ('key' in entry) {
      const { key, property } = entry
      if (key === null) complete = false
      else
        columns.push(
          readColumn(key, property.key, { node: property.value, scope: object.scope }, by, place),
        )
      continue
    }
    const spread = evaluate(entry.spread, object.scope)
    // Half typed, an object may spread itself.
    if (spread.kind !== 'object' || around.includes(spread.node)) {
      complete = false
      continue
    }
    const isHere = object.scope.file === place.file
    const at = isHere ? { ...place, node: entry.spread } : place
    const inner = readObject(spread, by, at, [...around, object.node])
    columns.push(...inner.columns)
    complete &&= inner.complete
  }
  return { columns, complete }
}

/** What a column's expression starts with, through variables and functions of this file. */
interface Origin {
  readonly value: Value | null
  readonly root: Node
  readonly scope: Scope
  readonly methods: readonly MethodCall[]
}

function originOf(node: Node, scope: Scope, depth = 0): Origin {
  const chain = chainOf(node, scope)
  const { methods } = chain
  const call = rootCall(chain)
  const value = call === null ? null : evaluate(call.callee, scope)
  const inner = depth > 20 ? null : behind(chain.root, value, scope)
  if (inner === null) return { value, root: chain.root, scope, methods }
  const origin = originOf(inner.node, inner.scope, depth + 1)
  return { ...origin, methods: [...origin.methods, ...methods] }
}

/** The expression that a name, a member or a call of a function of this file stands for. */
function behind(root: Node, called: Value | null, scope: Scope): Located<Node> | null {
  if (root.type === 'CallExpression') {
    return called?.kind === 'function' ? resultOf(called, root, scope) : null
  }
  if (root.type === 'Identifier') {
    const binding = scope.lookup(root.name)
    return expressionOf(binding)
  }
  if (root.type !== 'MemberExpression') return null
  const object = evaluate(root.object, scope)
  const key = keyOf(root, root.property)
  if (key === null) return null
  if (object.kind === 'module') return expressionOf(object.module.exported(key))
  return object.kind === 'object' ? propertyIn(object, key) : null
}

/** The expression that a name stands for, in whatever file. */
function expressionOf(binding: Binding | undefined, depth = 0): Located<Node> | null {
  if (binding === undefined || 'value' in binding || depth > 20) return null
  if ('node' in binding) {
    if (binding.member === null) return binding
    const whole = evaluate(binding.node, binding.scope)
    if (whole.kind === 'module')
      return expressionOf(whole.module.exported(binding.member), depth + 1)
    return whole.kind === 'object' ? propertyIn(whole, binding.member) : null
  }
  const { from, name } = binding
  return name === null ? null : expressionOf(from()?.exported(name), depth + 1)
}

function readColumn(
  key: string,
  node: Node,
  { node: value, scope }: Located<Node>,
  by: TableFunction,
  place: Place,
): DeclaredColumn & { scope: Scope } {
  const origin = originOf(value, scope)
  const { value: source } = origin
  const isHere = scope.file === place.file
  const at = isHere ? { node, value } : { node: place.node, value: place.node }
  const isOwn = (one: MethodCall) => one.scope.file === place.file
  const elsewhere = !isHere || origin.scope.file !== place.file || !origin.methods.every(isOwn)
  const methods = origin.methods.map((one) => (isOwn(one) ? one : { ...one, property: at.node }))
  const has = (name: string) => methodOf(methods, name) !== undefined
  const call = origin.root.type === 'CallExpression' ? origin.root : null
  const builder = source?.kind === 'builder' && call !== null ? { name: source.name, call } : null
  const identity = methods.some(({ name }) => /^generated(Always|ByDefault)AsIdentity$/.test(name))
  const serial = builder === null ? undefined : coreOf(by.dialect).serials[builder.name]
  const isKnown = source !== null && ['builder', 'enum', 'custom type'].includes(source.kind)
  const written = isKnown ? writtenName(argumentNode(call), origin.scope) : { text: null }
  return {
    key,
    name: written === null ? cased(key, by.casing) : written.text,
    nameGiven: written !== null,
    ...at,
    elsewhere,
    known: isKnown,
    builder,
    methods,
    type: typeOf(origin, has('array') ? 1 : 0, by),
    notNull: has('notNull') || has('primaryKey') || serial !== undefined || identity,
    primaryKey: has('primaryKey'),
    hasDefault:
      serial !== undefined ||
      identity ||
      ['default', 'defaultNow', 'defaultRandom', 'generatedAlwaysAs'].some(has),
    serial: serial !== undefined,
    unsigned:
      serial?.unsigned === true ||
      (call?.arguments.some((given) => isTrue(propertyOf(given, 'unsigned'))) ?? false),
    scope: origin.scope,
  }
}

function argumentNode(call: Node | null): Node | undefined {
  return call?.type === 'CallExpression' ? argument(call, 0) : undefined
}

/** The name given to a builder; null where it got none and the key counts. */
function writtenName(first: Node | undefined, scope: Scope): KnownName | null {
  if (first === undefined || unwrap(first).type === 'ObjectExpression') return null
  const value = evaluate(first, scope)
  if (value.kind === 'object' || value.kind === 'array') return null
  return nameFrom(first, scope)
}

/** A key as a column name, if that does not depend on how the project is configured. */
function cased(key: string, casing: Casing): string | null {
  if (casing === 'snake_case') return snakeCase(key)
  if (casing === 'camelCase') return /^[a-z][a-z0-9]*$/i.test(key) ? key : null
  return key === snakeCase(key) ? key : null
}

function typeOf(origin: Origin, dimensions: number, by: TableFunction): DataType | null {
  const { value, root, scope } = origin
  if (root.type !== 'CallExpression' || value === null) return null
  if (value.kind === 'builder') {
    const { dialect, name } = value
    const labels = coreOf(dialect).labelled.has(name) ? labelsGiven(root, scope) : null
    return builtType(dialect, name, root, dimensions, labels)
  }
  if (value.kind !== 'enum' || value.name.text === null) return null
  const { schema } = value
  if (schema !== null && schema.text === null) return null
  return {
    schema: schema?.text ?? (coreOf(by.dialect).defaultSchema || null),
    name: value.name.text,
    modifiers: [],
    dimensions,
    collation: null,
  }
}

/** The labels that an ENUM is given as its first argument or behind its name; null if one is computed. */
function labelsGiven(call: CallExpression, scope: Scope): readonly string[] | null {
  const lists = [0, 1].flatMap((at) => {
    const list = evaluate(argument(call, at) ?? call, scope)
    return list.kind === 'array' ? [list] : []
  })
  const [list] = lists
  const texts = list?.node.elements.map((element) => element && evaluate(element, list.scope))
  const labels = texts?.flatMap((text) => (text?.kind === 'text' ? [text.text] : []))
  return labels && labels.length === texts?.length ? labels : null
}
