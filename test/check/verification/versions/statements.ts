/** A statement of which it is said in docs/postgres-versions.md what it does on each version: one that not every version of PostgreSQL takes, or does in the same way. */
export interface VersionStatement {
  readonly before: string
  readonly sql: string
  /** Default true. */
  readonly transaction?: boolean
}

const USERS = 'CREATE TABLE users (id int PRIMARY KEY, age int, name text, team int);'
const TEAMS = `CREATE TABLE teams (id int PRIMARY KEY);${USERS}`
const KEYED = `${TEAMS} ALTER TABLE users ADD CONSTRAINT users_team FOREIGN KEY (team) REFERENCES teams (id);`
const DOUBLED = `CREATE TABLE users (id int PRIMARY KEY, age int, twice int GENERATED ALWAYS AS (age * 2) STORED);`
const LOGS = `CREATE TABLE logs (id int, day int) PARTITION BY RANGE (day);
  CREATE TABLE logs_1 PARTITION OF logs FOR VALUES FROM (0) TO (1000000000);`

/** Those that Drizzle or people who edit its migrations write. */
export const statements: readonly VersionStatement[] = [
  { before: USERS, sql: 'ALTER TABLE users ADD COLUMN key uuid DEFAULT gen_random_uuid()' },
  { before: USERS, sql: 'ALTER TABLE users ADD COLUMN key uuid DEFAULT uuidv7()' },
  {
    before: USERS,
    sql: 'ALTER TABLE users ADD COLUMN twice int GENERATED ALWAYS AS (age * 2) VIRTUAL',
  },
  {
    before: USERS,
    sql: 'ALTER TABLE users ADD COLUMN twice int GENERATED ALWAYS AS (age * 2) STORED',
  },
  { before: DOUBLED, sql: 'ALTER TABLE users ALTER COLUMN twice SET EXPRESSION AS (age * 3)' },
  { before: DOUBLED, sql: 'ALTER TABLE users ALTER COLUMN twice DROP EXPRESSION' },
  { before: USERS, sql: 'ALTER TABLE users ADD CONSTRAINT named NOT NULL name NOT VALID' },
  { before: USERS, sql: 'ALTER TABLE users ADD CONSTRAINT named NOT NULL name' },
  { before: USERS, sql: 'ALTER TABLE users ADD CHECK (age > 0) NOT ENFORCED' },
  {
    before: TEAMS,
    sql: 'ALTER TABLE users ADD FOREIGN KEY (team) REFERENCES teams (id) NOT ENFORCED',
  },
  {
    before: TEAMS,
    sql: 'ALTER TABLE users ADD FOREIGN KEY (team) REFERENCES teams (id) ON DELETE SET NULL (team)',
  },
  { before: KEYED, sql: 'ALTER TABLE users ALTER CONSTRAINT users_team NOT ENFORCED' },
  { before: KEYED, sql: 'ALTER TABLE users ALTER CONSTRAINT users_team DEFERRABLE' },
  { before: USERS, sql: 'ALTER TABLE users ADD UNIQUE NULLS NOT DISTINCT (name)' },
  { before: USERS, sql: 'CREATE UNIQUE INDEX users_name ON users (name) NULLS NOT DISTINCT' },
  {
    before: `CREATE TABLE stays (room int4range, during int4range);`,
    sql: 'ALTER TABLE stays ADD PRIMARY KEY (room, during WITHOUT OVERLAPS)',
  },
  { before: USERS, sql: 'ALTER TABLE users ALTER COLUMN name SET COMPRESSION pglz' },
  { before: USERS, sql: 'ALTER TABLE users ALTER COLUMN name SET STORAGE DEFAULT' },
  { before: USERS, sql: 'CREATE TABLE notes (id int, body text STORAGE EXTERNAL)' },
  { before: USERS, sql: 'ALTER TABLE users SET ACCESS METHOD heap' },
  { before: USERS, sql: 'ALTER TABLE users ALTER COLUMN age SET STATISTICS DEFAULT' },
  {
    before: LOGS,
    sql: 'ALTER TABLE logs DETACH PARTITION logs_1 CONCURRENTLY',
    transaction: false,
  },
  { before: LOGS, sql: 'ALTER TABLE logs DETACH PARTITION logs_1' },
  { before: LOGS, sql: 'ALTER TABLE logs ADD COLUMN n int GENERATED ALWAYS AS IDENTITY' },
  {
    before: `${TEAMS}${LOGS}`,
    sql: 'ALTER TABLE logs ADD FOREIGN KEY (id) REFERENCES teams (id) NOT VALID',
  },
  {
    before: `${LOGS} CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';`,
    sql: 'CREATE TRIGGER t BEFORE INSERT ON logs FOR EACH ROW EXECUTE FUNCTION f()',
  },
  {
    before: `${USERS} CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';`,
    sql: 'CREATE OR REPLACE TRIGGER t BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION f()',
  },
  {
    before: `${LOGS} CREATE INDEX ON logs (day);`,
    sql: 'REINDEX TABLE CONCURRENTLY logs',
    transaction: false,
  },
  {
    before: `CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE users (id int, mood mood);`,
    sql: "ALTER TYPE mood ADD VALUE 'ok'",
  },
  {
    before: `CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE users (id int, mood mood);`,
    sql: "ALTER TYPE mood ADD VALUE 'ok';--> statement-breakpoint\nUPDATE users SET mood = 'ok'",
  },
  {
    before: USERS,
    sql: "CREATE TYPE mood AS ENUM ('sad');--> statement-breakpoint\nALTER TYPE mood ADD VALUE 'ok';--> statement-breakpoint\nALTER TABLE users ADD COLUMN mood mood DEFAULT 'ok'",
  },
  { before: USERS, sql: 'ALTER TABLE users SET UNLOGGED' },
  {
    before: USERS,
    sql: 'CREATE VIEW named WITH (security_invoker = true) AS SELECT id, name FROM users',
  },
  {
    before: `${USERS} CREATE TABLE arrivals (id int);`,
    sql: 'MERGE INTO users u USING arrivals a ON u.id = a.id WHEN MATCHED THEN UPDATE SET age = 1',
  },
  {
    before: USERS,
    sql: 'CREATE FUNCTION one() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; END',
  },
  { before: USERS, sql: 'ALTER TABLE users ADD COLUMN spans int4multirange' },
  { before: USERS, sql: 'ALTER TABLE users ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY' },
  { before: USERS, sql: 'ALTER TABLE users ALTER COLUMN age SET NOT NULL' },
  { before: USERS, sql: 'ALTER TABLE users ADD COLUMN x int DEFAULT 1 NOT NULL' },
]
