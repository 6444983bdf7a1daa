import { describe, expect, test } from 'vitest'
import { deploy } from '../dialects/postgres/effects/model.ts'
import { lint } from './linted.ts'

const SESSION = { version: null, timezone: 'UTC', transaction: 'deployment' } as const

/** What is said of a deployment, each as `rule: message`. */
function said(deployed: string, ...files: readonly string[]): readonly string[] {
  return lint(SESSION, deploy(SESSION, [deployed]), files).map(
    ({ rule, message }) => `${rule}: ${message}`,
  )
}

const USERS = 'CREATE TABLE users (id int PRIMARY KEY, name text, email text);'
const PAIRS = `CREATE TABLE pairs (a int, b int, PRIMARY KEY (a, b));`

describe('a foreign key with an index', () => {
  const keyed = (index: string) =>
    said(
      PAIRS,
      `CREATE TABLE uses (id int PRIMARY KEY, a int, b int, c int, FOREIGN KEY (a, b) REFERENCES pairs (a, b)); ${index}`,
    )

  test.for([
    'CREATE INDEX i ON uses (a, b);',
    'CREATE INDEX i ON uses (b);',
    'CREATE INDEX i ON uses (a, c);',
  ])('of several columns is served by any that leads with one of them: %s', (index) => {
    expect(keyed(index)).toEqual([])
  })

  test.for(['', 'CREATE INDEX i ON uses (c, a, b);'])('is not served by: %s', (index) => {
    expect(keyed(index)).toEqual([expect.stringMatching(/^unindexed-foreign-key: /)])
  })

  const twoTables = `CREATE TABLE orgs (id int PRIMARY KEY);
    CREATE TABLE members (id int PRIMARY KEY, org_id int CONSTRAINT m_fk REFERENCES orgs (id));`

  test('that takes the place of another is looked at like any', () => {
    const sql = `ALTER TABLE members DROP CONSTRAINT m_fk;
      ALTER TABLE members ADD CONSTRAINT m_fk FOREIGN KEY (org_id) REFERENCES orgs (id) ON DELETE cascade;`
    expect(said(twoTables, sql)).toContainEqual(expect.stringMatching(/^unindexed-foreign-key: /))
  })

  test('is the same under another name', () => {
    const sql = `CREATE TABLE notes (id int PRIMARY KEY, org_id int CONSTRAINT n_fk REFERENCES orgs (id));
      ALTER TABLE notes RENAME CONSTRAINT n_fk TO notes_fk; ALTER TABLE notes RENAME TO remarks;`
    expect(said(twoTables, sql)).toContainEqual(
      expect.stringContaining('No index starts with remarks.org_id'),
    )
  })
})

describe('what cannot happen is not claimed', () => {
  test('code that runs does not know a name that the deployment gave', () => {
    const sql = `ALTER TABLE users RENAME TO people; ALTER TABLE users RENAME COLUMN a TO b;`
    const dropped = said(USERS, `${sql} DROP TABLE people;`)
    expect(dropped).toContainEqual('drop-table: Dropping people deletes all its rows.')
    const column = said(
      USERS,
      'ALTER TABLE users RENAME COLUMN name TO title; ALTER TABLE users DROP COLUMN title;',
    )
    expect(column).toContainEqual('drop-column: Dropping users.title deletes its data.')
  })

  test('a condition keeps a rename from a column that is not there', () => {
    const sql = `DO $$ BEGIN IF EXISTS (SELECT 1 FROM information_schema.columns WHERE column_name = 'nick')
      THEN ALTER TABLE users RENAME COLUMN nick TO nickname; END IF; END $$;`
    expect(said(USERS, sql)).toEqual([])
  })

  test('COMMIT lets go of the locks of the statements before it', () => {
    const locked = 'ALTER TABLE users ADD COLUMN title text;'
    const backfill = `UPDATE users SET title = '' WHERE title IS NULL;`
    const blocks = /while nobody can read or write/
    expect(said(USERS, `${locked} ${backfill}`).join()).toMatch(blocks)
    expect(said(USERS, `${locked} COMMIT; ${backfill}`).join()).not.toMatch(blocks)
  })

  test('values that were copied before the drop are not lost', () => {
    const sql = `ALTER TABLE users ADD COLUMN title text; UPDATE users SET title = name WHERE name <> '';
      ALTER TABLE users DROP COLUMN name;`
    const findings = said(USERS, sql)
    expect(findings).toContainEqual(
      expect.stringContaining('after users.title was filled in the same deployment'),
    )
    expect(findings.join()).not.toContain('if that is a rename')
  })

  test('an index on what TRUNCATE has emptied is built at once', () => {
    const sql = 'TRUNCATE users; CREATE INDEX users_name_idx ON users (name);'
    expect(said(USERS, sql).filter((one) => one.startsWith('create-index'))).toEqual([])
  })

  test('an index on what DELETE has emptied is not: its dead rows are still there', () => {
    const sql = 'DELETE FROM users; CREATE INDEX users_name_idx ON users (name);'
    expect(said(USERS, sql)).toContainEqual(expect.stringMatching(/^create-index: /))
  })
})

