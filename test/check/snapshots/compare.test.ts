import { describe, expect, test } from 'vitest'
import { snapshotRules } from '../../../rules/index.ts'
import { runPlacedRules } from '../../../src/lint/placedRule.ts'
import { compareSnapshots } from '../../../src/check/snapshots/compare.ts'
import { engine } from '../../dialects/postgres/sql/replayed.ts'
import { kit, kitSnapshots } from './kitSnapshots.ts'

const SESSION = { version: null, timezone: 'UTC', transaction: 'deployment' } as const
const snapshotOf = kitSnapshots()

/** A migration: its SQL (null: what drizzle-kit generates), and the schema its snapshot is of. */
type Step = readonly [sql: string | null, schema: string | null]

/** Replays steps; a step without a schema has no snapshot. Answers `severity migration message`. */
async function compared(steps: readonly Step[], deployed = 0): Promise<readonly string[]> {
  let last = await snapshotOf('export {}')
  const read = []
  for (const [position, [sql, schema]] of steps.entries()) {
    const json = schema === null ? null : await snapshotOf(schema, last.id)
    const text =
      sql ?? (await kit.generateMigration(last, json ?? last)).join('\n--> statement-breakpoint\n')
    const snapshot = json && engine.snapshots().read(json)
    last = json ?? last
    read.push({
      source: { name: `000${position}`, file: `000${position}.sql`, text },
      snapshot,
    })
  }
  const at = read.slice(0, deployed).findLastIndex(({ snapshot }) => snapshot !== null)
  const start = {
    snapshot: read[at]?.snapshot ?? null,
    deployed: read.slice(at + 1, deployed).map(({ source }) => source),
  }
  const pending = read
    .slice(deployed)
    .map(({ source, snapshot }) => ({ source, snapshot: () => snapshot }))
  const comparison = compareSnapshots(engine, SESSION, start, pending)
  const active = snapshotRules.map((rule) => ({ rule, severity: null, options: {} }))
  return runPlacedRules(active, comparison, 'test', []).map(
    ({ severity, migration, message }) => `${severity} ${migration} ${message}`,
  )
}

const users = (columns: string, rest = '') =>
  `export const users = pgTable('users', { id: serial().primaryKey(), ${columns} }${rest})`
const USERS = users('')
const NAME = users('name: text()')

describe('what hand-edited SQL leaves otherwise is said', () => {
  test.for<[string, Step[], string]>([
    [
      'a type',
      [
        [null, USERS],
        ['ALTER TABLE "users" ADD COLUMN "name" text;', users('name: varchar({ length: 200 })')],
      ],
      'error 0001 users.name is text after 0001, but its snapshot says varchar(200).',
    ],
    [
      'NOT NULL',
      [
        [null, USERS],
        ['ALTER TABLE "users" ADD COLUMN "name" text;', users('name: text().notNull()')],
      ],
      'error 0001 users.name is nullable after 0001, but its snapshot says NOT NULL.',
    ],
    [
      'a default',
      [
        [null, USERS],
        ['ALTER TABLE "users" ADD COLUMN "n" integer DEFAULT 1;', users('n: integer().default(2)')],
      ],
      'error 0001 users.n is DEFAULT 1 after 0001, but its snapshot says DEFAULT 2.',
    ],
    [
      'a column that is not there',
      [
        [null, USERS],
        ['SELECT 1;', NAME],
      ],
      'error 0001 The column users.name does not exist after 0001, but its snapshot has it.',
    ],
    [
      'a table that is not there',
      [['SELECT 1;', USERS]],
      'error 0000 The table users does not exist after 0000, but its snapshot has it.',
    ],
    [
      'a foreign key with another action',
      [
        [null, USERS],
        [
          'CREATE TABLE "posts" ("u" integer); ALTER TABLE "posts" ADD CONSTRAINT "posts_u_users_id_fk" FOREIGN KEY ("u") REFERENCES "users"("id");',
          `${USERS}; export const posts = pgTable('posts', { u: integer().references(() => users.id, { onDelete: 'cascade' }) })`,
        ],
      ],
      'error 0001 posts_u_users_id_fk is a foreign key of u to users ON DELETE NO ACTION ON UPDATE NO ACTION after 0001, but its snapshot says a foreign key of u to users ON DELETE CASCADE ON UPDATE NO ACTION.',
    ],
    [
      'another limit in a check',
      [
        [null, users('n: integer()')],
        [
          'ALTER TABLE "users" ADD CONSTRAINT "adult" CHECK (n > 18);',
          users('n: integer()', ", (t) => [check('adult', sql`${t.n} > 21`)]"),
        ],
      ],
      'error 0001 adult is a CHECK with one expression after 0001, but its snapshot says a CHECK with another.',
    ],
    [
      'columns of an index',
      [
        [null, users('a: text(), b: text()')],
        [
          'CREATE INDEX "i" ON "users" ("a");',
          users('a: text(), b: text()', ", (t) => [index('i').on(t.a, t.b)]"),
        ],
      ],
      'error 0001 i is an index on a after 0001, but its snapshot says an index on a, b.',
    ],
    [
      'a label of an enum',
      [["CREATE TYPE mood AS ENUM ('ok');", "export const mood = pgEnum('mood', ['ok', 'sad'])"]],
      "error 0000 mood is without 'sad' after 0000, but its snapshot says with 'sad'.",
    ],
    [
      'row level security that was left out',
      [
        [
          'CREATE TABLE "t" ("id" integer);',
          "export const t = pgTable('t', { id: integer() }).enableRLS()",
        ],
      ],
      'error 0000 t is without row level security after 0000, but its snapshot says with row level security.',
    ],
    [
      'a hand-written column with a copied snapshot',
      [
        [null, USERS],
        ['ALTER TABLE "users" ADD COLUMN "name" text;', USERS],
      ],
      'warn 0001 The column users.name exists after 0001, but its snapshot does not have it.',
    ],
    [
      'a required column that the snapshot has dropped',
      [
        [null, users('name: text().notNull()')],
        ['-- kept', USERS],
      ],
      'error 0001 users.name is NOT NULL without a default after 0001, but its snapshot does not have the column: every INSERT that Drizzle builds leaves it out and fails.',
    ],
    [
      'what stands beside a statement that fails',
      [
        [null, users('name: text(), age: text()')],
        [
          `ALTER TABLE "users" ALTER COLUMN "age" SET DATA TYPE integer;--> statement-breakpoint
CREATE INDEX "i" ON "users" ("id");`,
          users('name: text(), age: integer()'),
        ],
      ],
      'warn 0001 The index i exists after 0001, but its snapshot does not have it.',
    ],
    [
      'what a migration without a snapshot did, at the next one',
      [
        [null, USERS],
        ['CREATE INDEX "i" ON "users" ("id");', null],
        ['SELECT 1;', USERS],
      ],
      'warn 0001 The index i exists after 0002, but its snapshot does not have it.',
    ],
  ])('%s', async ([, steps, message]) => {
    expect(await compared(steps)).toEqual([message])
  })
})

