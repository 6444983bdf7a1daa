import { beforeEach, describe, expect, test } from 'vitest'
import { rulebook } from '../../../rules/index.ts'
import type { MigrationRule } from '../../../src/lint/rule.ts'
import { check } from '../../../src/check/check.ts'
import { useRepositories } from '../../git/fixtures.ts'
import { isolatedEnvironment } from '../../git/repository.ts'
import { CREATE_USERS, DROP_EMAIL, checkIn, open, project, writeFiles } from '../projects.ts'

// What makes the tool itself fail is said of that statement, and everything else is judged.
const made = useRepositories()
let folder = ''
beforeEach(() => {
  folder = made.folder()
})

const judged = (sql: string) => {
  writeFiles(
    folder,
    project({ '0000_users': CREATE_USERS, '0001_odd': sql, '0002_drop': DROP_EMAIL }),
  )
  return checkIn(folder, { kind: 'since', tag: '0000_users' }, { only: ['migration'] })
}

const deep = (n: number) => `SELECT ${'('.repeat(n)}1${')'.repeat(n)};`
const ODD: Readonly<Record<string, string>> = {
  'an inheritance of itself': 'ALTER TABLE "users" INHERIT "users";',
  'a circle of inheritance':
    'CREATE TABLE a (id int); CREATE TABLE b () INHERITS (a); ALTER TABLE a INHERIT b; ALTER TABLE a ADD COLUMN x int; DROP TABLE a CASCADE;',
  'a key on itself': 'ALTER TABLE users ADD CONSTRAINT k FOREIGN KEY (id) REFERENCES users (id);',
  'a view of itself':
    'CREATE VIEW v AS SELECT 1; CREATE OR REPLACE VIEW v AS SELECT * FROM v; DROP VIEW v CASCADE;',
  'two views of each other':
    'CREATE VIEW v AS SELECT 1; CREATE VIEW w AS SELECT * FROM v; CREATE OR REPLACE VIEW v AS SELECT * FROM w; ALTER TABLE users DROP COLUMN id CASCADE; DROP VIEW v CASCADE;',
  '2,000 stacked views': [
    'CREATE VIEW v0 AS SELECT * FROM users;',
    ...Array.from({ length: 2000 }, (_, i) => `CREATE VIEW v${i + 1} AS SELECT * FROM v${i};`),
    'ALTER TABLE users DROP COLUMN id CASCADE; DROP VIEW v0 CASCADE;',
  ].join('\n'),
  '20,000 parentheses': deep(20_000),
  '20,000 terms': `UPDATE users SET email = ${Array.from({ length: 20_000 }, (_, i) => `'${i}'`).join(' || ')};`,
  '20,000 casts': `ALTER TABLE users ALTER COLUMN email SET DEFAULT 'x'${'::text'.repeat(20_000)};`,
  '20,000 conditions': `DELETE FROM users WHERE ${'NOT '.repeat(20_000)}true;`,
  '20,000 unions': Array.from({ length: 20_000 }, () => 'SELECT 1').join(' UNION ALL ') + ';',
  'a domain of itself':
    'CREATE DOMAIN d AS text; ALTER TYPE d RENAME TO e; CREATE DOMAIN d AS e; ALTER TYPE e RENAME TO f; DROP TYPE f CASCADE;',
  'blocks in blocks': `DO $$ ${'BEGIN '.repeat(3000)} NULL; ${'END; '.repeat(3000)} $$;`,
}

describe.each(Object.entries(ODD))('%s', (_, sql) => {
  test('does not keep the rest from being judged', async () => {
    const result = await judged(sql)
    expect(open(result)).toContain('drop-column users.email drizzle/0002_drop.sql')
    expect(result.counts.migrationsJudged).toBe(2)
    const said = [...result.problems.map(({ message }) => message), ...open(result)]
    // Either it is judged, or there is a word about it.
    if (result.problems.length > 0)
      expect(said.join('\n')).toMatch(/internal-error: the statement at drizzle\/0001_odd\.sql:\d+/)
  })
})

test('a rule that fails is a problem of that statement, once', async () => {
  const broken = (name: string): MigrationRule => ({
    ...rulebook.migration[0]!,
    name,
    create: () => ({
      DropColumn() {
        throw new RangeError('Maximum call stack size exceeded')
      },
    }),
  })
  writeFiles(folder, project({ '0000_users': CREATE_USERS, '0001_drop': `\n${DROP_EMAIL}` }))
  const migration = [...rulebook.migration, broken('one'), broken('two')]
  const result = await check(
    {
      cwd: folder,
      selection: { kind: 'all' },
      projects: [],
      only: ['migration'],
      config: null,
      env: isolatedEnvironment({}),
    },
    { ...rulebook, migration, all: [...rulebook.all, ...migration.slice(-2)] },
  )
  expect(result.problems).toEqual([
    {
      message:
        'internal-error: the statement at drizzle/0001_drop.sql:2 could not be judged: Maximum call stack size exceeded',
      file: 'drizzle/0001_drop.sql',
      help: expect.stringContaining('bug in migration-lint') as string,
    },
  ])
  expect(open(result)).toContain('drop-column users.email drizzle/0001_drop.sql')
})
