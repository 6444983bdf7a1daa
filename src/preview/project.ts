import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { readRegularFile } from '../disk/readRegularFile.ts'
import { readDrizzleConfigSync } from '../drizzle/find/readConfigSync.ts'
import { dialectSpelled } from '../dialects/registry.ts'
import type { ConfigPath } from '../drizzle/find/paths.ts'
import { fixedPart } from '../drizzle/find/placement.ts'
import type { DrizzleConfigReading } from '../drizzle/find/reading.ts'
import { isSkipped, looksLikeConfig } from '../drizzle/find/scan.ts'
import { EDITOR_DIALECT } from '../editor/engine.ts'
import type { PreviewOptions } from './options.ts'

/** Where the migrations of a schema file are, and how its column names come about. */
export interface SchemaProject {
  /** Absolute. */
  readonly migrations: string
  readonly casing: Casing
}

export type Casing = 'snake_case' | 'camelCase' | null | 'unknown'

/**
 * The project a schema file belongs to: what the rule's options say, else the nearest drizzle config
 * above the file, as far as its text tells.
 *
 * @param file - absolute
 * @param cwd - what the option `migrations` is relative to
 * @returns null where that cannot be told, or the config's schema lies elsewhere
 */
export function projectOf(
  file: string,
  cwd: string,
  options: PreviewOptions,
): SchemaProject | null {
  const { migrations, casing } = options
  if (migrations !== undefined) {
    return {
      migrations: resolve(cwd, migrations),
      casing: casing ?? configured(file)?.casing ?? 'unknown',
    }
  }
  const found = configured(file)
  return found && { ...found, casing: casing ?? found.casing }
}

/** The one project of the configs that stand nearest above a file. */
function configured(file: string): SchemaProject | null {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const configs = existsSync(folder) ? readdirSync(folder).filter(looksLikeConfig) : []
    if (configs.length > 0) {
      const projects = configs.flatMap(
        (name) => projectIn(folder, read(join(folder, name)), file) ?? [],
      )
      const [first] = projects
      return first && projects.every(({ migrations }) => migrations === first.migrations)
        ? first
        : null
    }
    if (folder === dirname(folder) || existsSync(join(folder, '.git'))) return null
  }
}

function projectIn(
  folder: string,
  { dialect, out, schema, casing }: DrizzleConfigReading,
  file: string,
): SchemaProject | null {
  if (dialect.kind === 'value' && dialectSpelled(dialect.value) !== EDITOR_DIALECT) return null
  if (out.kind === 'unreadable' || isSkipped(toPosix(relative(folder, file)))) return null
  const path = out.kind === 'value' ? out.value : DEFAULT_OUT
  const migrations = basesOf(folder)
    .map((base) => join(path.from === 'root' ? folder : base, path.path))
    .find((candidate) => existsSync(candidate))
  if (migrations === undefined) return null
  if (schema.kind === 'value' && !schema.value.some((given) => isBeside(file, given, folder)))
    return null
  const told = casing.kind === 'value' ? casing.value : null
  if (casing.kind === 'unreadable') return { migrations, casing: 'unknown' }
  return { migrations, casing: told === 'snake_case' || told === 'camelCase' ? told : null }
}

const DEFAULT_OUT: ConfigPath = { path: 'drizzle', from: 'working directory' }

/**
 * Whether a file is of a schema: what `schema` names, or in its folder or below. Tables of the same
 * name elsewhere (a script that needs three columns) are none of the schema's.
 */
function isBeside(file: string, { path, from }: ConfigPath, folder: string): boolean {
  const fixed = fixedPart(path)
  return (from === 'root' ? [folder] : basesOf(folder)).some((base) => {
    const place = join(base, fixed)
    const isFolder = statSync(place, { throwIfNoEntry: false })?.isDirectory() === true
    return file.startsWith((isFolder ? place : dirname(place)) + sep)
  })
}

/** Where drizzle-kit may be run: in the config's folder, or in a package or repository around it. */
function basesOf(folder: string): readonly string[] {
  const bases = [folder]
  for (let at = folder; at !== dirname(at) && !existsSync(join(at, '.git'));) {
    at = dirname(at)
    if (existsSync(join(at, 'package.json')) || existsSync(join(at, '.git'))) bases.push(at)
  }
  return bases
}

const readings = new Map<
  string,
  { readonly changed: number; readonly reading: DrizzleConfigReading }
>()

/** Reads a config, once for as long as it does not change. */
function read(path: string): DrizzleConfigReading {
  const changed = statSync(path).mtimeMs
  const kept = readings.get(path)
  if (kept?.changed === changed) return kept.reading
  // Paths are told from its own folder.
  const name = path.slice(path.lastIndexOf(sep) + 1)
  const reading = readDrizzleConfigSync(readRegularFile(path).toString('utf8'), name)
  readings.set(path, { changed, reading })
  return reading
}

function toPosix(path: string): string {
  return path.split(sep).join('/')
}
