import { mkdtempSync, readdirSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rulebook } from '../../../rules/index.ts'
import { check } from '../../../src/check/check.ts'
import type { Selection } from '../../../src/check/options.ts'
import type { VerifySettings } from '../../../src/check/verification/settings.ts'
import { verifyMigrations } from '../../../src/check/verification/verifyMigrations.ts'
import { exitCode } from '../../../src/report/tally.ts'
import { builtCli } from '../../built.ts'
import { journalOf } from '../../drizzle/migrations/journals.ts'
import { isolatedEnvironment } from '../../git/repository.ts'
import {
  type Files,
  type Migrations,
  drizzleConfig,
  journalFolder,
  writeFiles,
} from '../projects.ts'

const BREAK = '--> statement-breakpoint\n'

/** Runs what is pending in a project with a driver of SQLite: this repository's. */
async function verified(
  driver: string,
  migrations: Migrations,
  selection: Selection = { kind: 'since', tag: '0000_base' },
  { files = {}, ...settings }: Partial<VerifySettings> & { files?: Files } = {},
) {
  builtCli()
  const cwd = mkdtempSync(join(tmpdir(), 'migration-lint-verify-'))
  writeFiles(cwd, {
    'package.json': JSON.stringify({ dependencies: { [driver]: '*' } }),
    'drizzle.config.ts': drizzleConfig('./drizzle', 'sqlite'),
    ...journalFolder(migrations, 'drizzle', 'sqlite'),
    ...files,
  })
  symlinkSync(join(import.meta.dirname, '../../../node_modules'), join(cwd, 'node_modules'))
  const options = {
    cwd,
    selection,
    projects: [],
    only: ['migration'],
    config: null,
    env: isolatedEnvironment(),
  } as const
  const result = await check(
    options,
    rulebook,
    undefined,
    verifyMigrations({ patience: 60_000, ...settings }),
  )
  const told = result.findings.map(({ rule, object, measured }) => `${rule} ${object} ${measured}`)
  const problems = result.problems.map(({ message }) => message)
  return { ...result, told, problems, code: exitCode(result, null) }
}

const BASE = `CREATE TABLE \`users\` (\`id\` integer PRIMARY KEY, \`name\` text, \`boss\` integer);${BREAK}
  CREATE TABLE \`posts\` (\`id\` integer PRIMARY KEY, \`user_id\` integer NOT NULL, \`title\` text,
    FOREIGN KEY (\`user_id\`) REFERENCES \`users\`(\`id\`) ON DELETE cascade);${BREAK}
  CREATE TABLE \`likes\` (\`id\` integer PRIMARY KEY, \`user_id\` integer,
    FOREIGN KEY (\`user_id\`) REFERENCES \`users\`(\`id\`) ON DELETE set null);`

const REBUILD = `PRAGMA foreign_keys=OFF;${BREAK}
  CREATE TABLE \`__new_users\` (\`id\` integer PRIMARY KEY, \`name\` text DEFAULT 'x', \`boss\` integer);${BREAK}
  INSERT INTO \`__new_users\`("id", "name", "boss") SELECT "id", "name", "boss" FROM \`users\`;${BREAK}
  DROP TABLE \`users\`;${BREAK}ALTER TABLE \`__new_users\` RENAME TO \`users\`;${BREAK}
  PRAGMA foreign_keys=ON;`

