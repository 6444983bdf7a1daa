import { describe, expect, test } from 'vitest'
import { displayName } from '../../../../src/catalog/names.ts'
import { displayType } from '../../../../src/catalog/type.ts'
import { ofKind, replayed } from './replayed.ts'

describe('a name means', () => {
  const dropped = (sql: string, deployed?: string) =>
    ofKind(replayed(sql, deployed === undefined ? {} : { deployed }).changes, 'DropTable').map(
      ({ table }) => displayName(table),
    )

  test.each([
    ['what it says, in lower case without quotes', 'DROP TABLE Users;', ['users']],
    [
      'exactly what it says in quotes',
      'DROP TABLE "Users", "a.b", "say ""hi""";',
      ['Users', 'a.b', 'say "hi"'],
    ],
    [
      'an object of the schema it names',
      'DROP TABLE "app"."Users", APP.users;',
      ['app.Users', 'app.users'],
    ],
    ['one of public', 'DROP TABLE public.users, "public"."x";', ['users', 'x']],
    ['its first 63 bytes', `DROP TABLE ${'x'.repeat(70)};`, ['x'.repeat(63)]],
  ])('%s', (_, sql, expected) => {
    expect(dropped(sql)).toEqual(expected)
  })

  test.each([
    ['SET search_path = app;', 'app.users'],
    ['SET search_path TO app, public;', 'app.users'],
    ['SET LOCAL search_path = "app";', 'app.users'],
    ['SET search_path = "$user", public;', 'users'],
    ['SET search_path = app; SET search_path TO DEFAULT;', 'users'],
    ['SET search_path = app; RESET search_path;', 'users'],
    ["SELECT set_config('search_path', 'app', false);", 'app.users'],
    ["SELECT pg_catalog.set_config('search_path', '', false);", 'users'],
    ['SET statement_timeout = 0;', 'users'],
  ])('after %s one of the first schema of the path', (set, expected) => {
    expect(dropped(`${set} CREATE TABLE users (id int); DROP TABLE users;`)).toEqual([expected])
  })

  test('an object that is found along the path, before one that is not', () => {
    const deployed =
      'CREATE SCHEMA app; CREATE TABLE app.users (id int); CREATE TABLE posts (id int);'
    expect(
      dropped('SET search_path = app, public; DROP TABLE users, posts, nothing;', deployed),
    ).toEqual(['app.users', 'posts', 'app.nothing'])
    expect(dropped('SET search_path = public, app; DROP TABLE users;', deployed)).toEqual([
      'app.users',
    ])
  })

  test('no other after the next migration has begun its session', () => {
    expect(dropped('DROP TABLE users;', 'SET search_path = app;')).toEqual(['users'])
  })

  test('still the same in the next file of the deployment', () => {
    const { changes } = replayed(['SET search_path = app;', 'DROP TABLE users;'])
    expect(ofKind(changes, 'DropTable')[0]?.table).toEqual({ schema: 'app', name: 'users' })
  })

  test('a temporary table before any other', () => {
    const deployed = 'CREATE TABLE users (id int);'
    const sql = `CREATE TEMP TABLE users AS SELECT 1 AS id; INSERT INTO users VALUES (2);
      INSERT INTO public.users VALUES (3); DROP TABLE users;`
    const { changes, after } = replayed(sql, { deployed })
    expect(ofKind(changes, 'WriteRows').map(({ table }) => displayName(table))).toEqual([
      'pg_temp.users',
      'users',
    ])
    expect(ofKind(changes, 'DropTable').map(({ table }) => displayName(table))).toEqual([
      'pg_temp.users',
    ])
    expect([...after.tables.values()].map(displayName)).toEqual(['users'])
  })

  test('a relation of the same WITH, not a table', () => {
    const sql = 'WITH recent AS (SELECT * FROM posts) UPDATE users SET n = 1 FROM recent;'
    expect(ofKind(replayed(sql).changes, 'WriteRows')[0]?.reads.map(displayName)).toEqual(['posts'])
  })
})

