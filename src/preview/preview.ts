import { isAbsolute } from 'node:path'
import type { Node, Program } from 'estree'
import type { Rule } from 'eslint'
import { type Catalog, type EnumType, findTable, startDeployment } from '../catalog/catalog.ts'
import type { Change, ChangeBody, Origin } from '../catalog/change.ts'
import { difference, placeChanges } from '../catalog/difference.ts'
import { DEFAULT_SCHEMA, type QualifiedName, nameKey } from '../catalog/names.ts'
import { subjectKey, subjectOf } from '../catalog/subject.ts'
import { type Table, findConstraint } from '../catalog/table.ts'
import { ProblemError } from '../finding/problem.ts'
import { type CatalogTable, catalogTable } from '../schema/catalogTable.ts'
import type { DeclaredTable, SchemaFile } from '../schema/model.ts'
import { readSchema } from '../schema/read.ts'
import { EDITOR_DIALECT, sqlEngine } from '../editor/engine.ts'
import { historyOf } from '../editor/history.ts'
import { sessionFor } from '../editor/options.ts'
import type { PreviewOptions } from './options.ts'
import { type Casing, projectOf } from './project.ts'
import { targetTable } from './target.ts'

/** What a migration of a schema file, as it stands in the editor, would change. */
export interface Preview {
  /** What the migrations on disk lead to. */
  readonly before: Catalog
  readonly after: Catalog
  readonly changes: readonly Change[]
  /** What to underline for a change. */
  nodeOf(change: Change): Node
}

const previews = new WeakMap<Program, Map<string, Preview | null>>()

/**
 * The preview of the file that a rule looks at, made once for all rules.
 *
 * @returns null where there is nothing to compare with: no PostgreSQL tables, no migrations folder
 *   that can be told, migrations that cannot be followed
 */
export function previewOf(context: Rule.RuleContext, options: PreviewOptions): Preview | null {
  const { ast } = context.sourceCode
  const made = previews.get(ast) ?? new Map<string, Preview | null>()
  previews.set(ast, made)
  const key = JSON.stringify(options)
  const known = made.get(key)
  if (known !== undefined) return known
  const preview = make(context, options)
  made.set(key, preview)
  return preview
}

function make(context: Rule.RuleContext, options: PreviewOptions): Preview | null {
  const file = readSchema(context.sourceCode.ast)
  const { physicalFilename: path, cwd } = context
  // Text without a file (`<input>`) belongs to no project.
  if (!isAbsolute(path) || !file.tables.some(isCompared)) return null
  const project = projectOf(path, cwd, options)
  const migrated = project && migratedIn(project.migrations)
  if (project === null || migrated === null) return null
  const before = startDeployment(migrated.end)
  const found = comparedWith(before, file, project.casing)
  const { snapshot } = migrated
  const asked = new Set(snapshot && comparedWith(snapshot, file, project.casing).bodies.map(keyOf))
  // What drizzle-kit's snapshot has already, no migration will make: the SQL was edited by hand.
  // Of a table that it does not have, only SQL by hand tells: what all of it does must be known.
  const bodies = found.bodies.filter((body) =>
    isIn(snapshot, body) ? asked.has(keyOf(body)) : !before.blind,
  )
  const places = bodies.map((body) => nodeFor(body, file, found.read))
  const changes = placeChanges(before, bodies, (body) => originAt(bodies.indexOf(body)))
  return {
    before,
    after: changes.at(-1)?.after ?? before,
    changes,
    nodeOf: ({ origin }) => places[origin.statement] ?? context.sourceCode.ast,
  }
}

function isCompared({ dialect, exported }: { dialect: string; exported: boolean }): boolean {
  return dialect === EDITOR_DIALECT && exported
}

function keyOf(body: ChangeBody): string {
  const subject = subjectOf(body)
  return subject === null ? body.kind : subjectKey(subject)
}

function isIn(snapshot: Catalog | null, body: ChangeBody): boolean {
  const subject = subjectOf(body)
  if (snapshot === null || subject === null) return false
  return subject.table === null
    ? snapshot.enums.has(nameKey(subject.name))
    : snapshot.tables.has(nameKey(subject.table))
}

interface Migrated {
  /** The database as the migrations leave it. */
  readonly end: Catalog
  readonly snapshot: Catalog | null
}

/** null where the migrations cannot be followed, and no snapshot tells what they do. */
function migratedIn(folder: string): Migrated | null {
  try {
    const history = historyOf(folder)
    if (history.isForeign()) return null
    const end = history.end(sqlEngine(), sessionFor({}))
    const snapshot = history.snapshot(sqlEngine())
    const isKnown = end?.blind === false || snapshot?.isLast === true
    return end !== null && isKnown ? { end, snapshot: snapshot?.catalog ?? null } : null
  } catch (error) {
    // A journal that cannot be read is the migrations' concern.
    if (error instanceof ProblemError) return null
    throw error
  }
}

