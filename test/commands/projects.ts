import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { check } from '../../src/commands/check.ts'
import type { CheckOptions, Selection } from '../../src/commands/checkOptions.ts'
import type { Finding } from '../../src/lint/finding.ts'
import type { CheckResult } from '../../src/lint/result.ts'
import { journal } from '../drizzle/journals.ts'
import { isolatedEnvironment } from '../git/repository.ts'

/** Files by path. */
export type Files = Readonly<Record<string, string | Buffer>>

/** SQL by migration, in the order of application. */
export type Migrations = Readonly<Record<string, string | Buffer>>

export const CREATE_USERS = 'CREATE TABLE "users" ("id" serial PRIMARY KEY, "email" text);\n'
export const DROP_EMAIL = 'ALTER TABLE "users" DROP COLUMN "email";\n'

/** A drizzle config that names no schema: there is nothing to compare the migrations with. */
export function drizzleConfig(out = './drizzle', dialect = 'postgresql'): string {
  return `export default { dialect: '${dialect}', out: '${out}' }\n`
}

/** A migrations folder as drizzle-kit 0.x keeps it: a journal and a file for each migration. */
export function journalFolder(
  migrations: Migrations,
  folder = 'drizzle',
  dialect = 'postgresql',
): Files {
  return {
    [`${folder}/meta/_journal.json`]: journal(Object.keys(migrations), dialect),
    ...Object.fromEntries(
      Object.entries(migrations).map(([tag, sql]) => [`${folder}/${tag}.sql`, sql]),
    ),
  }
}

/** A migrations folder as drizzle-kit 1.0 keeps it: a folder for each migration. */
export function folderPerMigration(migrations: Migrations, folder = 'drizzle'): Files {
  const snapshot = JSON.stringify({ version: '9', dialect: 'postgres', type: 'diff', deltas: [] })
  return Object.fromEntries(
    Object.entries(migrations).flatMap(([name, sql]) => [
      [`${folder}/${name}/migration.sql`, sql],
      [`${folder}/${name}/snapshot.json`, snapshot],
    ]),
  )
}

/** A whole small project with a drizzle config. */
export function project(migrations: Migrations, more: Files = {}): Files {
  return { 'drizzle.config.ts': drizzleConfig(), ...journalFolder(migrations), ...more }
}

export function writeFiles(folder: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
}

/** Checks a folder as the command line would. */
export function checkIn(
  cwd: string,
  selection: Selection = { kind: 'default' },
  { env = {}, ...more }: Partial<CheckOptions> = {},
): Promise<CheckResult> {
  return check({
    cwd,
    selection,
    projects: [],
    only: null,
    config: null,
    ...more,
    env: isolatedEnvironment(env),
  })
}

/** `rule object file`, for the findings that nothing silences. */
export function open(result: CheckResult): string[] {
  return result.findings.filter(({ suppressed }) => suppressed === undefined).map(shortly)
}

export function shortly({ rule, object, file }: Finding): string {
  return `${rule} ${object ?? '-'} ${file}`
}
