import type { CallExpression, Expression, Node, ObjectExpression, SpreadElement } from 'estree'
import type { ReferentialAction } from '../catalog/table.ts'
import { argument, entriesOf, propertyOf, returnedBy, unwrap } from './ast.ts'
import { chainOf, methodOf, rootCall } from './chain.ts'
import { columnReference, elementsOf, ownColumn } from './columnReference.ts'
import { onlyNotNull } from './condition.ts'
import { evaluate, nameFrom, resultWith } from './evaluate.ts'
import type {
  DeclaredForeignKey,
  DeclaredIndex,
  DeclaredKey,
  DeclaredPart,
  ExtrasPlace,
  MethodCall,
} from './model.ts'
import type { Located, Scope } from './value.ts'

/** What a table's third argument declares. */
export interface Extras {
  readonly indexes: DeclaredIndex[]
  readonly keys: DeclaredKey[]
  readonly foreignKeys: DeclaredForeignKey[]
  readonly checks: DeclaredPart[]
  readonly policies: DeclaredPart[]
  known: boolean
  place: ExtrasPlace | null
  /** The table's own call. */
  readonly table: CallExpression
}

/** Reads the third argument of `pgTable`, in both forms: `(t) => [index()…]` and `(t) => ({ … })`. */
export function readExtras(table: CallExpression, scope: Scope): Extras {
  const node = argument(table, 2)
  const extras: Extras = {
    indexes: [],
    keys: [],
    foreignKeys: [],
    checks: [],
    policies: [],
    known: true,
    place: null,
    table,
  }
  if (node === undefined) return extras
  const given = evaluate(node, scope)
  const self = () => ({ value: { kind: 'self' } as const })
  const returned = given.kind === 'function' ? resultWith(given, self) : null
  const value = returned === null ? given : evaluate(returned.node, returned.scope)
  const isList = value.kind === 'array' || value.kind === 'object'
  if (!isList || value.scope.file !== scope.file) return { ...extras, known: false }
  const inPlace = given.kind === 'function' && given.node === unwrap(node)
  const isWritten = inPlace && unwrap(returnedBy(given.node) ?? node) === value.node
  if (isWritten) {
    const [first] = given.node.params
    const parameter = first?.type === 'Identifier' ? first.name : null
    extras.place = { container: value.node, parameter }
  }
  readContainer(value.node, value.scope, extras)
  return extras
}

function readContainer(
  node: Node,
  scope: Scope,
  extras: Extras,
  around: readonly Node[] = [],
): void {
  for (const part of partsOf(node)) {
    if (part === null) continue
    if (part.type !== 'SpreadElement') {
      readPart({ node: part, scope }, extras)
      continue
    }
    const spread = evaluate(part.argument, scope)
    // What another file adds has no place in this one.
    const isList =
      (spread.kind === 'array' || spread.kind === 'object') && spread.scope.file === scope.file
    if (isList && !around.includes(spread.node)) {
      readContainer(spread.node, spread.scope, extras, [...around, node])
    } else {
      extras.known = false
    }
  }
}

function partsOf(node: Node): readonly (Expression | SpreadElement | null)[] {
  if (node.type === 'ArrayExpression') return node.elements
  return entriesOf(node as ObjectExpression).map((entry) =>
    'key' in entry
      ? (entry.property.value as Expression)
      : ({ type: 'SpreadElement', argument: entry.spread } satisfies SpreadElement),
  )
}

function readPart({ node, scope: outer }: Located, extras: Extras): void {
  // drizzle-kit takes no notice of bare SQL.
  if (unwrap(node).type === 'TaggedTemplateExpression') return
  const value = evaluate(node, outer)
  // A call of a function of this file, or a variable, leads to the builder it returns.
  const at = value.kind === 'call' ? value : { node, scope: outer }
  if (at.scope.file !== outer.file) {
    extras.known = false
    return
  }
  const chain = chainOf(at.node, at.scope)
  const call = rootCall(chain)
  const builder = call === null ? null : evaluate(call.callee, chain.scope)
  if (call === null || builder?.kind !== 'builder') {
    extras.known = false
    return
  }
  const { methods, scope } = chain
  const part = {
    name:
      call.arguments.length === 0 ? null : (nameFrom(argument(call, 0), scope).text ?? undefined),
    node: call.callee,
  }
  switch (builder.name) {
    case 'index':
    case 'uniqueIndex':
      extras.indexes.push(readIndex(part, builder.name === 'uniqueIndex', methods, scope))
      break
    case 'unique':
      extras.keys.push({
        ...part,
        kind: 'unique',
        columns: onColumns(methodOf(methods, 'on'), scope),
      })
      break
    case 'primaryKey':
      extras.keys.push(readPrimaryKey(call.arguments, call.callee, scope))
      break
    case 'foreignKey':
      extras.foreignKeys.push(readForeignKey(call, methods, scope, extras.table))
      break
    case 'check':
      extras.checks.push(part)
      break
    default:
      if (/^\w+Policy$/.test(builder.name)) extras.policies.push(part)
      else extras.known = false
  }
}

