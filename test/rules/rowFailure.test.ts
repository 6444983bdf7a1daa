import { expect, test } from 'vitest'
import { sharedPglite } from '../verify/trace/shared.ts'
import { deploy } from '../dialects/postgres/effects/model.ts'
import { lint } from './linted.ts'

const SESSION = { version: 18, timezone: 'UTC', transaction: 'deployment' } as const
const pglite = sharedPglite()

const TABLES = `CREATE TABLE "Users" (id int PRIMARY KEY, email text, name varchar(60));
CREATE TABLE posts (id int PRIMARY KEY, user_id int);
CREATE INDEX posts_user_id_idx ON posts (user_id);
INSERT INTO "Users" VALUES (1, 'a', 'Ann'), (2, 'b', 'Bob');
INSERT INTO posts VALUES (1, 1), (2, NULL);`

/** What is to be deployed, and a row that it fails on. */
const CASES = [
  [
    'a row without a partner',
    'ALTER TABLE posts ADD CONSTRAINT f FOREIGN KEY (user_id) REFERENCES "Users" (id);',
    'INSERT INTO posts VALUES (3, 7);',
    'a row of posts has no match in the referenced table',
  ],
  [
    'two rows with the same value, for an index',
    'CREATE UNIQUE INDEX u ON "Users" (email);',
    `INSERT INTO "Users" VALUES (3, 'a', 'Amy');`,
    'two rows have the same value',
  ],
  [
    'two rows with the same value, for a constraint',
    'ALTER TABLE "Users" ADD CONSTRAINT u UNIQUE (email);',
    `INSERT INTO "Users" VALUES (3, 'a', 'Amy');`,
    'two rows have the same value',
  ],
  [
    'a value that is too long',
    'ALTER TABLE "Users" ALTER COLUMN name TYPE varchar(3);',
    `INSERT INTO "Users" VALUES (3, 'c', 'Cleo');`,
    'a value is too long',
  ],
  [
    'a row that a backfill does not reach',
    `UPDATE "Users" SET email = '' WHERE id = 1; ALTER TABLE "Users" ALTER COLUMN email SET NOT NULL;`,
    'INSERT INTO "Users" VALUES (3, NULL, NULL);',
    'a row has no value',
  ],
] as const

test.for(CASES)('%s is said and can be asked for', async ([, sql, row, reason]) => {
  const findings = lint(SESSION, deploy(SESSION, [TABLES]), [sql])
  const finding = findings.find(({ message }) => message.includes(`, and fails if ${reason}`))
  expect(findings.map(({ message }) => message).join()).toContain(`, and fails if ${reason}`)
  const [, query = ''] =
    /Check production first \(read-only\): (.*)$/.exec(finding?.help ?? '') ?? []
  const client = await pglite()
  const outcome = async (rows: string) => {
    await client.exec(`BEGIN; ${TABLES} ${rows}`)
    const found = (await client.query(query)).rows.flatMap((one) => Object.values(one).at(-1))
    const error = await client.exec(sql).then(
      () => null,
      ({ message }: Error) => message,
    )
    await client.exec('ROLLBACK')
    return { isFound: found.some((count) => Number(count) > 0), fails: error !== null }
  }
  expect(await outcome('')).toEqual({ isFound: false, fails: false })
  expect(await outcome(row)).toEqual({ isFound: true, fails: true })
})

test('rows without a value are no duplicates', () => {
  const sql = `ALTER TABLE posts ADD COLUMN slug text; CREATE UNIQUE INDEX u ON posts (slug);`
  const findings = lint(SESSION, deploy(SESSION, [TABLES]), [sql])
  expect(findings.map(({ message }) => message).join()).not.toContain('fails if')
})

test('an index on a column that the deployment adds cannot be built before it', () => {
  const sql = `ALTER TABLE posts ADD COLUMN slug text; CREATE INDEX posts_slug_idx ON posts (slug);`
  const [finding] = lint(SESSION, deploy(SESSION, [TABLES]), [sql])
  expect(finding?.help).toMatch(/^This deployment adds one of its columns/)
})

test('an index on a partitioned table cannot be built CONCURRENTLY', () => {
  const table = `CREATE TABLE logs (id int, day date) PARTITION BY RANGE (day);
    CREATE TABLE logs_1 PARTITION OF logs FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');`
  const [finding] = lint(SESSION, deploy(SESSION, [table]), ['CREATE INDEX i ON logs (id);'])
  expect(finding?.help).toMatch(/^PostgreSQL refuses CONCURRENTLY on a partitioned table/)
})
