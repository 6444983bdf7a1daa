import type { LatestSnapshot } from '../../drizzle/kit/latestSnapshot.ts'
import type { Migration, MigrationFolder } from '../../drizzle/migrations/migration.ts'

/**
 * The newest migrations, as far as they have no snapshot: SQL written by hand, of which drizzle-kit
 * knows nothing. In layout 1.0 none.
 */
export function handWritten(
  folder: MigrationFolder,
  { file }: LatestSnapshot,
): readonly Migration[] {
  if (folder.layout !== 'journal') return []
  const at = folder.migrations.findLastIndex(({ snapshot }) => snapshot === file)
  return folder.migrations.slice(at + 1)
}