function onColumns(method: MethodCall | undefined, scope: Scope): (string | null)[] {
  return (method?.call.arguments ?? []).map((node) => ownColumn(node, scope))
}

function readIndex(
  part: DeclaredPart,
  unique: boolean,
  methods: readonly MethodCall[],
  scope: Scope,
): DeclaredIndex {
  const using = methodOf(methods, 'using')
  const given = using === undefined ? undefined : argument(using.call, 0)
  const on = methodOf(methods, 'on') ?? methodOf(methods, 'onOnly')
  // `.using('gin', table.a)` names the method and the columns at once.
  const columns = on ? onColumns(on, scope) : onColumns(using, scope).slice(1)
  const where = methodOf(methods, 'where')
  return {
    ...part,
    unique,
    method: given === undefined ? 'btree' : (nameFrom(given, scope).text ?? 'btree'),
    columns,
    where:
      where === undefined ? null : { onlyNotNull: onlyNotNull(where.call.arguments[0], scope) },
    concurrently: methodOf(methods, 'concurrently') ?? null,
  }
}

function readPrimaryKey(given: readonly Node[], node: Node, scope: Scope): DeclaredKey {
  const [first] = given
  const listed = elementsOf(propertyOf(first, 'columns'), scope)
  // The older form lists the columns as arguments.
  const columns = (listed ?? given).map((column) => ownColumn(column, scope))
  const name = propertyOf(first, 'name')
  return { name: optionalName(name, scope), node, kind: 'primary key', columns }
}

function readForeignKey(
  { arguments: [given], callee: node }: CallExpression,
  methods: readonly MethodCall[],
  scope: Scope,
  own: CallExpression,
): DeclaredForeignKey {
  const value = given === undefined ? null : evaluate(given, scope)
  // The older form gives a function.
  const returned = value?.kind === 'function' ? resultWith(value, () => undefined) : null
  const config = returned?.node ?? given
  const inner = returned?.scope ?? scope
  const columns = elementsOf(propertyOf(config, 'columns'), inner)
  const foreign = elementsOf(propertyOf(config, 'foreignColumns'), inner)
  const targets = foreign?.map((column) => columnReference(column, inner)) ?? []
  const onDelete = methodOf(methods, 'onDelete')?.call.arguments[0]
  const onUpdate = methodOf(methods, 'onUpdate')?.call.arguments[0]
  const table = targets[0]?.table ?? null
  return {
    name: optionalName(propertyOf(config, 'name'), inner),
    node,
    columns: columns?.map((column) => ownColumn(column, inner)) ?? [null],
    references: table === 'self' ? own : table,
    referencedColumns: targets.map((target) => target?.key ?? null),
    ...actions(onDelete, onUpdate),
  }
}

/** The referential actions as literals; null where they are not written or not understood. */
export function actions(
  onDelete: Node | undefined,
  onUpdate: Node | undefined,
): Pick<DeclaredForeignKey, 'onDelete' | 'onUpdate' | 'actions'> {
  const read = (node: Node | undefined) =>
    node?.type === 'Literal' && typeof node.value === 'string'
      ? (node.value as ReferentialAction)
      : null
  const written = [onDelete, onUpdate].filter((node) => node !== undefined)
  return { onDelete: read(onDelete), onUpdate: read(onUpdate), actions: written }
}

function optionalName(node: Node | undefined, scope: Scope): string | null | undefined {
  return node === undefined ? null : (nameFrom(node, scope).text ?? undefined)
}