describe('nothing is said about', () => {
  test.for<[string, Step[]]>([
    [
      'another spelling of types and defaults',
      [
        [
          `CREATE TABLE users (id serial PRIMARY KEY, a character varying(9) default 'x'::character varying, b int4 DEFAULT '0'::int,
            c timestamp(6) with time zone DEFAULT current_timestamp, d text[] DEFAULT ARRAY[]::text[] NOT NULL, e decimal(5),
            f jsonb DEFAULT '{ "a": 1 }', g bool DEFAULT 't');`,
          users(`a: varchar({ length: 9 }).default('x'), b: integer().default(0), c: timestamp({ withTimezone: true }).defaultNow(),
            d: text().array().notNull().default([]), e: numeric({ precision: 5, scale: 0 }), f: jsonb().default({ a: 1 }), g: boolean().default(true)`),
        ],
      ],
    ],
    [
      'expressions that cannot be compared',
      [
        [null, users('n: integer()')],
        [
          'ALTER TABLE users ADD CONSTRAINT c CHECK (n = ANY (ARRAY[1, 2]) AND NOT n IS NULL);',
          users(
            'n: integer()',
            ", (t) => [check('c', sql`${t.n} is not null and ${t.n} in (1, 2)`)]",
          ),
        ],
      ],
    ],
    [
      'what snapshots do not know',
      [
        [null, NAME],
        [
          `CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
           CREATE TRIGGER t BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION f();
           CREATE EXTENSION IF NOT EXISTS pg_trgm; COMMENT ON TABLE users IS 'x'; GRANT SELECT ON users TO public;
           CREATE VIEW v AS SELECT * FROM users; CREATE POLICY p ON users; ALTER TABLE users ENABLE ROW LEVEL SECURITY;
           CREATE INDEX c ON users (id) INCLUDE (name); CREATE SEQUENCE s; UPDATE users SET name = '';`,
          NAME,
        ],
      ],
    ],
    [
      'a foreign key that is not validated yet (add-foreign-key)',
      [
        [null, USERS],
        [
          'CREATE TABLE "posts" ("u" integer); ALTER TABLE "posts" ADD CONSTRAINT "posts_u_users_id_fk" FOREIGN KEY ("u") REFERENCES "users"("id") NOT VALID;',
          `${USERS}; export const posts = pgTable('posts', { u: integer().references(() => users.id) })`,
        ],
      ],
    ],
    [
      'the way to NOT NULL (set-not-null)',
      [
        [null, NAME],
        [
          'ALTER TABLE users ADD CONSTRAINT users_name_not_null CHECK (name IS NOT NULL) NOT VALID;',
          NAME,
        ],
        ['ALTER TABLE users VALIDATE CONSTRAINT users_name_not_null;', NAME],
        [
          'ALTER TABLE users ALTER COLUMN name SET NOT NULL; ALTER TABLE users DROP CONSTRAINT users_name_not_null;',
          users('name: text().notNull()'),
        ],
      ],
    ],
    [
      'a column kept for the old code (drop-column)',
      [
        [null, users('name: text().notNull()')],
        ['ALTER TABLE users ALTER COLUMN name DROP NOT NULL;', USERS],
        ['SELECT 1;', USERS],
        ['ALTER TABLE users DROP COLUMN name;', USERS],
      ],
    ],
    [
      'an index that was built beforehand (create-index)',
      [
        [null, NAME],
        [
          'CREATE INDEX IF NOT EXISTS "i" ON "users" ("name");',
          users('name: text()', ", (t) => [index('i').on(t.name)]"),
        ],
      ],
    ],
    [
      'a unique constraint on an index that was built beforehand (long-work-under-lock)',
      [
        [null, NAME],
        [
          'ALTER TABLE users ADD CONSTRAINT users_name_unique UNIQUE USING INDEX built_by_hand;',
          users('name: text().unique()'),
        ],
      ],
    ],
    [
      'a unique constraint on an index that another runner builds concurrently',
      [
        [null, NAME],
        [
          'CREATE UNIQUE INDEX CONCURRENTLY i ON users (name) NULLS NOT DISTINCT; ALTER TABLE users ADD CONSTRAINT users_name_unique UNIQUE USING INDEX i;',
          users('name: text().unique(undefined, { nulls: "not distinct" })'),
        ],
      ],
    ],
    [
      'a default that is set after the column is added (long-work-under-lock)',
      [
        [null, USERS],
        [
          'ALTER TABLE users ADD COLUMN u uuid; ALTER TABLE users ALTER COLUMN u SET DEFAULT gen_random_uuid();',
          users('u: uuid().defaultRandom()'),
        ],
      ],
    ],
    [
      'a view under the old name (rename-table)',
      [
        [null, USERS],
        [
          'ALTER TABLE users RENAME TO people; CREATE VIEW users AS SELECT * FROM people;',
          "export const people = pgTable('people', { id: serial().primaryKey() })",
        ],
      ],
    ],
    [
      'the names PostgreSQL keeps when a table is renamed',
      [
        [
          null,
          users('name: text().unique(), parent: integer().references(() => users.id)').replace(
            '() => users',
            '(): any => users',
          ),
        ],
        [
          'ALTER TABLE users RENAME TO people;',
          "export const people = pgTable('people', { id: serial().primaryKey(), name: text().unique(), parent: integer().references((): any => people.id) })",
        ],
      ],
    ],
    [
      'a schema that somebody else makes',
      [['SELECT 1;', "export const auth = pgSchema('auth').table('users', { id: integer() })"]],
    ],
    [
      'a name that PostgreSQL cuts',
      [
        [
          null,
          `export const t = pgTable('t', { a: text() }, (t) => [index('${'long_'.repeat(14)}').on(t.a)])`,
        ],
      ],
    ],
    [
      'a database that was there first (drizzle-kit pull)',
      [
        ['/* CREATE TABLE … */', NAME],
        [null, users('name: text(), age: integer()')],
      ],
    ],
    [
      'what SQL built at run time may have done',
      [
        [null, USERS],
        ["DO $$ BEGIN EXECUTE 'ALTER TABLE ' || 'users ADD name text'; END $$;", NAME],
      ],
    ],
    [
      'what is under a condition',
      [
        [null, USERS],
        [
          "DO $$ BEGIN IF current_database() = 'x' THEN ALTER TABLE users ADD COLUMN name varchar(9); END IF; END $$;",
          NAME,
        ],
      ],
    ],
    [
      'a difference that a later migration repairs',
      [
        [null, USERS],
        ['SELECT 1;', NAME],
        ['ALTER TABLE users ADD COLUMN name text;', NAME],
      ],
    ],
  ])('%s', async ([, steps]) => {
    expect(await compared(steps)).toEqual([])
  })
})