describe('a change of type', () => {
  test('names apart what is rewritten and what is only read', () => {
    const tables = `CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY, a_id int REFERENCES a (id));
      CREATE INDEX ON b (a_id);`
    expect(said(tables, 'ALTER TABLE a ALTER COLUMN id TYPE bigint;')).toContainEqual(
      expect.stringMatching(/rewrites every row of a .*, and scans all of b\.$/),
    )
  })

  test('to the same type says that only an index is rebuilt', () => {
    const table = 'CREATE TABLE t (id int, name text); CREATE INDEX ON t (lower(name));'
    expect(said(table, 'ALTER TABLE t ALTER COLUMN name TYPE text;')).toEqual([
      expect.stringContaining('keeps the values, but rebuilds an index on t'),
    ])
  })
})

test('one ALTER TABLE that reads once is one finding', () => {
  const sql = 'ALTER TABLE users ALTER COLUMN name SET NOT NULL, ALTER COLUMN email SET NOT NULL;'
  expect(said(USERS, sql)).toEqual([
    expect.stringContaining('users.name and users.email become NOT NULL'),
  ])
})

describe('running code', () => {
  test('cannot know a name that only this deployment has given', () => {
    const there = 'ALTER TABLE users RENAME COLUMN name TO nick;'
    expect(said(USERS, `${there} ALTER TABLE users RENAME COLUMN nick TO name;`)).toEqual([])
    const back = 'ALTER TABLE people RENAME TO users;'
    expect(said(USERS, `ALTER TABLE users RENAME TO people; ${back}`)).toEqual([])
  })
})

describe('DROP INDEX', () => {
  const tables = `CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY, a_id int REFERENCES a (id));
    CREATE INDEX b_a ON b (a_id);`

  test('of the last that serves a foreign key is reported', () => {
    expect(said(tables, 'DROP INDEX b_a;')).toEqual([
      expect.stringMatching(/^unindexed-foreign-key: Without b_a no index starts with b\.a_id/),
    ])
  })

  test.for([
    ['another serves it', `${tables} CREATE INDEX b_a2 ON b (a_id, id);`, 'DROP INDEX b_a;'],
    ['the key goes, too', tables, 'DROP INDEX b_a; ALTER TABLE b DROP CONSTRAINT b_a_id_fkey;'],
    ['another is made', tables, 'DROP INDEX b_a; CREATE INDEX b_a ON b (a_id, id);'],
  ])('is quiet where %s', ([, before, sql]) => {
    const found = said(before!, sql!).filter((one) => one.startsWith('unindexed'))
    expect(found).toEqual([])
  })
})

test('TRUNCATE … CASCADE names all that it empties', () => {
  const tables = `CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY REFERENCES a);
    CREATE TABLE c (id int PRIMARY KEY REFERENCES b);`
  expect(said(tables, 'TRUNCATE a CASCADE;')).toEqual([
    expect.stringContaining('with CASCADE every row of b and c'),
  ])
})

