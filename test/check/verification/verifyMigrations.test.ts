import { expect, test } from 'vitest'
import { exitCode } from '../../../src/report/tally.ts'
import { journalOf } from '../../drizzle/migrations/journals.ts'
import { CREATE_USERS, project } from '../projects.ts'
import { told, verified } from './verified.ts'

const BREAK = '--> statement-breakpoint\n'

test('what the server does to tables with rows is reported under the rules of the linter', async () => {
  const result = await verified(
    project(
      {
        '0000_users': CREATE_USERS,
        '0001_wide': `ALTER TABLE "users" ALTER COLUMN "id" SET DATA TYPE bigint;${BREAK}
        CREATE TABLE "posts" ("id" serial PRIMARY KEY, "user_id" bigint);${BREAK}
        CREATE INDEX "posts_user" ON "posts" ("user_id");${BREAK}
        CREATE TYPE "kind" AS ENUM('a');${BREAK}ALTER TYPE "kind" ADD VALUE 'b';${BREAK}
        CREATE TABLE "notes" ("kind" "kind" DEFAULT 'b');${BREAK}
        DO $$ BEGIN EXECUTE 'CREATE INDEX users_email ON users (email)'; END $$;`,
      },
      {
        'migration-lint.config.json':
          '{"projects":[{"config":"drizzle.config.ts","postgres":{"version":15}}]}',
      },
    ),
    { kind: 'since', tag: '0000_users' },
  )
  expect(result.problems).toEqual([])
  expect(result.findings.map(({ rule, measured }) => `${rule} ${measured}`)).toEqual([
    'change-column-type true',
    // What runs here, and not on the version that production has.
    'enum-value-used-before-commit undefined',
    'create-index true',
  ])
  expect(result.notices).toEqual([expect.stringContaining('accepts what PostgreSQL 15 refuses')])
  expect(result.ranOn).toEqual([expect.stringMatching(/^PostgreSQL 18\.\d+ \(PGlite 0\.5\.\d+\)$/)])
  const [timeline] = result.timelines?.() ?? []
  // A table of the same deployment is nobody else's business; a statement built at run time is seen.
  expect(timeline?.tables).toEqual([
    {
      name: 'users',
      locks: [{ from: 0, to: 6, keepsOut: 'readers', mode: 'AccessExclusive' }],
      work: [
        { statement: 0, kind: 'rewrite' },
        { statement: 6, kind: 'build' },
      ],
    },
  ])
})

test('what only a database from scratch survives', async () => {
  const tags = ['0000_base', '0001_late', '0002_value', '0003_rest']
  const result = await verified(
    {
      ...project({
        '0000_base': `CREATE TYPE "state" AS ENUM('on', 'off');${BREAK}${CREATE_USERS}`,
        '0001_late': 'ALTER TABLE "users" ADD COLUMN "late" text;',
        '0002_value': `ALTER TYPE "state" ADD VALUE 'new';`,
        '0003_rest': `ALTER TABLE "users" ADD COLUMN "state" "state" DEFAULT 'new';${BREAK}
          CREATE INDEX CONCURRENTLY "users_email" ON "users" ("email");${BREAK}
          ALTER TABLE "users" ADD COLUMN "age" integer NOT NULL;${BREAK}
          ALTER TABLE "users" ADD COLUMN "nick" text;${BREAK}
          ALTER TABLE "users" ALTER COLUMN "state" SET NOT NULL;`,
      }),
      'drizzle/meta/_journal.json': journalOf(tags.map((tag, i) => [tag, i === 1 ? 50 : 100 + i])),
    },
    { kind: 'since', tag: '0000_base' },
  )
  expect(told(result)).toEqual([
    'enum-value-used-before-commit: new',
    'concurrently-in-transaction: users_email',
    'required-column-without-default: users.age',
  ])
  expect(result.problems.map(({ message }) => message)).toEqual([
    expect.stringContaining('0001_late was not run, and never will be'),
    expect.stringContaining('ALTER COLUMN "state" SET NOT NULL) could not be run'),
  ])
  expect(exitCode(result, null)).toBe(2)
})

test('what is no database, no SQL or no end is said in a line', async () => {
  const result = await verified(
    project({
      '0000_users': CREATE_USERS,
      '0001_odd': `CREATE EXTENSION "pg_nonsense";${BREAK}
        ALTER TABEL "users" ADD COLUMN "x" text;${BREAK}
        DROP DATABASE "postgres";${BREAK}
        DO $$ BEGIN LOOP END LOOP; END $$;`,
    }),
    { kind: 'since', tag: '0000_users' },
    { patience: 3000 },
  )
  expect(result.problems.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^drizzle\/0001_odd.sql \(DO .* was lost: no answer within 3 seconds$/),
  ])
  expect(told(result)).toEqual(['unparsed: 0001_odd', 'fails-when-run: 0001_odd'])
  expect(result.notices).toEqual([
    expect.stringContaining('does not have the extension pg_nonsense'),
    expect.stringContaining('so the database was not taken back'),
  ])
  expect(exitCode(result, null)).toBe(2)
})

