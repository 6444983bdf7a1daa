import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { dialectsLoadedSync } from '../../dialects/loadSync.ts'
import type { DialectName } from '../../dialects/names.ts'
import { haveSameSql } from '../../dialects/registry.ts'
import { sqlEngine } from '../../editor/engine.ts'
import { type History, historyOf } from '../../editor/history.ts'
import { statedDialect } from '../../editor/sqlDialect.ts'

/**
 * What a file is to the migrator: a migration that runs after others; `unlisted`, a file in a
 * migrations folder that it will never run; `alone`, in no migrations folder at all; or `foreign`, in
 * another dialect than the one asked for, or in one that is not judged.
 */
export type Place =
  | Listed
  | { readonly kind: 'alone'; readonly dialect: DialectName; readonly name: string }
  | { readonly kind: 'unlisted'; readonly dialect: DialectName }
  | { readonly kind: 'foreign' }

export interface Listed {
  readonly kind: 'listed'
  readonly dialect: DialectName
  readonly history: History
  /** Journal tag, or the name of its folder. */
  readonly name: string
  /** Relative to the folder above the migrations folder. */
  readonly file: string
  /** In the order of application. */
  readonly position: number
}

/** What is known of a file before it is looked at. */
export interface Asked {
  /** The dialect of the language it is linted in; null where that is to be found out. */
  readonly language: DialectName | null
  /** What our configuration says of its project. */
  readonly configured: DialectName | undefined
}

/**
 * Finds out what a file is: by the journal beside it (drizzle-kit 0.x) or the folders beside its own
 * (1.0), and its dialect.
 *
 * @param file - absolute; it need not exist
 * @param text - what it says
 * @throws ProblemError for a journal that cannot be read
 */
export function placeOf(file: string, text: string, asked: Asked): Place {
  const path = migrationsFolderOf(file)
  const history = path === null ? null : historyOf(path)
  const dialect = dialectFor(statedDialect(file, history, asked.configured), asked.language)
  if (dialect === null) return FOREIGN
  if (!dialect.isCertain) {
    // Where nobody says which dialect it is (1.0 without snapshots), the quotes tell.
    const engine = sqlEngine(dialect.name)
    const isForeign = history === null ? engine.looksForeign(text) : history.looksForeign(engine)
    if (isForeign) return FOREIGN
  }
  if (history === null) return { kind: 'alone', dialect: dialect.name, name: basename(file) }
  const migration = history.find(file)
  return migration
    ? { kind: 'listed', dialect: dialect.name, history, ...migration }
    : { kind: 'unlisted', dialect: dialect.name }
}

/** The dialect to judge a file in; null where it is another one. */
function dialectFor(
  stated: DialectName | null,
  language: DialectName | null,
): { readonly name: DialectName; readonly isCertain: boolean } | null {
  if (stated === null) return { name: language ?? USUAL, isCertain: false }
  const isOther = language !== null && !haveSameSql(stated, language)
  return isOther || !dialectsLoadedSync.includes(stated) ? null : { name: stated, isCertain: true }
}

const USUAL: DialectName = 'postgresql'

const FOREIGN: Place = { kind: 'foreign' }

function migrationsFolderOf(file: string): string | null {
  const own = dirname(file)
  if (hasJournal(own)) return own
  const above = dirname(own)
  if (existsSync(join(own, MIGRATION))) return isPrisma(above) ? null : above
  return holdsFolders(own) && !isPrisma(own) ? own : null
}

const MIGRATION = 'migration.sql'

function hasJournal(folder: string): boolean {
  return existsSync(join(folder, 'meta/_journal.json'))
}

/** Prisma's folders look the same otherwise. */
function isPrisma(folder: string): boolean {
  return existsSync(join(folder, 'migration_lock.toml'))
}

function holdsFolders(folder: string): boolean {
  if (!existsSync(folder)) return false
  const entries = readdirSync(folder, { withFileTypes: true })
  return entries.some(
    (entry) => entry.isDirectory() && existsSync(join(folder, entry.name, MIGRATION)),
  )
}
