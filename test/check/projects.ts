import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { rulebook } from '../../rules/index.ts'
import { check } from '../../src/check/check.ts'
import type { CheckOptions, Selection } from '../../src/check/options.ts'
import type { Finding } from '../../src/finding/finding.ts'
import type { CheckResult } from '../../src/check/result.ts'
import { journal } from '../drizzle/migrations/journals.ts'
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

/** A migrations folder as drizzle-kit 0.x keeps it: a journal, and a file and a snapshot for each. */
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
    ...snapshots(Object.keys(migrations), folder, dialect),
  }
}

/** A migrations folder as drizzle-kit 1.0 keeps it: a folder for each migration. */
export function folderPerMigration(migrations: Migrations, folder = 'drizzle'): Files {
  return Object.fromEntries(
    Object.entries(migrations).flatMap(([name, sql], i, all) => [
      [`${folder}/${name}/migration.sql`, sql],
      [`${folder}/${name}/snapshot.json`, folderSnapshot(name, [all[i - 1]?.[0] ?? null])],
    ]),
  )
}

/** The links of a snapshot of 0.x, without the schema; its id is made of the migration's name. */
export function snapshot(name: string, parent: string | null, dialect = 'postgresql'): string {
  const version = dialect === 'postgresql' ? '7' : dialect === 'mysql' ? '5' : '6'
  return JSON.stringify({ id: idOf(name), prevId: idOf(parent), version, dialect })
}

/** The same of 1.0. */
export function folderSnapshot(name: string, parents: readonly (string | null)[]): string {
  const prevIds = parents.map(idOf)
  return JSON.stringify({ version: '8', dialect: 'postgres', id: idOf(name), prevIds })
}

function snapshots(tags: readonly string[], folder: string, dialect: string): Files {
  return Object.fromEntries(
    tags.map((tag, i) => [
      `${folder}/meta/${tag.split('_')[0]}_snapshot.json`,
      snapshot(tag, tags[i - 1] ?? null, dialect),
    ]),
  )
}

function idOf(name: string | null): string {
  const hex = name === null ? '' : Buffer.from(name).toString('hex').slice(0, 32)
  return hex.padStart(32, '0').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
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
  return check(
    {
      cwd,
      selection,
      projects: [],
      only: null,
      config: null,
      ...more,
      env: isolatedEnvironment(env),
    },
    rulebook,
  )
}

/** `rule object file`, for the findings that nothing silences. */
export function open(result: CheckResult): string[] {
  return result.findings.filter(({ suppressed }) => suppressed === undefined).map(shortly)
}

export function shortly({ rule, object, file }: Finding): string {
  return `${rule} ${object ?? '-'} ${file}`
}