interface ReadTable extends CatalogTable {
  readonly existing: Table
}

/** A table that the migrations have made already; without a config to say so, in the casing that fits. */
function readTable(
  declared: DeclaredTable,
  file: SchemaFile,
  casing: Casing,
  before: Catalog,
): ReadTable | null {
  const name = { schema: declared.schema ?? DEFAULT_SCHEMA, name: declared.name ?? '' }
  const existing = findTable(before, name)
  if (!existing?.complete) return null
  const casings = casing === 'unknown' ? ([null, 'snake_case', 'camelCase'] as const) : [casing]
  const [best] = casings
    .flatMap(
      (casing) =>
        catalogTable(declared, file, { casing, createdIn: before.deployment, existing }) ?? [],
    )
    .map((found) => ({ ...found, existing, unknown: unknownColumns(found.table, existing) }))
    .sort((a, b) => a.unknown - b.unknown)
  return best ?? null
}

function unknownColumns({ columns }: Table, existing: Table): number {
  return columns.filter(({ name }) => !existing.columns.some((column) => column.name === name))
    .length
}

/** The catalog with the enums, and the labels of enums, that the file has more. */
function withEnums(before: Catalog, { objects }: SchemaFile): Catalog {
  const enums = new Map(before.enums)
  for (const { kind, name, schema, labels } of objects.filter(isCompared)) {
    if (kind !== 'enum' || name === null || labels === null) continue
    const type = { schema: schema ?? DEFAULT_SCHEMA, name }
    const old = enums.get(nameKey(type)) ?? newEnum(type, before)
    // Labels that go, or move, are drizzle-kit's to ask about.
    const added = labels.filter((label) => old.labels.every((known) => known !== label))
    if (added.length > 0) enums.set(nameKey(type), { ...old, labels: [...old.labels, ...added] })
  }
  return { ...before, enums }
}

function newEnum(type: QualifiedName, { deployment, transaction }: Catalog): EnumType {
  return { ...type, labels: [], createdIn: deployment, createdBy: transaction, added: [] }
}

/** How the tables of the file differ from those of a catalog. */
function comparedWith(
  from: Catalog,
  file: SchemaFile,
  casing: Casing,
): { readonly bodies: readonly ChangeBody[]; readonly read: readonly ReadTable[] } {
  const declared = file.tables.filter(isCompared)
  const read = declared.flatMap((table) => readTable(table, file, casing, from) ?? [])
  const known = withEnums(from, file)
  const targets = read.map(
    ({ table, existing }) => [nameKey(table), targetTable(table, existing)] as const,
  )
  const all = difference(from, { ...known, tables: new Map([...known.tables, ...targets]) })
  return { bodies: all.filter((body) => isTold(body, all, from, read)), read }
}

/** Whether the file is to be believed about a difference. */
function isTold(
  body: ChangeBody,
  all: readonly ChangeBody[],
  before: Catalog,
  read: readonly ReadTable[],
): boolean {
  // A table that is not there yet has no rows to check against.
  if (body.kind === 'AddForeignKey') return findTable(before, body.key.references) !== undefined
  if (body.kind !== 'DropConstraint' && body.kind !== 'DropIndex') return true
  if (isDrizzles(body, before) && tableOf(body, read)?.partsComplete) return true
  return all.some((other) => other !== body && keyOf(other) === keyOf(body))
}

function tableOf(body: ChangeBody, read: readonly ReadTable[]): ReadTable | undefined {
  const of = subjectOf(body)?.table
  return of ? read.find(({ table }) => nameKey(table) === nameKey(of)) : undefined
}

/** Keys stand in a schema; checks and indexes are often made by hand, in SQL alone. */
function isDrizzles(body: ChangeBody, before: Catalog): boolean {
  if (body.kind !== 'DropConstraint') return false
  return findConstraint(findTable(before, body.table), body.constraint)?.type !== 'check'
}

/** What brought a change about: what is gone can only be shown on its table. */
function nodeFor(body: ChangeBody, file: SchemaFile, read: readonly ReadTable[]): Node | undefined {
  const subject = subjectOf(body)
  if (subject?.kind === 'enum')
    return file.objects.find(({ kind, name }) => kind === 'enum' && name === subject.name.name)
      ?.node
  const origin = tableOf(body, read)?.origin
  if (origin === undefined || subject === null || body.kind === 'DropColumn') return origin?.table
  const { name } = subject.name
  const part = subject.kind === 'column' ? origin.columns.get(name)?.node : origin.parts.get(name)
  return part ?? origin.table
}

/** There is no SQL yet: a change is known by its number. */
function originAt(statement: number): Origin {
  const chunk = { start: 0, end: 0 }
  return {
    ...chunk,
    migration: '',
    file: '',
    statement,
    chunk,
    guarded: false,
    placeOf: () => null,
  }
}
