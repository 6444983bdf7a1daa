import { existsSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import type { Config, ProjectConfig } from '../config/config.ts'
import { CONFIG_FILES, findConfig } from '../config/find.ts'
import { parseJson } from '../config/json.ts'
import type { ConfigurableRule } from '../config/plugins.ts'
import { isObject } from '../config/shape.ts'
import { validateConfig } from '../config/validate.ts'
import { readRegularFile } from '../disk/readRegularFile.ts'
import { ProblemError } from '../finding/problem.ts'
import { dataOf } from '../static/data.ts'
import { defaultExport } from '../static/exported.ts'
import { loadModuleParserSync } from '../static/parser.ts'
import { basesOf, readConfig } from './drizzleConfigs.ts'
import { stampsOf } from './stamps.ts'

/** The command line's configuration, and the folder its paths start from. */
export interface EditorConfiguration {
  readonly root: string
  readonly config: Config
}

/** What a configuration file says, before anybody has looked whether it is right. */
interface Written {
  readonly value: unknown
  readonly file: string
}

const kept = new Map<string, { readonly stamps: string; readonly written: Written | null }>()

/**
 * The configuration of the repository around a folder, as far as it can be read without running it:
 * JSON, package.json, a module that is one literal. What cannot be read so, or is wrong, counts as
 * absent here: the command line says what is wrong with it.
 *
 * @param folder - absolute
 * @param rules - every rule that it may name
 */
export function configurationAround(
  folder: string,
  rules: readonly ConfigurableRule[],
): EditorConfiguration {
  const root = rootAbove(folder)
  const written = writtenAt(root)
  return { root, config: validated(written, rules) }
}

/**
 * What the configuration says of the project that some migrations belong to, whatever rules it names.
 *
 * @param migrations - their folder, absolute
 */
export function settingsOfMigrations(migrations: string): ProjectConfig {
  const root = rootAbove(migrations)
  const written = writtenAt(root)
  const projects = isObject(written?.value) ? written.value.projects : undefined
  const config = projects === undefined ? {} : validated({ ...written!, value: { projects } }, [])
  return projectSettings({ root, config }, join(migrations, 'any.sql'))
}

function writtenAt(root: string): Written | null {
  const watched = [...CONFIG_FILES, 'package.json'].map((name) => join(root, name))
  const stamps = stampsOf(watched)
  const known = kept.get(root)
  if (known?.stamps === stamps) return known.written
  const written = unlessProblem(() => read(root)) ?? null
  kept.set(root, { stamps, written })
  return written
}

function validated(written: Written | null, rules: readonly ConfigurableRule[]): Config {
  if (written === null) return {}
  return unlessProblem(() => validateConfig(written.value, written.file, rules)) ?? {}
}

/** The top of the repository around a folder; the folder itself where there is none. */
export function rootAbove(folder: string): string {
  for (let at = folder; at !== dirname(at); at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at
  }
  return folder
}

function read(root: string): Written | null {
  const source = findConfig(root)
  if (source === null) return null
  const { file } = source
  if (source.kind === 'package') return { value: source.value, file }
  const text = readRegularFile(join(root, file)).toString('utf8')
  if (file.endsWith('.json')) return { value: parseJson(text, file), file }
  const literal = dataOf(defaultExport(loadModuleParserSync(), text, file, 'certain'))
  return 'data' in literal ? { value: literal.data, file } : null
}

function unlessProblem<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch (error) {
    if (error instanceof ProblemError) return undefined
    throw error
  }
}

/**
 * What the configuration says of the project that a migration belongs to.
 *
 * @param file - absolute
 */
export function projectSettings(
  { root, config }: EditorConfiguration,
  file: string,
): ProjectConfig {
  const projects = config.projects ?? []
  return projects.find((project) => foldersOf(root, project).some((one) => isIn(file, one))) ?? {}
}

/** Where the migrations of a project may be. */
function foldersOf(root: string, { out, config }: ProjectConfig): readonly string[] {
  if (out !== undefined) return [join(root, out)]
  if (config === undefined || !existsSync(join(root, config))) return []
  const folder = dirname(join(root, config))
  const told = readConfig(join(root, config)).out
  if (told.kind === 'unreadable') return []
  const path = told.kind === 'value' ? told.value.path : 'drizzle'
  return basesOf(folder).map((base) => join(base, path))
}

function isIn(file: string, folder: string): boolean {
  return file.startsWith(folder + sep)
}
