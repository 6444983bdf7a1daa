import { posix } from 'node:path'
import type { Node, Program } from 'estree'
import type { QualifiedName } from '../catalog/names.ts'
import type { Range } from '../finding/finding.ts'
import { moduleCandidates } from '../static/moduleCandidates.ts'
import { loadModuleParser } from '../static/parser.ts'
import { rangeOf, unwrap } from './ast.ts'
import { snakeCase } from './casing.ts'
import type { DeclaredColumn, DeclaredObject, DeclaredTable } from './model.ts'
import { parseSchemaFile } from './parse.ts'
import { importedModule } from './importedModule.ts'
import { readSchema } from './read.ts'
import type { ImportedModule, Imports } from './value.ts'
import type { SchemaDialect } from '../dialects/core/core.ts'
import { coreOf } from '../dialects/cores.ts'

/** A file as the reader takes it. */
export interface SchemaText {
  /** Relative to the root; it names the place of a declaration. */
  readonly path: string
  readonly text: string
}

/** Something of the database that a schema file declares at its top level. */
export interface Declaration {
  readonly kind: 'table' | DeclaredObject['kind']
  /** As the database knows it. A schema is `{ schema: 'auth', name: '' }`, as in the catalog. */
  readonly name: QualifiedName
  /** Whether schema and name are told by the files; else code that is not among them has a part in it. */
  readonly isCertain: boolean
  /** Whether drizzle-kit can see it. */
  readonly isExported: boolean
  readonly file: string
  /** What to underline: the variable. */
  readonly range: Range
  /** Of a table. */
  readonly columns: readonly ColumnPlace[]
}

export interface ColumnPlace {
  /** What the database may call it: without a name in its builder the project's casing decides. */
  readonly names: readonly string[]
  /** `email: text().notNull()` */
  readonly range: Range
}

/**
 * What the schema files of a project declare, read without running them.
 *
 * @param dialect - of the project: tables are recognized by it where a file imports their builder
 *   from one of the project's own
 * @returns nothing of a file that does not parse
 */
export async function readDeclarations(
  files: readonly SchemaText[],
  dialect: SchemaDialect,
): Promise<readonly Declaration[]> {
  const parse = await loadModuleParser()
  const programs = new Map(
    files.flatMap(({ path, text }) => {
      const program = parseSchemaFile(parse, path, text)
      return program === null ? [] : [[path, program] as const]
    }),
  )
  const imports = importsAmong(programs)
  return [...programs].flatMap(([path, program]) => {
    const { tables, objects } = readSchema(program, dialect, imports(path))
    const ofFile = [
      ...objects.flatMap((object) => objectDeclaration(object) ?? []),
      ...tables.flatMap((table) => tableDeclaration(table) ?? []),
    ]
    return ofFile
      .map((declaration) => ({ ...declaration, file: path }))
      .sort((a, b) => a.range.start - b.range.start)
  })
}

/** What some files import of each other by relative paths. */
function importsAmong(programs: ReadonlyMap<string, Program>): (path: string) => Imports {
  const modules = new Map<string, ImportedModule>()
  const imports = (path: string): Imports => {
    return (specifier) => {
      if (!specifier.startsWith('.')) return null
      const target = posix.join(posix.dirname(path), specifier)
      const found = moduleCandidates(target).find((one) => programs.has(one))
      if (found === undefined) return null
      const known = modules.get(found) ?? importedModule(programs.get(found)!, imports(found))
      modules.set(found, known)
      return known
    }
  }
  return imports
}

/**
 * The declaration of an object of the database: of its very name, else one that code of another file
 * may have given that name (`createTable('users')` makes `shop_users`).
 */
export function findDeclaration(
  declarations: readonly Declaration[],
  kind: Declaration['kind'],
  { schema, name }: QualifiedName,
): Declaration | undefined {
  const ofKind = declarations
    .filter((one) => one.kind === kind)
    .sort((a, b) => Number(b.isExported) - Number(a.isExported))
  const certain = ofKind.find(
    (one) => one.isCertain && one.name.schema === schema && one.name.name === name,
  )
  if (certain !== undefined) return certain
  const others = ofKind.filter(({ isCertain }) => !isCertain)
  return (
    others.find((one) => one.name.name === name) ??
    others.find((one) => one.name.name !== '' && name.endsWith(`_${one.name.name}`))
  )
}

type Found = Omit<Declaration, 'file'>

function tableDeclaration(table: DeclaredTable): Found | null {
  const written = table.name ?? table.writtenName
  if (written === null) return null
  return {
    kind: 'table',
    name: { schema: table.schema ?? coreOf(table.dialect).defaultSchema, name: written },
    isCertain: table.name !== null && table.schema !== undefined,
    isExported: table.exported,
    range: placeOf(table.node),
    columns: table.columns.map(columnPlace),
  }
}

function objectDeclaration(object: DeclaredObject): Found | null {
  const { kind, name, schema, dialect } = object
  if (name === null) return null
  const isSchema = kind === 'schema'
  return {
    kind,
    name: isSchema
      ? { schema: name, name: '' }
      : { schema: schema ?? coreOf(dialect).defaultSchema, name },
    isCertain: schema !== undefined,
    isExported: object.exported,
    range: placeOf(object.node),
    columns: [],
  }
}

function columnPlace({ key, name, nameGiven, node, value }: DeclaredColumn): ColumnPlace {
  const written = nameGiven ? (name ?? textGiven(value)) : null
  const names = written === null ? [...new Set([name ?? key, key, snakeCase(key)])] : [written]
  const [start] = rangeOf(node)
  return { names, range: { start, end: Math.max(rangeOf(node)[1], rangeOf(value)[1]) } }
}

/** The text that a chain of calls starts with, whatever is called: `vector('embedding').notNull()`. */
function textGiven(node: Node): string | null {
  let at = unwrap(node)
  while (at.type === 'CallExpression') {
    const callee = unwrap(at.callee)
    const on = callee.type === 'MemberExpression' ? unwrap(callee.object) : null
    if (on?.type !== 'CallExpression') {
      const [first] = at.arguments
      return first?.type === 'Literal' && typeof first.value === 'string' ? first.value : null
    }
    at = on
  }
  return null
}

function placeOf(node: Node): Range {
  const [start, end] = rangeOf(node)
  // A variable with a type (`users: PgTable`) is underlined without it.
  return { start, end: node.type === 'Identifier' ? start + node.name.length : end }
}
