import { describe, expect, test } from 'vitest'
import { reset } from '../../src/verify/trace/index.ts'
import { sharedPglite } from '../verify/trace/shared.ts'
import { replayed } from '../dialects/postgres/sql/replayed.ts'
import { inventoryOf, inventoryOfServer } from './server.ts'

const pglite = sharedPglite()

/** What there is at the end must be what a real server then has. */
function followsTheServer(scenarios: Readonly<Record<string, string>>): void {
  test.each(Object.entries(scenarios))('%s', async (_, sql) => {
    const client = await pglite()
    await reset(client)
    await client.exec(sql)
    expect(inventoryOf(replayed(sql).after)).toEqual(await inventoryOfServer(client))
  })
}

const USERS = `CREATE TABLE users (
    id serial PRIMARY KEY,
    email varchar(255) NOT NULL UNIQUE,
    age int CHECK (age > 0),
    nick text,
    CONSTRAINT known CHECK (email <> '' OR nick IS NOT NULL)
  );
  CREATE INDEX users_age ON users (age) WHERE nick IS NOT NULL;
  CREATE INDEX users_lower ON users (lower(email)) INCLUDE (age);
  CREATE TABLE posts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    author int REFERENCES users (id) ON DELETE CASCADE,
    by_mail text CONSTRAINT mail REFERENCES users (email)
  );
  CREATE VIEW mails AS SELECT email, id FROM users;
  CREATE VIEW short_mails AS SELECT email FROM mails;
  CREATE MATERIALIZED VIEW ages AS SELECT age FROM users;
  CREATE INDEX ages_age ON ages (age);`

describe('a renamed column is followed', () => {
  followsTheServer({
    'into indexes, their predicates, expressions and included columns': `${USERS}
      ALTER TABLE users RENAME COLUMN nick TO handle;
      ALTER TABLE users RENAME COLUMN age TO years;
      ALTER TABLE users RENAME COLUMN email TO mail;`,
    'into foreign keys on both sides': `${USERS}
      ALTER TABLE users RENAME COLUMN email TO mail;
      ALTER TABLE posts RENAME COLUMN author TO author_id;`,
    'into the foreign key of a table on itself': `
      CREATE TABLE nodes (id int PRIMARY KEY, parent int REFERENCES nodes (id));
      ALTER TABLE nodes RENAME COLUMN id TO node_id;`,
    'into the sequence it owns': `${USERS} ALTER TABLE users RENAME COLUMN id TO user_id;`,
    'so that dropping it under its new name takes along what it took under the old': `${USERS}
      ALTER TABLE users RENAME COLUMN email TO mail;
      ALTER TABLE users DROP COLUMN mail CASCADE;`,
    'into partitions': `
      CREATE TABLE events (id int NOT NULL, day date NOT NULL, note text) PARTITION BY RANGE (day);
      CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
      ALTER TABLE events RENAME COLUMN note TO remark;`,
  })
})

describe('a renamed table is followed', () => {
  followsTheServer({
    'into foreign keys, views and sequences, while indexes and constraints keep their names': `${USERS}
      ALTER TABLE users RENAME TO members;
      DROP TABLE posts;
      ALTER TABLE members DROP COLUMN nick;`,
    'so that dropping it takes along what it took under its old name': `${USERS}
      ALTER TABLE users RENAME TO members;
      DROP TABLE members CASCADE;`,
    'into another schema, with its indexes and its sequences': `${USERS}
      CREATE SCHEMA app;
      ALTER TABLE users SET SCHEMA app;
      ALTER TABLE posts SET SCHEMA app;`,
    'to a name that was free again': `
      CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY);
      DROP TABLE b; ALTER TABLE a RENAME TO b; CREATE TABLE a (n int);`,
    'into partitions and children': `
      CREATE TABLE events (id int) PARTITION BY LIST (id);
      CREATE TABLE events_1 PARTITION OF events FOR VALUES IN (1);
      CREATE TABLE base (id int); CREATE TABLE child (n int) INHERITS (base);
      ALTER TABLE events RENAME TO facts; ALTER TABLE base RENAME TO root;
      ALTER TABLE facts ADD COLUMN n int; ALTER TABLE root ADD COLUMN m int;`,
  })
})