describe('the query that asks production', () => {
  const ask = (tables: string, sql: string) => {
    const found = lint(SESSION, deploy(SESSION, [tables]), [sql])
    return found.map(({ help }) => /: (SELECT .*)$/.exec(help)?.[1])
  }

  test('is there for a check and for a conversion', () => {
    const table = 'CREATE TABLE t (a text, n numeric(10,2));'
    expect(ask(table, 'ALTER TABLE t ADD CONSTRAINT c CHECK (n > (1 + 2));')).toEqual([
      'SELECT count(*) FROM "public"."t" WHERE NOT (n > (1 + 2));',
    ])
    expect(ask(table, 'ALTER TABLE t ADD CONSTRAINT c CHECK (\n  n > 1\n  AND n < 9\n);')).toEqual([
      'SELECT count(*) FROM "public"."t" WHERE NOT (n > 1 AND n < 9);',
    ])
    expect(ask(table, 'ALTER TABLE t ADD CONSTRAINT c CHECK (n > 1 -- one\n);')).toEqual([
      undefined,
    ])
    expect(ask(table, 'ALTER TABLE t ALTER a TYPE int USING a::int;')).toEqual([
      'SELECT count(a::int) FROM "public"."t";',
    ])
    expect(ask(table, 'ALTER TABLE t ALTER n TYPE numeric(4,2);')).toEqual([
      'SELECT count("n"::numeric(4,2)) FROM "public"."t";',
    ])
  })
})

describe('one hazard is one finding', () => {
  test.for([
    [
      'a new key that is a serial',
      'CREATE TABLE t (name text);',
      'ALTER TABLE t ADD COLUMN id serial PRIMARY KEY;',
      /^long-work-under-lock: .* rewrites every row of t/,
    ],
    [
      'a unique constraint on what has no order',
      'CREATE TABLE t (j json);',
      'ALTER TABLE t ADD CONSTRAINT u UNIQUE (j);',
      /^fails-when-run: /,
    ],
    [
      'an index on what has no order',
      'CREATE TABLE t (j json);',
      'CREATE INDEX i ON t (j);',
      /^fails-when-run: /,
    ],
    [
      'a key between types that cannot be compared',
      'CREATE TABLE a (id uuid PRIMARY KEY); CREATE TABLE t (a_id int); CREATE INDEX ON t (a_id);',
      'ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a_id) REFERENCES a (id);',
      /^fails-when-run: /,
    ],
    [
      'columns of which one is sure to have no value',
      'CREATE TABLE t (a text);',
      'ALTER TABLE t ADD COLUMN b text; ALTER TABLE t ALTER a SET NOT NULL, ALTER b SET NOT NULL;',
      /t\.a and t\.b become NOT NULL/,
    ],
    [
      'a key that points at its own table names it once',
      'CREATE TABLE t (id int PRIMARY KEY, up int); CREATE INDEX ON t (up);',
      'ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (up) REFERENCES t (id);',
      /nobody can write to t, and fails/,
    ],
  ] as const)('%s', ([, tables, sql, expected]) => {
    expect(said(tables, sql)).toEqual([expect.stringMatching(expected)])
  })
})

describe('a default that calls a function', () => {
  const extensions = ['pgcrypto', 'uuid-ossp', 'postgis'].map(
    (name) => `CREATE EXTENSION "${name}";`,
  )
  const added = (value: string) =>
    said(
      `${USERS} ${extensions.join(' ')}`,
      `ALTER TABLE users ADD COLUMN x text DEFAULT ${value};`,
    )

  test.for([
    'ST_SetSRID(ST_MakePoint(0, 0), 4326)::text',
    "digest('a', 'md5')::text",
    'uuid_nil()::text',
  ])('of a known extension that is not volatile costs nothing: %s', (value) => {
    expect(added(value)).toEqual([])
  })

  test.for(['gen_random_uuid()::text', 'uuid_generate_v4()::text'])(
    'that is volatile rewrites the table: %s',
    (value) => {
      expect(added(value)).toEqual([
        expect.stringMatching(/because its default is computed for every row/),
      ])
    },
  )

  test('that nobody knows may do so', () => {
    expect(added('nanoid()')).toEqual([
      expect.stringMatching(/unless nanoid\(\) is declared STABLE or IMMUTABLE\.$/),
      expect.stringMatching(/^missing-prerequisite: /),
    ])
  })
})
