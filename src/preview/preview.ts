import { isAbsolute } from 'node:path'
import type { Node, Program } from 'estree'
import type { Rule } from 'eslint'
import { type Catalog, type EnumType, findTable, startDeployment } from '../catalog/catalog.ts'
import type { Change, ChangeBody, Origin } from '../catalog/change.ts'
import { difference, placeChanges } from '../catalog/difference.ts'
import { type QualifiedName, nameKey } from '../catalog/names.ts'
import { subjectKey, subjectOf } from '../catalog/subject.ts'
import { type Table, findConstraint } from '../catalog/table.ts'
import { ProblemError } from '../finding/problem.ts'
import { type CatalogTable, catalogTable } from '../schema/catalogTable.ts'
import type { DeclaredTable, SchemaFile } from '../schema/model.ts'
import { schemaFileOf } from '../editor/schemaFile.ts'
import { coreOf } from '../dialects/cores.ts'
import type { Engine } from '../dialects/dialect.ts'
import type { Session } from '../dialects/effects.ts'
import { dialectsLoadedSync } from '../dialects/loadSync.ts'
import type { DialectName } from '../dialects/names.ts'
import { dialectOf, haveSameSql } from '../dialects/registry.ts'
import { clientsAround } from '../editor/clients.ts'
import { settingsOfMigrations } from '../editor/configuration.ts'
import { sqlEngine } from '../editor/engine.ts'
import { historyOf } from '../editor/history.ts'
import { sessionFor } from '../editor/options.ts'
import { productAround } from '../editor/product.ts'
import { inRun } from '../editor/sameRun.ts'
import { droppedTables } from './droppedTables.ts'
import type { PreviewOptions } from './options.ts'
import { type Casing, projectOf } from './project.ts'
import { targetTable } from './target.ts'

/** What a migration of a schema file, as it stands in the editor, would change. */
export interface Preview {
  /** What the migrations on disk lead to. */
  readonly before: Catalog
  readonly after: Catalog
  /** How the schema differs from what the migrations lead to. */
  readonly changes: readonly Change[]
  /** The same as a migration makes it. */
  readonly planned: readonly Change[]
  readonly engine: Engine
  readonly session: Session
  /** What to underline for a change. */
  nodeOf(change: Change): Node
}

const previews = new WeakMap<Program, Map<string, Preview | null>>()

/**
 * The preview of the file that a rule looks at, made once for all rules.
 *
 * @returns null where there is nothing to compare with: no tables of a dialect whose SQL is judged, no
 *   migrations folder that can be told, migrations that cannot be followed
 */
export function previewOf(context: Rule.RuleContext, options: PreviewOptions): Preview | null {
  const { ast } = context.sourceCode
  const made = previews.get(ast) ?? new Map<string, Preview | null>()
  previews.set(ast, made)
  const key = JSON.stringify(options)
  const known = made.get(key)
  if (known !== undefined) return known
  const { languageOptions, physicalFilename } = context
  const preview = inRun(languageOptions, physicalFilename, () => make(context, options))
  made.set(key, preview)
  return preview
}

function make(context: Rule.RuleContext, options: PreviewOptions): Preview | null {
  const { physicalFilename: path, cwd } = context
  const file = schemaFileOf(context.sourceCode.ast, path)
  // Text without a file (`<input>`) belongs to no project.
  if (!isAbsolute(path)) return null
  const project = projectOf(path, cwd, options, basesIn(file))
  const engine = project && sqlEngine(project.dialect)
  if (project === null || engine === null) return null
  const settings = settingsOfMigrations(project.migrations)
  const clients = clientsAround(path, project.dialect, settings.driver)
  const product = productAround(path, project.dialect, settings.mysql)
  const session = sessionFor(project.dialect, settings, { client: clients.certain, product })
  const migrated = migratedIn(project.migrations, engine, session)
  if (migrated === null) return null
  const own = ofDialect(file, project.dialect)
  const before = startDeployment(migrated.end)
  const { snapshot } = migrated
  const { text } = context.sourceCode
  const gone = droppedTables({ path, text, file }, project.dialect, snapshot)
  const found = comparedWith(before, own, project.casing, gone)
  const asked = new Set(snapshot && comparedWith(snapshot, own, project.casing).bodies.map(keyOf))
  // What drizzle-kit's snapshot has already, no migration will make: the SQL was edited by hand.
  // Of a table that it does not have, only SQL by hand tells: what all of it does must be known.
  const bodies = found.bodies.filter((body) =>
    isIn(snapshot, body) ? asked.has(keyOf(body)) : !before.blind,
  )
  const changes = placeChanges(before, bodies, () => NOWHERE)
  const plan = engine.plan?.(before, bodies)
  const planned = plan ? engine.fold(placeChanges(before, plan, () => NOWHERE)) : changes
  const isRebuilt = planned.some(({ kind }) => kind === 'RebuildTable')
  const driver = session.driver ?? (isRebuilt ? clients.search() : null)
  return {
    before,
    after: changes.at(-1)?.after ?? before,
    changes,
    planned,
    engine,
    session: { ...session, driver, keysOff: isRebuilt && clients.switchesKeysOff() },
    nodeOf: (change) => nodeFor(change, own, found.read) ?? firstOf(context.sourceCode.ast),
  }
}

