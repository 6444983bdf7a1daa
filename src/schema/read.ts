import type { CallExpression, Expression, Node, Program } from 'estree'
import { argument, unwrap } from './ast.ts'
import { chainOf, methodOf, rootCall } from './chain.ts'
import { elementsOf } from './columnReference.ts'
import { evaluate, nameFrom } from './evaluate.ts'
import { type Exports, exportsOf } from './exported.ts'
import { coresOf, declaratorsOf, fileScope } from './fileScope.ts'
import type { DeclaredObject, DeclaredTable, SchemaFile } from './model.ts'
import { readTable } from './tables.ts'
import type { SchemaDialect } from '../dialects/core/core.ts'
import type { Imports, Value, Scope } from './value.ts'

const read = new WeakMap<Program, SchemaFile>()

/**
 * What a file declares, read once however many rules ask.
 *
 * @param program - the file as ESTree with TypeScript, from any parser; nothing but `type`, `range`
 *   and the nodes themselves is used
 * @param dialect - of the project, for files that import builders only from files of its own; without
 *   it such a file declares nothing
 * @param imports - finds the files of the project that it imports; without it they are not known
 */
export function readSchema(
  program: Program,
  dialect: SchemaDialect | null = null,
  imports: Imports = () => null,
): SchemaFile {
  const known = read.get(program)
  if (known !== undefined) return known
  const file = readProgram(program, dialect, imports)
  read.set(program, file)
  return file
}

function readProgram(
  program: Program,
  dialect: SchemaDialect | null,
  imports: Imports,
): SchemaFile {
  if (dialect === null && coresOf(program).size === 0 && !mayDeclare(program)) return NOTHING
  const scope = fileScope(program, dialect, imports)
  const exported = exportsOf(program)
  const tables = new Map<CallExpression, DeclaredTable>()
  const objects: DeclaredObject[] = []
  const linkedPolicies = new Set<CallExpression | 'some'>()
  for (const { node, name } of expressionsOf(program)) {
    const value = evaluate(node, scope)
    if (value.kind === 'table') {
      if (!tables.has(value.call))
        tables.set(value.call, tableAt(value, node, name, exported, scope))
    } else if (name !== null && unwrap(node).type === 'CallExpression') {
      const object = objectOf(value, name, exported, labelsOf(node, scope))
      if (object !== null) objects.push(object)
    }
    const linked = linkOf(node, scope)
    if (linked !== null) linkedPolicies.add(linked)
  }
  return {
    tables: [...tables.values()],
    objects,
    linkedPolicies,
    exportsAnything: exported.any,
    table: (call) => tables.get(call),
  }
}

/** Whether a file looks as if functions of another file declare tables in it: `createTable('users', …)`. */
export function mayDeclare(program: Program): boolean {
  return declaratorsOf(program).some(({ init }) => {
    const call = init ? unwrap(init) : null
    if (call?.type !== 'CallExpression') return false
    const callee = unwrap(call.callee)
    const name = callee.type === 'MemberExpression' ? callee.property : callee
    return name.type === 'Identifier' && /table|enum|view|schema|sequence/i.test(name.name)
  })
}

const NOTHING: SchemaFile = {
  tables: [],
  objects: [],
  linkedPolicies: new Set(),
  exportsAnything: false,
  table: () => undefined,
}

/** The expressions of the top level: what variables hold, what is exported by default. */
function expressionsOf(
  program: Program,
): { node: Expression; name: (Node & { name: string }) | null }[] {
  const declared = declaratorsOf(program).flatMap(({ id, init }) =>
    init ? [{ node: init, name: id.type === 'Identifier' ? id : null }] : [],
  )
  const byDefault = program.body.flatMap((statement) =>
    statement.type === 'ExportDefaultDeclaration' && /Expression$/.test(statement.declaration.type)
      ? [{ node: statement.declaration as Expression, name: null }]
      : [],
  )
  return [...declared, ...byDefault]
}

function tableAt(
  value: Value & { kind: 'table' },
  node: Expression,
  id: (Node & { name: string }) | null,
  exported: Exports,
  scope: Scope,
): DeclaredTable {
  return readTable(value, {
    node: id ?? value.call.callee,
    variable: id?.name ?? null,
    // Without a variable it is the default export.
    exported: id === null || exported.has(id.name),
    rowSecurity: methodOf(chainOf(node, scope).methods, 'enableRLS') !== undefined,
  })
}

function objectOf(
  value: Value,
  id: Node & { name: string },
  exported: Exports,
  labels: readonly string[] | null,
): DeclaredObject | null {
  const common = { variable: id.name, node: id, exported: exported.has(id.name), labels: null }
  switch (value.kind) {
    case 'enum':
    case 'sequence':
    case 'view': {
      const { kind, dialect, name, schema } = value
      const isTold = schema === null || schema.text !== null
      return {
        ...common,
        kind,
        dialect,
        name: name.text,
        schema: schema === null ? null : (schema.text ?? undefined),
        labels: kind === 'enum' && isTold ? labels : null,
      }
    }
    case 'schema': {
      const { dialect, name } = value
      return { ...common, kind: 'schema', dialect, name: name.text, schema: name.text ?? undefined }
    }
    default:
      return null
  }
}

/** The list of strings that `pgEnum(name, labels)` is given. */
function labelsOf(node: Node, scope: Scope): readonly string[] | null {
  const call = unwrap(node)
  const given = call.type === 'CallExpression' ? argument(call, 1) : undefined
  const labels = elementsOf(given, scope)?.map((label) => nameFrom(label, scope).text)
  return labels?.every((label) => label !== null) ? labels : null
}

/** The table that `pgPolicy(…).link(table)` names. */
function linkOf(node: Node, scope: Scope): CallExpression | 'some' | null {
  const chain = chainOf(node, scope)
  const call = rootCall(chain)
  const link = methodOf(chain.methods, 'link')
  if (call === null || link === undefined) return null
  const builder = evaluate(unwrap(call.callee), scope)
  if (builder.kind !== 'builder' || !/^\w+Policy$/.test(builder.name)) return null
  const [target] = link.call.arguments
  const table = target === undefined ? null : evaluate(target, scope)
  return table?.kind === 'table' ? table.call : 'some'
}