test('a rebuild deletes the rows of other tables, and only where the driver lets it', async () => {
  const migrations = { '0000_base': BASE, '0001_rebuild': REBUILD }
  const kept = await verified('@libsql/client', migrations)
  expect({ told: kept.told, problems: kept.problems, code: kept.code }).toEqual({
    told: [],
    problems: [],
    code: 0,
  })
  expect(kept.ranOn).toEqual([expect.stringMatching(/^SQLite 3\.\d+\.\d+ \(libsql \d/)])
  expect(kept.timelines?.()[0]?.tables).toEqual([
    {
      name: 'users',
      locks: [],
      work: [
        { statement: 2, kind: 'scan' },
        { statement: 4, kind: 'rewrite' },
      ],
    },
  ])
  const lost = await verified('better-sqlite3', migrations)
  expect(lost.told).toEqual(['rebuild-deletes-children users true'])
  expect(lost.notices).toEqual([
    expect.stringContaining('better-sqlite3 cannot be run here, so SQLite'),
    'drizzle/0001_rebuild.sql: DROP TABLE `users`; deletes 50 of 50 rows of posts.',
    'drizzle/0001_rebuild.sql: DROP TABLE `users`; sets likes.user_id to NULL in 50 of 50 rows.',
  ])
  expect(lost.code).toBe(1)
})

test('what an empty database lets pass', async () => {
  const result = await verified('@libsql/client', {
    '0000_base': BASE,
    '0001_strict': `CREATE UNIQUE INDEX \`names\` ON \`users\` (\`name\`);${BREAK}
      ALTER TABLE \`posts\` ADD \`at\` integer DEFAULT (unixepoch()) NOT NULL;${BREAK}
      ALTER TABLE \`users\` ADD \`mail\` text NOT NULL;`,
  })
  expect(result.told).toEqual([
    expect.stringMatching(/posts\.at true$/),
    'required-column-without-default users.mail true',
  ])
  expect(result.notices).toEqual([
    expect.stringMatching(
      /depends on your data: CREATE UNIQUE INDEX .* fails on others .*SELECT "name"/,
    ),
  ])
  expect(result.problems).toEqual([])
})

test('orphans and broken views that nobody speaks of', async () => {
  const result = await verified('@libsql/client', {
    '0000_base': `${BASE}${BREAK}CREATE VIEW \`titles\` AS SELECT \`title\` FROM \`posts\`;`,
    '0001_drop': `DELETE FROM \`users\` WHERE \`id\` > 45;${BREAK}DROP TABLE \`posts\`;`,
  })
  expect(result.notices).toEqual(
    expect.arrayContaining([
      expect.stringContaining('5 rows of likes refer to rows that are not there'),
      expect.stringContaining('the view titles cannot be read: no such table: main.posts'),
    ]),
  )
})

test('what the migrator does with a chunk, each driver in its way', async () => {
  const migrations = {
    '0000_base': BASE,
    '0001_two': 'CREATE TABLE `a` (`id` integer); CREATE TABLE `b` (`id` integer);',
    '0002_after': 'CREATE INDEX `b_id` ON `b` (`id`);',
    '0003_custom': '-- Custom SQL migration file, put your code below! --\n',
  }
  const libsql = await verified('@libsql/client', migrations)
  // It runs the first statement of a chunk alone.
  expect(libsql.told).toEqual(['fails-when-run b_id true'])
  expect(libsql.problems).toEqual([
    expect.stringMatching(
      /0003_custom.sql .*the database refuses this: there is no statement in it/,
    ),
  ])
  expect(libsql.code).toBe(2)
  // D1 runs both, and what has no statement it is not sent.
  const d1 = await verified('drizzle-orm', migrations, undefined, {
    files: { 'wrangler.toml': '[[d1_databases]]\nmigrations_dir = "elsewhere"' },
  })
  expect(d1.problems).toEqual([])
  expect(d1.notices?.[0]).toContain('D1 itself is not run here')
})

test('each migration alone, those that fail left out for the ones after it', async () => {
  const result = await verified(
    '@libsql/client',
    {
      '0000_base': BASE,
      '0001_bad': 'ALTER TABLE `nowhere` ADD `x` text;',
      '0002_good': 'ALTER TABLE `users` ADD `mail` text NOT NULL;',
    },
    { kind: 'all' },
  )
  expect(result.told).toEqual([
    'fails-when-run nowhere.x true',
    'required-column-without-default users.mail true',
  ])
  expect(result.timelines?.().map(({ statements }) => statements.length)).toEqual([3, 1, 1])
})

test('a table that cannot be filled, a migration that is skipped', async () => {
  const odd = {
    '0000_base': 'CREATE TABLE `odd` (`a` integer NOT NULL CHECK (`a` * `a` = 1234567));',
    '0001_index': 'CREATE INDEX `odd_a` ON `odd` (`a`);',
    '0002_late': 'CREATE TABLE `late` (`id` integer);',
  }
  const result = await verified('@libsql/client', odd, undefined, {
    files: {
      'drizzle/meta/_journal.json': journalOf(
        [
          ['0000_base', 1000],
          ['0001_index', 2000],
          ['0002_late', 500],
        ],
        'sqlite',
      ),
    },
  })
  expect(result.problems).toEqual([
    expect.stringContaining('0002_late was not run, and never will be'),
    expect.stringContaining('the table odd could not be filled with rows'),
  ])
  expect(result.code).toBe(2)
})

test('a statement that never ends is given up, and nothing is left behind', async () => {
  const before = temporaries()
  const result = await verified(
    '@libsql/client',
    {
      '0000_base': BASE,
      '0001_forever': `INSERT INTO \`users\`(\`name\`) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < 0;`,
    },
    undefined,
    { patience: 3000 },
  )
  expect(result.problems).toEqual([expect.stringContaining('no answer within 3 seconds')])
  expect(temporaries()).toEqual(before)
})

test.each([['libsql://canary.turso.io?authToken=canary'], ['file:./production.db']])(
  '%s is never connected to',
  async (url) => {
    const server = { url, allowRemote: true, allowSuperuser: true }
    const error = await verified(
      '@libsql/client',
      { '0000_base': BASE, '0001_x': 'SELECT 1;' },
      undefined,
      {
        server,
      },
    ).catch((thrown: unknown) => thrown as Error)
    expect(JSON.stringify('problems' in error ? error.problems : error.message)).toContain(
      'never connects to a database',
    )
  },
)

function temporaries(): readonly string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('migration-lint-sqlite-'))
}
