import type { Migration, MigrationFolder } from './project.ts'

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
  after: MigrationFolder
): readonly Migration[] {
  const names = new Set([...deployed.migrations, ...deployed.missing].map(({ name }) => name))
  const converted = after.layout === 'folders' ? deployed.journal : null
  const seconds = new Set(converted?.entries.map(({ when }) => utcSecond(when)))
  return after.migrations.filter(({ name }) => {
    const second = /^\d{14}(?=_)/.exec(name)?.[0]
    return !names.has(name) && !(second !== undefined && seconds.has(second))
  })
}

/** `20261120172853`, as 1.0 starts the names of its folders. */
function utcSecond(when: number): string {
  const date = new Date(when)
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().replace(/\D/g, '').slice(0, 14)
}
