import { writeFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { loadParserSync } from '../../src/dialects/postgres/sql/loadParserSync.ts'
import {
  CREATE_USERS,
  DROP_EMAIL,
  type Files,
  folderPerMigration,
  journalFolder,
  writeFiles,
} from '../check/projects.ts'
import { createFolder, openRepository } from '../git/repository.ts'
import { linted, messages } from '../eslint/sql/linted.ts'

const REQUIRED = 'ALTER TABLE "users" ADD COLUMN "age" integer NOT NULL;'
const KEY =
  'ALTER TABLE "users" ADD COLUMN "a" int; ALTER TABLE "users" ADD CONSTRAINT "fk" FOREIGN KEY ("a") REFERENCES "users"("id");'
const INDEX = 'CREATE INDEX "i" ON "users" ("a");'

const folders: string[] = []
afterEach(() => {
  vi.restoreAllMocks()
  for (const folder of folders.splice(0)) openRepository(folder).remove()
})

/** A folder with these files; answers the way to one of them. */
function onDisk(files: Files): (path: string) => string {
  const folder = createFolder()
  folders.push(folder)
  writeFiles(folder, files)
  return (path) => join(folder, path)
}

describe('a migration in the editor', () => {
  it('runs on top of those before it in the journal', () => {
    const at = onDisk(journalFolder({ '0000_users': CREATE_USERS, '0001_age': REQUIRED }))
    expect(linted(CREATE_USERS + REQUIRED, [], at('drizzle/0000_users.sql'))).toEqual([])
    expect(linted(REQUIRED, [], at('drizzle/0001_age.sql'))).toEqual([
      '1:46 required-column-without-default',
    ])
  })

  it('is judged by the text it has there, not by the saved one', () => {
    const at = onDisk(journalFolder({ '0000_users': CREATE_USERS, '0001_age': REQUIRED }))
    expect(linted('SELECT 1;', [], at('drizzle/0001_age.sql'))).toEqual([])
    expect(linted(DROP_EMAIL, [], at('drizzle/0001_age.sql'))).toEqual(['1:33 drop-column'])
  })

  it('is judged before it is on disk, once the journal names it', () => {
    const { 'drizzle/0001_new.sql': _, ...rest } = journalFolder({
      '0000_users': CREATE_USERS,
      '0001_new': '',
    }) as Record<string, string>
    const at = onDisk(rest)
    expect(linted(DROP_EMAIL, [], at('drizzle/0001_new.sql'))).toEqual(['1:33 drop-column'])
  })

  it('may need what a later one brings, whatever is typed in this one', () => {
    const at = onDisk(
      journalFolder({ '0000_users': CREATE_USERS, '0001_key': 'SELECT 1;', '0002_index': INDEX }),
    )
    const rules = (sql: string) => linted(sql, [], at('drizzle/0001_key.sql')).join()
    expect(rules(KEY)).not.toContain('unindexed-foreign-key')
    expect(rules(KEY.replaceAll('"a"', '"b"'))).toContain('unindexed-foreign-key')
  })

  it('is one of a folder for each migration too', () => {
    const at = onDisk(
      folderPerMigration({ '20260101_users': CREATE_USERS, '20260102_drop': DROP_EMAIL }),
    )
    expect(linted(REQUIRED, [], at('drizzle/20260102_drop/migration.sql'))).toEqual([
      '1:46 required-column-without-default',
    ])
    expect(linted(REQUIRED, [], at('drizzle/20260102_drop/revert.sql'))).toEqual([])
    expect(linted(REQUIRED, [], at('drizzle/seed.sql'))).toEqual([])
  })
})

describe('a file that no journal lists', () => {
  it('is not judged in a migrations folder, where no migrator will run it', () => {
    const at = onDisk(journalFolder({ '0000_users': CREATE_USERS }))
    expect(linted('DROP TABLE "users";', [], at('drizzle/0001_old.sql'))).toEqual([])
  })

  it('is a deployment of its own anywhere else, on a database nobody knows', () => {
    const at = onDisk({ 'migrations/a.sql': CREATE_USERS })
    expect(linted(DROP_EMAIL, [], at('migrations/b.sql'))).toEqual(['1:33 drop-column'])
    expect(linted('ALTER TABLE "gone" ADD COLUMN "a" text;', [], at('migrations/b.sql'))).toEqual(
      [],
    )
  })

  it("is one of Prisma's, whose folders look like drizzle-kit's", () => {
    const at = onDisk({
      ...folderPerMigration({ '1_users': CREATE_USERS }, 'migrations'),
      'migrations/migration_lock.toml': '',
    })
    expect(linted(REQUIRED, [], at('migrations/1_users/migration.sql'))).toEqual([
      '1:46 required-column-without-default',
    ])
  })
})

describe('another dialect', () => {
  it('is left alone, also where the folder does not say which it is', () => {
    const quoted = 'CREATE TABLE `users` (`id` integer);'
    const stated = onDisk(journalFolder({ '0000_a': 'SELECT 1;' }, 'drizzle', 'singlestore'))
    expect(linted('DROP TABLE users;', [], stated('drizzle/0000_a.sql'))).toEqual([])
    const unstated = onDisk({
      'drizzle/1_a/migration.sql': quoted,
      'drizzle/2_b/migration.sql': 'SELECT 1;',
    })
    expect(linted('DROP TABLE users;', [], unstated('drizzle/2_b/migration.sql'))).toEqual([])
  })

  const DROP = 'ALTER TABLE `users` DROP COLUMN `name`;'
  const inSqlite = (files: Files) =>
    onDisk({
      'drizzle/1_a/migration.sql': 'CREATE TABLE `users` (`id` integer, `name` text);',
      'drizzle/2_b/migration.sql': DROP,
      ...files,
    })

  it('is told by the journal, a drizzle config, the configuration, a snapshot or the language', () => {
    const config = { 'drizzle.config.ts': `export default { dialect: 'sqlite', schema: 's.ts' }` }
    const own = {
      '.git/HEAD': '',
      'migration-lint.config.json': `{ "projects": [{ "out": "drizzle", "dialect": "sqlite" }] }`,
    }
    const snapshot = { 'drizzle/2_b/snapshot.json': '{ "dialect": "sqlite" }' }
    for (const files of [config, own, snapshot]) {
      expect(linted(DROP, [], inSqlite(files)('drizzle/2_b/migration.sql'))).toEqual([
        '1:33 drop-column',
      ])
    }
    const file = inSqlite({})('drizzle/2_b/migration.sql')
    expect(linted(DROP, [], file)).toEqual([])
    expect(linted(DROP, { language: 'migration-lint/sqlite' }, file)).toEqual(['1:33 drop-column'])
    const postgres = onDisk(journalFolder({ '0000_a': CREATE_USERS, '0001_b': 'SELECT 1;' }))
    expect(
      linted(DROP, { language: 'migration-lint/sqlite' }, postgres('drizzle/0001_b.sql')),
    ).toEqual([])
  })

  it('is told of two by the folder each writes into', () => {
    const at = inSqlite({
      'drizzle-pg.config.ts': `export default { dialect: 'postgresql', schema: 'p.ts', out: './pg' }`,
      'drizzle.config.ts': `export default { dialect: 'sqlite', schema: 's.ts', out: './drizzle' }`,
      'pg/1_a/migration.sql': CREATE_USERS,
      'pg/2_b/migration.sql': 'SELECT 1;',
    })
    expect(linted(DROP, [], at('drizzle/2_b/migration.sql'))).toEqual(['1:33 drop-column'])
    expect(linted(REQUIRED, [], at('pg/2_b/migration.sql'))).toEqual([
      '1:46 required-column-without-default',
    ])
  })
})

describe('the folder on disk', () => {
  it('is read again where a migration before this one has changed', () => {
    const at = onDisk(journalFolder({ '0000_users': CREATE_USERS, '0001_age': REQUIRED }))
    const age = () => linted(REQUIRED, [], at('drizzle/0001_age.sql'))
    expect(age()).toHaveLength(1)
    writeFileSync(
      at('drizzle/0000_users.sql'),
      'CREATE TABLE "users" ("id" serial);  DROP TABLE "users"; SELECT 1;',
    )
    expect(age()).not.toEqual(['1:46 required-column-without-default'])
  })

  it('is read again where a migration was added, or taken away', () => {
    const at = onDisk(journalFolder({ '0000_users': CREATE_USERS, '0001_key': KEY }))
    const key = () => linted(KEY, [], at('drizzle/0001_key.sql')).join()
    expect(key()).toContain('unindexed-foreign-key')
    writeFiles(
      at('.'),
      journalFolder({ '0000_users': CREATE_USERS, '0001_key': KEY, '0002_index': INDEX }),
    )
    expect(key()).not.toContain('unindexed-foreign-key')
    rmSync(at('drizzle/0002_index.sql'))
    expect(key()).toContain('unindexed-foreign-key')
  })

  it('cannot be judged with a broken journal, and can once it is mended', () => {
    const files = journalFolder({ '0000_users': CREATE_USERS, '0001_drop': DROP_EMAIL }) as Record<
      string,
      string
    >
    const at = onDisk(files)
    writeFileSync(at('drizzle/meta/_journal.json'), '<<<<<<< HEAD')
    const file = at('drizzle/0001_drop.sql')
    expect(messages(DROP_EMAIL, [], file)).toMatchObject([
      { fatal: true, line: 1, message: expect.stringContaining('drizzle/meta/_journal.json') },
    ])
    writeFiles(at('.'), files)
    expect(linted(DROP_EMAIL, [], file)).toEqual(['1:33 drop-column'])
  })

  it('is replayed once, however many of its files are linted', () => {
    const names = Array.from({ length: 60 }, (_, n) => String(n).padStart(4, '0'))
    const sql = Object.fromEntries(
      names.map((name) => [name, `CREATE TABLE "t${name}" ("id" serial PRIMARY KEY);`]),
    )
    const at = onDisk(journalFolder(sql))
    const parse = vi.spyOn(loadParserSync(), 'parse')
    for (const name of names) expect(linted(sql[name]!, [], at(`drizzle/${name}.sql`))).toEqual([])
    expect(parse).toHaveBeenCalledTimes(2 * names.length)
  })
})

describe('languageOptions', () => {
  it('silence a baseline, which includes its migration', () => {
    const at = onDisk(
      journalFolder({ '0000_users': CREATE_USERS, '0001_drop': DROP_EMAIL, '0002_age': REQUIRED }),
    )
    const baseline = { languageOptions: { baseline: '0001_drop' } as never }
    expect(linted(DROP_EMAIL, baseline, at('drizzle/0001_drop.sql'))).toEqual([])
    expect(linted(REQUIRED, baseline, at('drizzle/0002_age.sql'))).toHaveLength(1)
  })

  it('tell the time zone and the version that migrations run under', () => {
    const table = 'CREATE TABLE "t" ("a" timestamp, "b" int);'
    const at = onDisk(journalFolder({ '0000_t': table, '0001_t': 'SELECT 1;' }))
    const withPostgres = (sql: string, postgres: object) =>
      linted(sql, { languageOptions: { postgres } as never }, at('drizzle/0001_t.sql'))
    const zone = 'ALTER TABLE "t" ALTER "a" TYPE timestamptz;'
    expect(withPostgres(zone, {})).toEqual([])
    expect(withPostgres(zone, { timezone: 'Europe/Berlin' })).toEqual(['1:32 change-column-type'])
    const virtual = 'ALTER TABLE "t" ADD COLUMN "c" int GENERATED ALWAYS AS ("b") VIRTUAL;'
    expect(withPostgres(virtual, { version: 18 })).toEqual([])
    expect(withPostgres(virtual, { version: 17 })).toEqual([
      expect.stringContaining('fails-when-run'),
    ])
  })

  it('tell how migrations run', () => {
    const at = onDisk(journalFolder({ '0000_users': CREATE_USERS, '0001_index': 'SELECT 1;' }))
    const concurrently = 'CREATE INDEX CONCURRENTLY "i" ON "users" ("email");'
    const none = { languageOptions: { migrator: 'none' } as never }
    expect(linted(concurrently, [], at('drizzle/0001_index.sql'))).toHaveLength(1)
    expect(linted(concurrently, none, at('drizzle/0001_index.sql'))).toEqual([])
  })
})
