import type { ProjectConfig } from '../../config/config.ts'
import type { Problem } from '../../finding/finding.ts'
import { within } from './paths.ts'
import { basesOf, placeOut, placeSchema } from './placement.ts'
import type { Bases } from './placement.ts'
import type { Project } from './project.ts'
import type { DrizzleConfigReading, Reading } from './reading.ts'
import type { Scan } from './scan.ts'

/** A project all but for its dialect, which its migrations may tell. */
export interface Draft {
  readonly name: string
  readonly config: string | null
  /** Where drizzle-kit is run. */
  readonly folder: string
  readonly out: string
  /** Whether anyone said so; else it is drizzle-kit's default. */
  readonly outGiven: boolean
  readonly schema: readonly string[]
  readonly casing: Project['casing']
  readonly unread: Project['unread']
  readonly reading: DrizzleConfigReading | null
  readonly ours: ProjectConfig
}

/** What placing a config's paths takes besides the config. */
export interface DraftContext {
  readonly scan: Scan
  /** By config, the folders whose scripts name it. */
  readonly runFrom: ReadonlyMap<string, readonly string[]>
  /** For the tree under check and those it is compared with: whether a folder has migrations. */
  readonly isFolder: readonly ((path: string) => boolean)[]
  /** Runs a config; null where it cannot be run. */
  readonly evaluate: (config: string, folder: string) => Promise<DrizzleConfigReading | null>
}

/** Where drizzle-kit puts migrations if the config does not say. */
const DEFAULT_OUT: DrizzleConfigReading['out'] = {
  kind: 'value',
  value: { path: 'drizzle', from: 'working directory' },
}

/**
 * A project from a drizzle config's text, which is run where it does not tell the migrations folder;
 * what our own configuration gives wins.
 *
 * @returns a problem where the migrations folder cannot be told
 */
export async function draftFromConfig(
  config: string,
  text: DrizzleConfigReading,
  ours: ProjectConfig,
  context: DraftContext,
): Promise<Draft | Problem> {
  const { scan, runFrom, isFolder, evaluate } = context
  const bases = basesOf(config, runFrom.get(config) ?? [], scan)
  const isTold = text.out.kind !== 'unreadable' || ours.out !== undefined
  const reading = isTold ? text : ((await evaluate(config, bases.fallback)) ?? text)
  const out = reading.out.kind === 'absent' ? DEFAULT_OUT : reading.out
  const placed = out.kind === 'value' ? placeOut(out.value, bases, isFolder) : null
  const folder = ours.out === undefined ? (placed?.folder ?? null) : within('', ours.out)
  if (folder === null) {
    const reason = out.kind === 'unreadable' ? out.reason : 'it lies outside of the repository'
    return unreadableKey(config, 'out', reason)
  }
  const base = placed?.base ?? bases.fallback
  const unread: Project['unread'][number][] = []
  if (reading.schema.kind === 'unreadable' && ours.schema === undefined) {
    unread.push({ key: 'schema', reason: reading.schema.reason })
  }
  if (reading.casing.kind === 'unreadable' && ours.casing === undefined) {
    unread.push({ key: 'casing', reason: reading.casing.reason })
  }
  return {
    name: config,
    config,
    folder: base,
    out: folder,
    outGiven: ours.out !== undefined || reading.out.kind === 'value',
    schema: ourSchema(ours) ?? schemaOf(reading, base, bases, scan),
    casing: ours.casing ?? casingOf(reading.casing),
    unread,
    reading,
    ours,
  }
}

/** A project that has no drizzle config: a migrations folder, and what our configuration says. */
export function draftFromFolder(out: string, ours: ProjectConfig): Draft {
  return {
    name: out === '' ? '.' : out,
    config: null,
    folder: '',
    out,
    outGiven: true,
    schema: ourSchema(ours) ?? [],
    casing: ours.casing ?? null,
    unread: [],
    reading: null,
    ours,
  }
}

/** The problem of a key that had to be read and could not be. */
export function unreadableKey(config: string, key: 'out' | 'dialect', reason: string): Problem {
  return {
    message: `${config}: "${key}" cannot be read without running it: ${reason}.`,
    file: config,
    help:
      `Set projects[].${key} in migration-lint.config.ts: ` +
      `{ projects: [{ config: '${config}', ${key}: '…' }] }.`,
  }
}

function schemaOf(
  reading: DrizzleConfigReading,
  base: string,
  bases: Bases,
  scan: Scan,
): readonly string[] {
  return reading.schema.kind === 'value' ? placeSchema(reading.schema.value, base, bases, scan) : []
}

function ourSchema({ schema }: ProjectConfig): readonly string[] | undefined {
  if (schema === undefined) return undefined
  return (typeof schema === 'string' ? [schema] : schema).map((path) => within('', path) ?? path)
}

function casingOf(casing: Reading<string>): Project['casing'] {
  if (casing.kind !== 'value') return null
  return casing.value === 'snake_case' || casing.value === 'camelCase' ? casing.value : null
}
