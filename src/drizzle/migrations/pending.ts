import type { Migration, MigrationFolder } from './migration.ts'

/**
 * The migrations that a deployment of `after` would run on a database that has `deployed`, in the
 * order of application. They are told apart by name alone, as an edited migration is not run
 * again: neither migrator compares contents.
 *
 * Where `drizzle-kit up` turned a journal into 1.0's folders in between, a folder stands for the
 * entry of its second, which is how the 1.0 migrator matches them.
 */
export function pendingMigrations(
  deployed: MigrationFolder,
  after: MigrationFolder,
): readonly Migration[] {
  const origin = origins(deployed, after)
  return after.migrations.filter(({ name }) => origin(name) === null)
}

/**
 * Tells which deployed migration one of `after` is, by the same means.
 *
 * @returns from a name in `after` to the name in `deployed`; null for what is not deployed
 */
export function origins(
  deployed: MigrationFolder,
  after: MigrationFolder,
): (name: string) => string | null {
  const names = new Set([...deployed.migrations, ...deployed.missing].map(({ name }) => name))
  const converted = after.layout === 'folders' ? deployed.journal : null
  const seconds = new Map(converted?.entries.map(({ when, tag }) => [utcSecond(when), tag]))
  return (name) => {
    if (names.has(name)) return name
    const second = /^\d{14}(?=_)/.exec(name)?.[0]
    return (second !== undefined ? seconds.get(second) : undefined) ?? null
  }
}

/** `20261120172853`, as 1.0 starts the names of its folders. */
function utcSecond(when: number): string {
  const date = new Date(when)
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().replace(/\D/g, '').slice(0, 14)
}