/** The dialects of a file's tables, as far as their SQL is judged. */
function basesIn({ tables }: SchemaFile): ReadonlySet<string> {
  const exported = tables.flatMap((table) => (table.exported ? [table.dialect] : []))
  return new Set(exported.filter((name) => dialectsLoadedSync.some((known) => known === name)))
}

/** A file as one dialect's drizzle-kit reads it: what it exports of that dialect. */
function ofDialect(file: SchemaFile, dialect: DialectName): SchemaFile {
  const { base } = dialectOf(dialect)
  const isOwn = (one: { dialect: string; exported: boolean }) =>
    one.dialect === base && one.exported
  return { ...file, tables: file.tables.filter(isOwn), objects: file.objects.filter(isOwn) }
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
function migratedIn(folder: string, engine: Engine, session: Session): Migrated | null {
  try {
    const history = historyOf(folder)
    const stated = history.dialects.journal ?? history.dialects.snapshot
    const isForeign =
      stated === null ? history.looksForeign(engine) : !haveSameSql(stated, engine.dialect)
    if (isForeign) return null
    const end = history.end(engine, session)
    const snapshot = history.snapshot(engine)
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
  const { defaultSchema } = coreOf(declared.dialect)
  const name = { schema: declared.schema ?? defaultSchema, name: declared.name ?? '' }
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
  for (const { kind, name, schema, labels, dialect } of objects) {
    if (kind !== 'enum' || name === null || labels === null) continue
    const type = { schema: schema ?? coreOf(dialect).defaultSchema, name }
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
  gone: readonly QualifiedName[] = [],
): { readonly bodies: readonly ChangeBody[]; readonly read: readonly ReadTable[] } {
  const read = file.tables.flatMap((table) => readTable(table, file, casing, from) ?? [])
  const known = withEnums(from, file)
  const targets = read.map(
    ({ table, existing }) => [nameKey(table), targetTable(table, existing, cutBy(file))] as const,
  )
  const tables = new Map([...known.tables, ...targets])
  for (const table of gone) tables.delete(nameKey(table))
  const all = difference(from, { ...known, tables })
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
  if (subject?.kind === 'table') {
    return read.find(({ table }) => nameKey(table) === nameKey(subject.name))?.origin.table
  }
  const origin = tableOf(body, read)?.origin
  if (origin === undefined || subject === null || body.kind === 'DropColumn') return origin?.table
  const { name } = subject.name
  const part = subject.kind === 'column' ? origin.columns.get(name)?.node : origin.parts.get(name)
  return part ?? origin.table
}

/** What is gone altogether is shown at the start of the file. */
function firstOf(program: Program): Node {
  return program.body[0] ?? program
}

/** There is no SQL yet. */
const NOWHERE: Origin = {
  start: 0,
  end: 0,
  chunk: { start: 0, end: 0 },
  migration: '',
  file: '',
  statement: 0,
  guarded: false,
  placeOf: () => null,
}

/** What becomes of names that are too long. */
function cutBy({ tables }: SchemaFile): (name: string) => string {
  const [table] = tables
  const core = table ? coreOf(table.dialect) : null
  return (name) => core?.cut(name) ?? name
}