describe('other things that are renamed or moved', () => {
  followsTheServer({
    'an index takes its constraint along': `${USERS}
      ALTER INDEX users_email_key RENAME TO users_mail_key;
      ALTER INDEX users_age RENAME TO users_years;
      ALTER INDEX users_pkey RENAME TO users_id;`,
    'a constraint takes its index along': `${USERS}
      ALTER TABLE users RENAME CONSTRAINT users_email_key TO one_mail;
      ALTER TABLE users RENAME CONSTRAINT known TO reachable;
      ALTER TABLE posts RENAME CONSTRAINT mail TO mail_fk;`,
    'a view, and what reads it': `${USERS}
      ALTER VIEW mails RENAME TO addresses; ALTER MATERIALIZED VIEW ages RENAME TO years;
      DROP VIEW addresses CASCADE;`,
    'an enum and its columns': `CREATE TYPE mood AS ENUM ('sad', 'happy');
      CREATE TABLE people (id int, mood mood);
      ALTER TYPE mood RENAME TO feeling; ALTER TYPE feeling RENAME VALUE 'sad' TO 'blue';
      DROP TYPE feeling CASCADE;`,
    'a type into another schema': `CREATE SCHEMA app; CREATE TYPE mood AS ENUM ('sad');
      CREATE DOMAIN mail AS text; CREATE TABLE people (mood mood, mail mail);
      ALTER TYPE mood SET SCHEMA app; ALTER DOMAIN mail SET SCHEMA app;
      DROP TYPE app.mood CASCADE;`,
    'a sequence': `CREATE SEQUENCE one; ALTER SEQUENCE one RENAME TO two;
      CREATE SCHEMA app; CREATE SEQUENCE three; ALTER SEQUENCE three SET SCHEMA app;`,
    'a schema with all that is in it': `CREATE SCHEMA app;
      CREATE TYPE app.mood AS ENUM ('sad'); CREATE DOMAIN app.mail AS text;
      CREATE TABLE app.people (id serial PRIMARY KEY, mood app.mood, mail app.mail);
      CREATE TABLE pets (owner int REFERENCES app.people);
      CREATE VIEW app.moods AS SELECT mood FROM app.people;
      CREATE SEQUENCE app.counter;
      ALTER SCHEMA app RENAME TO web;
      ALTER TABLE web.people DROP COLUMN mood CASCADE;`,
  })
})

describe('a dropped column takes along', () => {
  followsTheServer({
    'its indexes, also those that only include it or mention it in a predicate': `${USERS}
      ALTER TABLE users DROP COLUMN nick;
      DROP MATERIALIZED VIEW ages;
      ALTER TABLE users DROP COLUMN age;`,
    'its keys and checks, and with CASCADE foreign keys and views': `${USERS}
      ALTER TABLE users DROP COLUMN email CASCADE;`,
    'its sequence': `${USERS} DROP VIEW mails CASCADE; ALTER TABLE users DROP COLUMN id CASCADE;`,
    'with CASCADE the columns generated from it': `
      CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 1) STORED, c int);
      CREATE INDEX t_b ON t (b);
      ALTER TABLE t DROP COLUMN a CASCADE;`,
    'a unique constraint of several columns': `
      CREATE TABLE t (a int, b int, c int, UNIQUE (a, b), PRIMARY KEY (b, c));
      ALTER TABLE t DROP COLUMN b;`,
    'the same of the partitions': `
      CREATE TABLE events (id int, note text) PARTITION BY LIST (id);
      CREATE TABLE events_1 PARTITION OF events FOR VALUES IN (1);
      ALTER TABLE events DROP COLUMN note;`,
  })
})

