import type { ImportDeclaration, ImportSpecifier, Program } from 'estree'
import { rangeOf } from '../../schema/ast.ts'
import { coreDialect } from '../../schema/fileScope.ts'
import type { SchemaDialect } from '../../dialects/core/core.ts'

/** How a file can call one of drizzle's builders, and what has to be inserted for that. */
export interface ImportedBuilder {
  /** `index`, `pg.index`, or the name it was renamed to. */
  readonly callee: string
  readonly insertion: { readonly at: number; readonly text: string } | null
}

/**
 * Finds a builder among a file's imports, or the place to import it.
 *
 * @returns null if there is no import of that dialect to add it to, or its name is taken
 */
export function importBuilder(
  program: Program,
  dialect: SchemaDialect,
  name: string,
  isTaken: (name: string) => boolean,
): ImportedBuilder | null {
  const imports = program.body.filter(
    (statement): statement is ImportDeclaration =>
      statement.type === 'ImportDeclaration' &&
      coreDialect(statement.source.value) === dialect &&
      (statement as { importKind?: string }).importKind !== 'type',
  )
  const specifiers = imports.flatMap((statement) => statement.specifiers)
  const named = specifiers.filter((specifier) => specifier.type === 'ImportSpecifier')
  const present = named.find(
    ({ imported }) => imported.type === 'Identifier' && imported.name === name,
  )
  if (present !== undefined) return { callee: present.local.name, insertion: null }
  const namespace = specifiers.find(({ type }) => type !== 'ImportSpecifier')
  if (namespace !== undefined) return { callee: `${namespace.local.name}.${name}`, insertion: null }
  const last = named.at(-1)
  if (last === undefined || isTaken(name)) return null
  return { callee: name, insertion: { at: rangeOf(last)[1], text: separator(named) + name } }
}

/** A comma and what stands between the last two names: a space, or a line of their own. */
function separator(named: readonly ImportSpecifier[]): string {
  const [before, last] = named.slice(-2)
  const lineOf = (specifier: ImportSpecifier | undefined) => specifier?.loc?.start.line
  const ownLine = last !== undefined && before !== undefined && lineOf(before) !== lineOf(last)
  return ownLine ? `,\n${' '.repeat(last.loc?.start.column ?? 2)}` : ', '
}
