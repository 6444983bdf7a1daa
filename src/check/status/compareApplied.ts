import { createHash } from 'node:crypto'
import type { MigrationSource } from '../../dialects/dialect.ts'
import type { MigrationFolder } from '../../drizzle/migrations/migration.ts'
import type { AppliedMigrations, AppliedRow } from './asked.ts'

/** What a deployment would do with a migration, and with what a database has applied. */
export interface MigrationStatus {
  /** Journal tag (0.x) or folder (1.0); of an unknown row its name or the start of its hash. */
  readonly name: string
  /**
   * `skipped`: the migrator of 0.x passes over it, as it is older than what was applied last;
   * `edited`: it was applied with another text; `unknown`: it was applied, and is not here.
   */
  readonly state: 'applied' | 'pending' | 'skipped' | 'edited' | 'unknown'
  readonly file: string | null
  /** Milliseconds, as far as it is known. */
  readonly at: number | null
}

/**
 * Holds the migrations folder against what a database says it has applied, as the migrators do: 0.x
 * goes by the time of the last entry alone, 1.0 by names (drizzle-orm's `PgDialect.migrate` and
 * `migrator.utils`).
 *
 * @param sources - the SQL of the folder's migrations
 */
export function compareApplied(
  folder: MigrationFolder,
  sources: readonly MigrationSource[],
  { rows, byName }: Pick<AppliedMigrations, 'rows' | 'byName'>,
): readonly MigrationStatus[] {
  const texts = new Map(sources.map(({ name, text }) => [name, text]))
  const times = new Map(folder.journal?.entries.map(({ tag, when }) => [tag, when]))
  const left = new Set(rows)
  const take = (fits: (row: AppliedRow) => boolean): AppliedRow | undefined => {
    const row = [...left].find(fits)
    if (row) left.delete(row)
    return row
  }
  const watermark = Math.max(-Infinity, ...rows.map(({ createdAt }) => createdAt ?? -Infinity))
  const all = [...folder.migrations, ...folder.missing].sort((a, b) => a.position - b.position)
  const statuses = all.map(({ name, file }): MigrationStatus => {
    const at = times.get(name) ?? timeIn(name)
    const hashes = hashesOf(texts.get(name))
    const row =
      take((one) => one.name === name) ??
      take((one) => one.name === null && at !== null && isSameTime(one, at, folder)) ??
      // Its time in the journal was changed since.
      take((one) => one.name === null && hashes.includes(one.hash))
    if (row) {
      const isSame = hashes.length === 0 || row.hash === '' || hashes.includes(row.hash)
      return { name, file, at: row.createdAt, state: isSame ? 'applied' : 'edited' }
    }
    const isOld = !byName && folder.layout === 'journal' && at !== null && at <= watermark
    return { name, file, at, state: isOld ? 'skipped' : 'pending' }
  })
  const unknown = [...left].map(({ name, hash, createdAt }): MigrationStatus => ({
    name: name ?? `${hash.slice(0, 12)}…`,
    state: 'unknown',
    file: null,
    at: createdAt,
  }))
  return [...statuses, ...unknown]
}

/** 0.x keeps milliseconds; what 1.0 takes over from it agrees to the second. */
function isSameTime({ createdAt }: AppliedRow, at: number, { layout }: MigrationFolder): boolean {
  if (createdAt === null) return false
  if (layout === 'journal') return createdAt === at
  return Math.floor(createdAt / 1000) === Math.floor(at / 1000)
}

/** The time with which 1.0 begins a folder's name. */
function timeIn(name: string): number | null {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:_|$)/.exec(name) ?? []
  if (second === undefined) return null
  return Date.UTC(+year!, +month! - 1, +day!, +hour!, +minute!, +second)
}

/** What a migrator may have hashed: a checkout on Windows has other line breaks. */
function hashesOf(text: string | undefined): readonly string[] {
  if (text === undefined) return []
  const lines = text.replaceAll('\r\n', '\n')
  return [text, lines, lines.replaceAll('\n', '\r\n')].map((one) =>
    createHash('sha256').update(one).digest('hex'),
  )
}