describe('with a part deployed', () => {
  const history: Step[] = [
    [null, USERS],
    ['SELECT 1;', NAME],
    ['CREATE INDEX "i" ON "users" ("id");', null],
  ]
  const more = users('name: text(), age: integer()')

  test('what differed there already is not said again', async () => {
    expect(await compared([...history, [null, more]], 3)).toEqual([])
  })

  test('what the pending migrations add to it is', async () => {
    expect(
      await compared([...history, ['ALTER TABLE users ADD COLUMN age text;', more]], 3),
    ).toEqual(['error 0003 users.age is text after 0003, but its snapshot says integer.'])
  })

  test('without any snapshot there is nothing to go by', async () => {
    expect(
      await compared(
        [
          ['CREATE TABLE users (id serial PRIMARY KEY);', null],
          [null, NAME],
        ],
        1,
      ),
    ).toEqual([])
  })
})

test('drizzle-kit: a repair as the help words it ends the difference', async () => {
  const before: Step[] = [
    [null, NAME],
    [
      'ALTER TABLE "users" RENAME COLUMN "name" TO "title";',
      users('title: varchar({ length: 200 })'),
    ],
  ]
  const custom: Step = [
    'ALTER TABLE "users" ALTER COLUMN "title" SET DATA TYPE varchar(200);',
    users('title: varchar({ length: 200 })'),
  ]
  expect(await compared(before)).toEqual([
    'error 0001 users.title is text after 0001, but its snapshot says varchar(200).',
  ])
  expect(await compared([...before, custom])).toEqual([])
})
