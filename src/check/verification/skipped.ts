import type { MigrationFolder, Migration } from '../../drizzle/migrations/migration.ts'
import type { MigrationSource } from '../../dialects/dialect.ts'

/**
 * The pending migrations that the migrator of 0.x passes over: it applies those whose time is later
 * than that of the last one it has applied, wherever they stand in the journal
 * (PgDialect.migrate in drizzle-orm's src/pg-core/dialect.ts). 1.0 goes by names.
 *
 * @param deployed - their names
 * @param deployments - in order
 */
export function skippedMigrations(
  { journal }: MigrationFolder,
  deployed: readonly Migration[],
  deployments: readonly (readonly MigrationSource[])[],
): ReadonlySet<string> {
  const skipped = new Set<string>()
  if (journal === null) return skipped
  const times = new Map(journal.entries.map(({ tag, when }) => [tag, when]))
  const timeOf = ({ name }: { readonly name: string }) => times.get(name) ?? -Infinity
  let latest = Math.max(-Infinity, ...deployed.map(timeOf))
  for (const sources of deployments) {
    for (const source of sources) if (timeOf(source) <= latest) skipped.add(source.name)
    latest = Math.max(latest, ...sources.map(timeOf))
  }
  return skipped
}
