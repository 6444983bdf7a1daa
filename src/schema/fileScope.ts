import type {
  Identifier,
  ImportDeclaration,
  Literal,
  Node,
  Program,
  Statement,
  VariableDeclarator,
} from 'estree'
import { unwrap } from './ast.ts'
import { Names, namesOf } from './scope.ts'
import type { SchemaDialect } from '../dialects/core/core.ts'
import { dialectOfModule } from '../dialects/cores.ts'
import { type Binding, type Imports, type Scope, UNKNOWN } from './value.ts'

/** The dialect of a module of drizzle-orm that declares tables; null for any other module. */
export function coreDialect(specifier: unknown): SchemaDialect | null {
  const core =
    typeof specifier === 'string' ? /^drizzle-orm\/([\w-]+)/.exec(specifier)?.[1] : undefined
  return core === undefined ? null : dialectOfModule(core)
}

/** The dialect of what `require('drizzle-orm/pg-core')` brings; null for any other expression. */
export function requiredCore(node: Node): SchemaDialect | null {
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return null
  const [given] = node.arguments
  return node.callee.name === 'require' && given?.type === 'Literal'
    ? coreDialect(given.value)
    : null
}

/** The dialects whose builders a file imports, or requires in a declaration of its top level. */
export function coresOf(program: Program): ReadonlySet<SchemaDialect> {
  const imported = program.body.flatMap((statement) =>
    statement.type === 'ImportDeclaration' ? (coreDialect(statement.source.value) ?? []) : [],
  )
  const required = declaratorsOf(program).flatMap(({ init }) =>
    init ? (requiredCore(unwrap(init)) ?? []) : [],
  )
  return new Set([...imported, ...required])
}

/** A file's own statements without `export` in front of declarations. */
export function declarationsOf(program: Program): readonly (Statement | ImportDeclaration)[] {
  return program.body.flatMap((statement) => {
    if (statement.type === 'ExportNamedDeclaration') return statement.declaration ?? []
    if (
      statement.type === 'ExportDefaultDeclaration' ||
      statement.type === 'ExportAllDeclaration'
    ) {
      return []
    }
    return [statement]
  })
}

/** The variables a file declares at its top level. */
export function declaratorsOf(program: Program): readonly VariableDeclarator[] {
  return declarationsOf(program).flatMap((statement) =>
    statement.type === 'VariableDeclaration' ? statement.declarations : [],
  )
}

/** No identifier: under this name a scope holds the one `…-core` that a file imports. */
export const OWN_CORE = '#core'

/**
 * What the names of a file's top level stand for.
 *
 * @param project - the dialect of its project, which counts where the file imports no `…-core`
 * @param imports - finds what it imports
 */
export function fileScope(
  program: Program,
  project: SchemaDialect | null,
  imports: Imports,
): Scope {
  const names = new Map<string, Binding>()
  const scope = new Names({ file: program, imports }, names)
  for (const statement of declarationsOf(program)) {
    if (statement.type === 'ImportDeclaration') {
      for (const [name, binding] of imported(statement, imports)) names.set(name, binding)
    } else if (statement.type === 'FunctionDeclaration' && statement.id !== null) {
      names.set(statement.id.name, { value: { kind: 'function', node: statement, scope } })
    } else if (statement.type === 'VariableDeclaration') {
      for (const { id, init } of statement.declarations) {
        const bound = namesOf(id, (member) =>
          init ? { node: init, scope, member } : { value: UNKNOWN },
        )
        for (const [name, binding] of bound) names.set(name, binding)
      }
    }
  }
  const dialects = coresOf(program)
  const [dialect = project] = dialects
  if (dialect && dialects.size <= 1) names.set(OWN_CORE, { value: { kind: 'core', dialect } })
  return scope
}

function imported(statement: ImportDeclaration, imports: Imports): [string, Binding][] {
  const specifier = String(statement.source.value)
  return statement.specifiers.map((one) => {
    const name =
      one.type === 'ImportSpecifier'
        ? nameIn(one.imported)
        : one.type === 'ImportDefaultSpecifier'
          ? 'default'
          : null
    return [one.local.name, bindingFrom(specifier, name, imports)]
  })
}

/**
 * What a name of a module is.
 *
 * @param name - null: all of the module
 */
export function bindingFrom(specifier: string, name: string | null, imports: Imports): Binding {
  const dialect = coreDialect(specifier)
  if (dialect === null) return { from: () => imports(specifier), name }
  return {
    value:
      name === null || name === 'default'
        ? { kind: 'core', dialect }
        : { kind: 'builder', dialect, name, casing: null },
  }
}

/** A name of an import or export, which may be written as a string. */
export function nameIn(node: Identifier | Literal): string {
  return node.type === 'Identifier' ? node.name : String(node.value)
}