describe('a type is kept', () => {
  const typesOf = (definitions: string, before = '') => {
    const { changes } = replayed(`${before} CREATE TABLE t (${definitions});`)
    return ofKind(changes, 'CreateTable')[0]?.definition.columns.map((column) => ({
      ...column.type,
      shown: displayType(column.type),
      ...(column.serial ? { serial: true } : {}),
    }))
  }
  const own = { schema: null, modifiers: [], dimensions: 0, collation: null }

  test.each([
    ['int', { name: 'int4', shown: 'integer' }],
    ['bigint', { name: 'int8', shown: 'bigint' }],
    ['serial', { name: 'int4', shown: 'integer', serial: true }],
    ['"serial"', { name: 'int4', shown: 'integer', serial: true }],
    ['BIGSERIAL', { name: 'int8', shown: 'bigint', serial: true }],
    ['smallserial', { name: 'int2', shown: 'smallint', serial: true }],
    ['text', { name: 'text', shown: 'text' }],
    ['text[]', { name: 'text', dimensions: 1, shown: 'text[]' }],
    ['text ARRAY', { name: 'text', dimensions: 1, shown: 'text[]' }],
    ['int[3][3]', { name: 'int4', dimensions: 1, shown: 'integer[]' }],
    ['varchar', { name: 'varchar', shown: 'varchar' }],
    ['varchar(50)', { name: 'varchar', modifiers: [50], shown: 'varchar(50)' }],
    [
      'character varying(50)[]',
      { name: 'varchar', modifiers: [50], dimensions: 1, shown: 'varchar(50)[]' },
    ],
    ['char', { name: 'bpchar', modifiers: [1], shown: 'char(1)' }],
    ['char(3)', { name: 'bpchar', modifiers: [3], shown: 'char(3)' }],
    ['"char"', { name: 'char', shown: '"char"' }],
    ['numeric(10, 2)', { name: 'numeric', modifiers: [10, 2], shown: 'numeric(10,2)' }],
    ['decimal(10)', { name: 'numeric', modifiers: [10], shown: 'numeric(10)' }],
    ['"decimal"', { name: 'numeric', shown: 'numeric' }],
    ['numeric(3, -2)', { name: 'numeric', modifiers: [3, -2], shown: 'numeric(3,-2)' }],
    ['timestamp', { name: 'timestamp', shown: 'timestamp' }],
    ['timestamp (3)', { name: 'timestamp', modifiers: [3], shown: 'timestamp(3)' }],
    [
      'timestamp (3) with time zone',
      { name: 'timestamptz', modifiers: [3], shown: 'timestamp(3) with time zone' },
    ],
    ['timestamptz', { name: 'timestamptz', shown: 'timestamp with time zone' }],
    ['time(0)', { name: 'time', modifiers: [0], shown: 'time(0)' }],
    ['interval', { name: 'interval', shown: 'interval' }],
    ['interval(3)', { name: 'interval', modifiers: [3], shown: 'interval(3)' }],
    ['interval day to second(3)', { name: 'interval', modifiers: [3], shown: 'interval(3)' }],
    ['double precision', { name: 'float8', shown: 'double precision' }],
    ['float(20)', { name: 'float4', shown: 'real' }],
    ['bit(8)', { name: 'bit', modifiers: [8], shown: 'bit(8)' }],
    ['pg_catalog.int4', { name: 'int4', shown: 'integer' }],
    ['text COLLATE "C"', { name: 'text', collation: 'C', shown: 'text' }],
    ['text COLLATE "default"', { name: 'text', shown: 'text' }],
    ['jsonb', { name: 'jsonb', shown: 'jsonb' }],
  ])('%s', (sql, expected) => {
    expect(typesOf(`c ${sql}`)).toEqual([{ ...own, ...expected }])
  })

  test.each([
    ['an enum', 'mood', { schema: 'public', name: 'mood', shown: 'mood' }],
    ['an enum by its schema', '"public"."mood"', { schema: 'public', name: 'mood', shown: 'mood' }],
    [
      'an array of enums',
      'mood[]',
      { schema: 'public', name: 'mood', dimensions: 1, shown: 'mood[]' },
    ],
    ['an enum in a schema', 'app.level', { schema: 'app', name: 'level', shown: 'app.level' }],
    ['a domain', 'mail', { schema: 'public', name: 'mail', shown: 'mail' }],
    [
      'a type of another maker',
      'vector(1536)',
      { schema: 'public', name: 'vector', modifiers: [1536], shown: 'vector(1536)' },
    ],
    [
      'an enum that is called like a built-in type',
      '"public"."text"',
      { schema: 'public', name: 'text', shown: 'text' },
    ],
    [
      'the schema "undefined" that drizzle-kit once wrote',
      '"undefined"."mood"',
      { schema: 'undefined', name: 'mood', shown: 'undefined.mood' },
    ],
  ])('%s', (_, sql, expected) => {
    const before = `CREATE TYPE mood AS ENUM ('sad'); CREATE SCHEMA app; CREATE TYPE app.level AS ENUM ('low');
      CREATE DOMAIN mail AS varchar(255);`
    expect(typesOf(`c ${sql}`, before)).toEqual([{ ...own, ...expected }])
  })

  test('an enum along the search path', () => {
    const before = `CREATE SCHEMA app; CREATE TYPE app.level AS ENUM ('low'); SET search_path = public, app;`
    expect(typesOf('c level', before)).toEqual([
      { ...own, schema: 'app', name: 'level', shown: 'app.level' },
    ])
  })
})