describe('a dropped table takes along', () => {
  followsTheServer({
    'its indexes and sequences': `${USERS} DROP TABLE posts;`,
    'with CASCADE foreign keys, views, and views of those': `${USERS} DROP TABLE users CASCADE;`,
    'its partitions': `CREATE TABLE events (id int) PARTITION BY LIST (id);
      CREATE TABLE events_1 PARTITION OF events FOR VALUES IN (1) PARTITION BY LIST (id);
      CREATE TABLE events_1_1 PARTITION OF events_1 FOR VALUES IN (1);
      DROP TABLE events;`,
    'with CASCADE its children': `CREATE TABLE base (id int); CREATE TABLE child (n int) INHERITS (base);
      DROP TABLE base CASCADE;`,
    'the others of the same statement': `CREATE TABLE a (id int PRIMARY KEY);
      CREATE TABLE b (a int REFERENCES a); DROP TABLE a, b;`,
  })
})

describe('other things that are dropped take along', () => {
  followsTheServer({
    'a unique constraint its index': `${USERS} ALTER TABLE posts DROP CONSTRAINT mail;
      ALTER TABLE users DROP CONSTRAINT users_email_key;`,
    'with CASCADE a key the foreign keys that point at it': `${USERS}
      ALTER TABLE users DROP CONSTRAINT users_email_key CASCADE;
      ALTER TABLE users DROP CONSTRAINT users_pkey CASCADE;`,
    'a primary key leaves its columns NOT NULL': `CREATE TABLE t (id int PRIMARY KEY);
      ALTER TABLE t DROP CONSTRAINT t_pkey;`,
    'a type with CASCADE its columns': `CREATE TYPE mood AS ENUM ('sad');
      CREATE TABLE people (id int, mood mood, moods mood[]); CREATE INDEX people_mood ON people (mood);
      DROP TYPE mood CASCADE;`,
    'a domain with CASCADE its columns': `CREATE DOMAIN mail AS text;
      CREATE TABLE people (id int, mail mail); DROP DOMAIN mail CASCADE;`,
    'a schema with CASCADE all that is in it, and what points at it': `CREATE SCHEMA app;
      CREATE TYPE app.mood AS ENUM ('sad');
      CREATE TABLE app.people (id serial PRIMARY KEY);
      CREATE TABLE pets (owner int REFERENCES app.people, mood app.mood, name text);
      CREATE VIEW owners AS SELECT id FROM app.people;
      DROP SCHEMA app CASCADE;`,
    'a view with CASCADE the views that read it': `${USERS} DROP VIEW mails CASCADE;`,
    'a materialized view its indexes': `${USERS} DROP MATERIALIZED VIEW ages;`,
    'an index nothing': `${USERS} DROP INDEX users_age;`,
    'an identity its sequence': `${USERS} ALTER TABLE posts ALTER COLUMN id DROP IDENTITY;`,
    'a default nothing, the sequence stays': `${USERS} ALTER TABLE users ALTER COLUMN id DROP DEFAULT;`,
  })
})

describe('what is there already', () => {
  followsTheServer({
    'is left alone by IF NOT EXISTS': `${USERS}
      CREATE TABLE IF NOT EXISTS users (other int PRIMARY KEY, FOREIGN KEY (other) REFERENCES posts);
      CREATE TABLE IF NOT EXISTS users AS SELECT 1 AS other;
      ALTER TABLE users ADD COLUMN IF NOT EXISTS age bigint NOT NULL UNIQUE;
      CREATE INDEX IF NOT EXISTS users_age ON posts (author);
      CREATE MATERIALIZED VIEW IF NOT EXISTS ages AS SELECT id FROM posts;
      CREATE SEQUENCE IF NOT EXISTS users_id_seq;`,
    'is replaced by CREATE OR REPLACE VIEW': `${USERS}
      CREATE OR REPLACE VIEW short_mails AS SELECT email FROM users;
      DROP VIEW mails;`,
    'is not missed by IF EXISTS': `
      DROP TABLE IF EXISTS nothing; DROP INDEX IF EXISTS nothing; DROP TYPE IF EXISTS nothing;
      ALTER TABLE IF EXISTS nothing ADD COLUMN a int; DROP VIEW IF EXISTS nothing;`,
  })
})

