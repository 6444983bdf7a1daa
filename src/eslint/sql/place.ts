import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { sqlEngine } from '../../editor/engine.ts'
import { type History, historyOf } from '../../editor/history.ts'

/**
 * What a file is to the migrator: a migration that runs after others; `unlisted`, a file in a
 * migrations folder that it will never run; `alone`, in no migrations folder at all; or `foreign`, in
 * another dialect.
 */
export type Place =
  | Listed
  | { readonly kind: 'alone'; readonly name: string }
  | { readonly kind: 'unlisted' | 'foreign' }

export interface Listed {
  readonly kind: 'listed'
  readonly history: History
  /** Journal tag, or the name of its folder. */
  readonly name: string
  /** In the order of application. */
  /** Relative to the folder above the migrations folder. */
  readonly file: string
  readonly position: number
}

/**
 * Finds out what a file is: by the journal beside it (drizzle-kit 0.x) or the folders beside its own
 * (1.0). Nothing else on disk is looked at.
 *
 * @param file - absolute; it need not exist
 * @param text - what it says
 * @throws ProblemError for a journal that cannot be read
 */
export function placeOf(file: string, text: string): Place {
  const path = migrationsFolderOf(file)
  if (path === null)
    return sqlEngine().looksForeign(text) ? FOREIGN : { kind: 'alone', name: basename(file) }
  const history = historyOf(path)
  if (history.isForeign()) return FOREIGN
  const migration = history.find(file)
  return migration ? { kind: 'listed', history, ...migration } : { kind: 'unlisted' }
}

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
