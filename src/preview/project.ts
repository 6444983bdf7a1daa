import { existsSync, statSync } from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import { relativePath } from '../finding/relativePath.ts'
import type { DialectName } from '../dialects/names.ts'
import { dialectOf, dialectSpelled } from '../dialects/registry.ts'
import type { ConfigPath } from '../drizzle/find/paths.ts'
import { fixedPart } from '../drizzle/find/placement.ts'
import type { DrizzleConfigReading } from '../drizzle/find/reading.ts'
import { isSkipped } from '../drizzle/find/scan.ts'
import { basesOf, nearestConfigs } from '../editor/drizzleConfigs.ts'
import { isOfConfigured } from '../editor/schemaMembership.ts'
import type { PreviewOptions } from './options.ts'

/** Where the migrations of a schema file are, and how its column names come about. */
export interface SchemaProject {
  /** Absolute. */
  readonly migrations: string
  readonly dialect: DialectName
  readonly casing: Casing
}

export type Casing = 'snake_case' | 'camelCase' | null | 'unknown'

/**
 * The project a schema file belongs to: what the rule's options say, else the nearest drizzle config
 * above the file, as far as its text tells.
 *
 * @param file - absolute
 * @param cwd - what the option `migrations` is relative to
 * @param bases - the dialects of the file's tables that are judged, `Dialect.base` of each
 * @returns null where that cannot be told, or the config's schema lies elsewhere
 */
export function projectOf(
  file: string,
  cwd: string,
  options: PreviewOptions,
  bases: ReadonlySet<string>,
): SchemaProject | null {
  const { migrations, casing } = options
  if (migrations !== undefined) {
    const near = configured(file, bases)
    const dialect = near?.dialect ?? onlyOf(bases)
    return dialect === null
      ? null
      : {
          migrations: resolve(cwd, migrations),
          dialect,
          casing: casing ?? near?.casing ?? 'unknown',
        }
  }
  const found = configured(file, bases)
  return found && { ...found, casing: casing ?? found.casing }
}

/** The one project of the configs that stand nearest above a file. */
function configured(file: string, bases: ReadonlySet<string>): SchemaProject | null {
  const nearest = nearestConfigs(file)
  if (nearest === null) return null
  const { folder, readings } = nearest
  const projects = readings.flatMap((reading) => projectIn(folder, reading, file, bases) ?? [])
  const [first] = projects
  return first && projects.every(({ migrations }) => migrations === first.migrations) ? first : null
}

function projectIn(
  folder: string,
  { dialect, out, schema, casing }: DrizzleConfigReading,
  file: string,
  bases: ReadonlySet<string>,
): SchemaProject | null {
  const told = dialect.kind === 'value' ? dialectSpelled(dialect.value) : onlyOf(bases)
  if (told === null || !bases.has(dialectOf(told).base)) return null
  if (out.kind === 'unreadable' || isSkipped(relativePath(folder, file))) return null
  const path = out.kind === 'value' ? out.value : DEFAULT_OUT
  const migrations = basesOf(folder)
    .map((base) => join(path.from === 'root' ? folder : base, path.path))
    .find((candidate) => existsSync(candidate))
  if (migrations === undefined) return null
  if (schema.kind === 'value') {
    const isOwn = isOfConfigured(file, schema.value, folder)
    const isNear = () => schema.value.some((given) => isBeside(file, given, folder))
    if (isOwn === false || (isOwn === null && !isNear())) return null
  }
  const project = { migrations, dialect: told }
  if (casing.kind === 'unreadable') return { ...project, casing: 'unknown' }
  const written = casing.kind === 'value' ? casing.value : null
  const isCasing = written === 'snake_case' || written === 'camelCase'
  return { ...project, casing: isCasing ? written : null }
}

/** The one dialect that a file's tables are of. */
function onlyOf(bases: ReadonlySet<string>): DialectName | null {
  const [base = '', ...others] = bases
  return others.length === 0 ? dialectSpelled(base) : null
}

const DEFAULT_OUT: ConfigPath = { path: 'drizzle', from: 'working directory' }

/**
 * Where the files of a schema cannot all be followed: whether a file is in the folder of what
 * `schema` names, or below. Tables of the same name elsewhere are none of the schema's.
 */
function isBeside(file: string, { path, from }: ConfigPath, folder: string): boolean {
  const fixed = fixedPart(path)
  return (from === 'root' ? [folder] : basesOf(folder)).some((base) => {
    const place = join(base, fixed)
    const isFolder = statSync(place, { throwIfNoEntry: false })?.isDirectory() === true
    return file.startsWith((isFolder ? place : dirname(place)) + sep)
  })
}
