import type { HistoryFolder, HistoryMigration } from '../../drizzle/migrations/history.ts'
import { below } from '../../drizzle/migrations/layout.ts'
import { staging } from '../../git/staging.ts'
import type { ProjectReading } from '../projectReading.ts'
import type { Run } from '../families.ts'

/**
 * The file through which an app without a file system gets its migrations (`migrations.js`; drivers
 * expo and durable-sqlite): it imports the SQL of each, and the migrators of expo-sqlite, op-sqlite
 * and durable-sqlite see nothing else.
 */
export interface Bundle {
  readonly file: string
  /** Migrations whose SQL it does not import. */
  readonly without: readonly HistoryMigration[]
  /** The command that stages it, where the file on disk has them all; else null. */
  readonly stage: string | null
}

/**
 * Reads the bundle of a project.
 *
 * @returns null for a project that has none: neither in this tree nor deployed nor about to be added
 */
export function bundleOf(
  run: Run,
  { project }: ProjectReading,
  folder: HistoryFolder,
): Bundle | null {
  const { after, deployed, disk, here } = run
  const file = below(folder.path, 'migrations.js')
  const text = after.read(file)?.toString('utf8')
  const isExpected =
    text === undefined
      ? isBundle(deployed?.read(file)) ||
        (isMobile(project.driver) && (after.strays?.([file]) ?? []).length > 0)
      : isBundle(Buffer.from(text))
  if (!isExpected) return null
  const lacks = (content: string) =>
    folder.migrations.filter(
      ({ hasSql, file: sql }) =>
        hasSql && !content.includes(sql.slice(folder.path === '' ? 0 : folder.path.length + 1)),
    )
  const without = lacks(text ?? '')
  const onDisk = disk.read(file)?.toString('utf8')
  const isThere = onDisk !== undefined && onDisk !== text && lacks(onDisk).length === 0
  return { file, without, stage: isThere ? staging([file], here) : null }
}

/** Values of a config's `driver` for which drizzle-kit writes the file. */
function isMobile(driver: string | null): boolean {
  return driver === 'expo' || driver === 'durable-sqlite'
}

/** Another file of that name imports no SQL. */
function isBundle(content: Buffer | undefined): boolean {
  return content !== undefined && /\bfrom\s*["'].*\.sql["']/.test(content.toString('utf8'))
}