describe('columns and constraints', () => {
  followsTheServer({
    'NOT NULL comes and goes': `CREATE TABLE t (a int, b int NOT NULL, c int);
      ALTER TABLE t ALTER a SET NOT NULL; ALTER TABLE t ALTER b DROP NOT NULL;
      ALTER TABLE t ADD CONSTRAINT c_there NOT NULL c;`,
    'a named NOT NULL goes with its constraint': `CREATE TABLE t (a int, b int);
      ALTER TABLE t ADD CONSTRAINT a_there NOT NULL a; ALTER TABLE t DROP CONSTRAINT a_there;
      ALTER TABLE t ADD CONSTRAINT b_there NOT NULL b; ALTER TABLE t ALTER b DROP NOT NULL;`,
    'a named NOT NULL that is not valid yet, and one that is validated': `CREATE TABLE t (a int, b int);
      ALTER TABLE t ADD CONSTRAINT a_there NOT NULL a NOT VALID;
      ALTER TABLE t ADD CONSTRAINT b_there NOT NULL b NOT VALID;
      ALTER TABLE t VALIDATE CONSTRAINT b_there;`,
    'NOT VALID until validated': `CREATE TABLE t (a int, b int); CREATE TABLE r (id int PRIMARY KEY);
      ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID, ADD CONSTRAINT d CHECK (b > 0) NOT VALID;
      ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES r NOT VALID;
      ALTER TABLE t VALIDATE CONSTRAINT c;`,
    'a primary key makes its columns NOT NULL': `CREATE TABLE t (a int, b int);
      ALTER TABLE t ADD PRIMARY KEY (a, b);`,
    'a key takes an index over under its own name': `CREATE TABLE t (a int, b int);
      CREATE UNIQUE INDEX t_a ON t (a); CREATE UNIQUE INDEX t_b ON t (b);
      ALTER TABLE t ADD CONSTRAINT t_one PRIMARY KEY USING INDEX t_a;
      ALTER TABLE t ADD UNIQUE USING INDEX t_b;`,
    'a foreign key without columns points at the primary key': `
      CREATE TABLE r (x int, y int, PRIMARY KEY (x, y));
      CREATE TABLE t (a int, b int, FOREIGN KEY (a, b) REFERENCES r);`,
    'columns of a parent': `CREATE TABLE base (id int NOT NULL, n int);
      CREATE TABLE child (own text) INHERITS (base);
      ALTER TABLE base ADD COLUMN late int; ALTER TABLE base DROP COLUMN n;
      ALTER TABLE base ALTER late SET NOT NULL;`,
    'columns of a partitioned table': `CREATE TABLE events (id int, day date) PARTITION BY LIST (id);
      CREATE TABLE events_1 PARTITION OF events FOR VALUES IN (1);
      ALTER TABLE events ADD COLUMN note text NOT NULL DEFAULT '';
      ALTER TABLE events ALTER note DROP NOT NULL; ALTER TABLE events ALTER day SET NOT NULL;`,
    'values of an enum in their order': `CREATE TYPE e AS ENUM ('b', 'd');
      ALTER TYPE e ADD VALUE 'a' BEFORE 'b'; ALTER TYPE e ADD VALUE 'c' AFTER 'b';
      ALTER TYPE e ADD VALUE 'e'; ALTER TYPE e ADD VALUE IF NOT EXISTS 'a';`,
    'a sequence that changes its owner': `CREATE TABLE t (a int, b int); CREATE SEQUENCE s OWNED BY t.a;
      CREATE SEQUENCE r OWNED BY t.a;
      ALTER SEQUENCE s OWNED BY t.b; ALTER SEQUENCE r OWNED BY NONE; ALTER TABLE t DROP COLUMN a;`,
    'identity under a name of its own': `
      CREATE TABLE r (id int NOT NULL);
      ALTER TABLE r ALTER id ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME r_numbers);`,
  })
})