test('what only some rows make fail comes with a query that asks production', async () => {
  const result = await verified(
    project({
      '0000_users': `${CREATE_USERS}${BREAK}CREATE TABLE "posts" ("user_id" integer, "age" text, "n" text);`,
      '0001_strict': `CREATE UNIQUE INDEX "users_email" ON "users" ("email");${BREAK}
        ALTER TABLE "posts" ADD FOREIGN KEY ("user_id") REFERENCES "users" ("id");${BREAK}
        ALTER TABLE "posts" ADD CONSTRAINT "aged" CHECK ("age" <> ')x' AND length("age") < 900);${BREAK}
        ALTER TABLE "posts" ALTER COLUMN "n" SET DATA TYPE integer USING "n"::integer;${BREAK}
        ALTER TABLE "users" ALTER COLUMN "email" SET NOT NULL;${BREAK}
        UPDATE "users" SET "email" = ("id" * 2147483647)::text;`,
    }),
    { kind: 'since', tag: '0000_users' },
  )
  expect(result.problems).toEqual([])
  // Rows that were made up are no reason to say that a statement fails.
  expect(told(result).filter((one) => one.startsWith('fails'))).toEqual([])
  const [madeUp, ...notices] = result.notices ?? []
  expect(madeUp).toContain('fails on rows that verify made up (22003 integer out of range)')
  expect(notices.pop()).toContain('from reading the SQL and cannot be measured')
  const queries = notices.map((line) => line.replace(/.*\(read-only\): /, ''))
  expect(queries).toEqual([
    'SELECT "email", count(*) FROM "public"."users" WHERE "email" IS NOT NULL GROUP BY "email" HAVING count(*) > 1 LIMIT 10;',
    'SELECT count(*) FROM "public"."posts" c WHERE c."user_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "public"."users" p WHERE p."id" = c."user_id");',
    `SELECT count(*) FROM "public"."posts" WHERE NOT ("age" <> ')x' AND length("age") < 900);`,
    'SELECT count("n"::integer) FROM "public"."posts";',
    'SELECT count(*) FROM "public"."users" WHERE "email" IS NULL;',
  ])
})

test('what a service and the project put there before the first migration', async () => {
  const result = await verified(
    project(
      {
        '0000_profiles': `CREATE TABLE "profiles" ("id" uuid REFERENCES "auth"."users" ("id"), "n" text DEFAULT short_id());`,
        '0001_policy': `CREATE POLICY "own" ON "profiles" TO authenticated USING (auth.uid() = "id");`,
      },
      {
        'setup.sql': `CREATE FUNCTION short_id() RETURNS text LANGUAGE sql AS 'select ''x''';`,
        'migration-lint.config.json': '{"verify":{"presets":["supabase"],"setup":"setup.sql"}}',
      },
    ),
    { kind: 'since', tag: '0000_profiles' },
  )
  expect(result.problems).toEqual([])
  expect(result.timelines?.()[0]?.tables[0]).toMatchObject({
    name: 'profiles',
    locks: [{ keepsOut: 'readers' }],
  })
  const { page } = await import('../../../src/report/formats/html.ts')
  expect(page(result, { quiet: false })).toContain('PostgreSQL 18')
})

test('says where so much depends on the data that the rest was not tried on it', async () => {
  const names = Array.from({ length: 27 }, (_, n) => `"c${n}"`)
  const columns = names.map((name) => `${name} text`).join(', ')
  const required = names.map((name) => `ALTER TABLE "wide" ALTER COLUMN ${name} SET NOT NULL;`)
  const result = await verified(
    project({
      '0000_wide': `CREATE TABLE "wide" (${columns});`,
      '0001_required': required.join('--> statement-breakpoint\n'),
    }),
    { kind: 'since', tag: '0000_wide' },
  )
  const notices = result.notices ?? []
  expect(notices.filter((line) => line.includes('depends on your data'))).toHaveLength(25)
  expect(notices.at(-1)).toMatch(/those after ALTER TABLE "wide" .* were not run on rows/)
})

test('one deployment after the other: what some rows make fail is there for the next', async () => {
  const result = await verified(
    project({
      '0000_users': CREATE_USERS,
      '0001_unique': 'ALTER TABLE "users" ADD CONSTRAINT "emails" UNIQUE ("email");',
      '0002_dropped': 'ALTER TABLE "users" DROP CONSTRAINT "emails";',
    }),
    { kind: 'all' },
  )
  expect(result.problems).toEqual([])
  expect(result.notices?.[0]).toContain('0001_unique.sql depends on your data')
  expect(result.timelines?.().map(({ tables }) => tables.map(({ name }) => name))).toEqual([
    [],
    ['users'],
    ['users'],
  ])
})

test('what cannot be applied between two deployments is said, and what follows runs without it', async () => {
  const result = await verified(
    project({
      '0000_users': CREATE_USERS,
      // Rows that give trouble make the index fail; without any rows the block fails.
      '0001_unique': `CREATE UNIQUE INDEX "emails" ON "users" ("email");${BREAK}
        DO $$ BEGIN IF NOT EXISTS (SELECT FROM users) THEN RAISE EXCEPTION 'nobody'; END IF;
          CREATE TABLE "later" ("id" integer); END $$;${BREAK}
        ALTER TABLE "users" ADD COLUMN "age" integer;`,
      '0002_later': `ALTER TABLE "later" ADD COLUMN "x" text;${BREAK}
        ALTER TABLE "users" ALTER COLUMN "age" SET DATA TYPE bigint;`,
    }),
    { kind: 'all' },
  )
  expect(result.problems.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^drizzle\/0001_unique.sql \(DO .*nobody/),
    expect.stringMatching(/^drizzle\/0002_later.sql \(ALTER TABLE "later" .* could not be run/),
  ])
  expect(result.notices?.filter((line) => line.includes('disagree'))).toEqual([])
  // The rest of the migration is applied: its column is there to be changed.
  expect(told(result)).toContain('change-column-type: users.age')
  expect(exitCode(result, null)).toBe(2)
})
