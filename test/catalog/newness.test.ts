import { describe, expect, test } from 'vitest'
import { findColumn } from '../../src/catalog/table.ts'
import { findTable } from '../../src/catalog/catalog.ts'
import { isEmpty, isFilled, isNewColumn, isNewTable } from '../../src/catalog/newness.ts'
import { replayed } from '../dialects/postgres/sql/replayed.ts'

const users = { schema: 'public', name: 'users' }
const posts = { schema: 'public', name: 'posts' }
const deployed = `CREATE TABLE users (id int PRIMARY KEY, email text);
  CREATE TABLE posts (id int PRIMARY KEY, author int REFERENCES users);`

/** How the table stands at the end of a deployment. */
function standing(sql: string | readonly string[], table = users, before = deployed) {
  const { after } = replayed(sql, { deployed: before })
  return { isNew: isNewTable(after, table), isEmpty: isEmpty(after, table) }
}

describe('a table is new', () => {
  test('in the deployment that creates it, in every file of it', () => {
    expect(
      standing(['CREATE TABLE t (a int);', 'SELECT 1;'], { schema: 'public', name: 't' }),
    ).toEqual({ isNew: true, isEmpty: true })
  })

  test('no more in the next one', () => {
    expect(standing('SELECT 1;')).toEqual({ isNew: false, isEmpty: false })
  })

  test('under its new name when it is renamed, and in another schema', () => {
    const sql = `CREATE SCHEMA app; CREATE TABLE t (a int); ALTER TABLE t RENAME TO s;
      ALTER TABLE s SET SCHEMA app;`
    expect(standing(sql, { schema: 'app', name: 's' }).isNew).toBe(true)
  })

  test('when it is dropped and created again', () => {
    expect(standing('DROP TABLE users CASCADE; CREATE TABLE users (id int);')).toEqual({
      isNew: true,
      isEmpty: true,
    })
  })

  test('not because of CREATE TABLE IF NOT EXISTS where it exists', () => {
    expect(standing('CREATE TABLE IF NOT EXISTS users (id int);').isNew).toBe(false)
    expect(standing('CREATE TABLE IF NOT EXISTS users AS SELECT 1 AS id;').isNew).toBe(false)
  })

  test('not because a pending migration is the first to mention it', () => {
    const sql = 'ALTER TABLE users ADD COLUMN bio text;'
    expect(standing(sql, users, '-- pulled')).toEqual({ isNew: false, isEmpty: false })
  })

  test('not if nothing was ever said of it', () => {
    expect(standing('SELECT 1;', { schema: 'public', name: 'unheard_of' })).toEqual({
      isNew: false,
      isEmpty: false,
    })
  })
})

describe('a new table is empty', () => {
  const table = { schema: 'public', name: 't' }
  const empty = (sql: string) => standing(`CREATE TABLE t (a int, b int);\n${sql}`, table).isEmpty

  test.each([
    ['INSERT', 'INSERT INTO t VALUES (1);'],
    ['INSERT … SELECT', 'INSERT INTO t SELECT id, id FROM users;'],
    ['an INSERT in a WITH', 'WITH n AS (INSERT INTO t VALUES (1) RETURNING a) SELECT * FROM n;'],
    ['COPY', 'COPY t FROM stdin;'],
    ['MERGE', 'MERGE INTO t USING users ON a = id WHEN NOT MATCHED THEN INSERT VALUES (id, id);'],
    ['an INSERT in a DO block', 'DO $$ BEGIN INSERT INTO t VALUES (1); END $$;'],
  ])('until %s fills it', (_, sql) => {
    expect(empty('')).toBe(true)
    expect(empty(sql)).toBe(false)
  })

  test.each([
    ['UPDATE', 'UPDATE t SET a = 1;'],
    ['DELETE', 'DELETE FROM t;'],
    ['SELECT', 'SELECT * FROM t;'],
    ['filling another table', 'INSERT INTO users SELECT a, NULL FROM t;'],
  ])('still after %s', (_, sql) => {
    expect(empty(sql)).toBe(true)
  })

  test('again once it is emptied', () => {
    expect(empty('INSERT INTO t VALUES (1); TRUNCATE t;')).toBe(true)
    expect(empty('INSERT INTO t VALUES (1); DELETE FROM t;')).toBe(true)
    expect(empty('INSERT INTO t VALUES (1); DELETE FROM t WHERE a = 2;')).toBe(false)
    expect(empty('INSERT INTO t VALUES (1); TRUNCATE t; INSERT INTO t VALUES (2);')).toBe(false)
  })

  test('and is not if it comes from a query, unless WITH NO DATA', () => {
    expect(standing('CREATE TABLE t AS SELECT * FROM users;', table).isEmpty).toBe(false)
    expect(standing('SELECT * INTO t FROM users;', table).isEmpty).toBe(false)
    expect(standing('CREATE TABLE t AS SELECT * FROM users WITH NO DATA;', table).isEmpty).toBe(
      true,
    )
  })
})

describe('a deployed table is empty', () => {
  test('after DELETE of all its rows or TRUNCATE, in this deployment', () => {
    expect(standing('DELETE FROM posts;', posts)).toEqual({ isNew: false, isEmpty: true })
    expect(standing('TRUNCATE posts;', posts)).toEqual({ isNew: false, isEmpty: true })
    expect(standing('TRUNCATE posts; INSERT INTO posts VALUES (1);', posts).isEmpty).toBe(false)
    expect(standing('SELECT 1;', posts, `${deployed} TRUNCATE posts;`).isEmpty).toBe(false)
  })

  test('after TRUNCATE … CASCADE of one it points at', () => {
    expect(standing('TRUNCATE users CASCADE;', posts).isEmpty).toBe(true)
    expect(standing('TRUNCATE users, posts;', posts).isEmpty).toBe(true)
  })

  test('together with the table it is a partition of', () => {
    const before = `CREATE TABLE events (id int) PARTITION BY LIST (id);
      CREATE TABLE events_1 PARTITION OF events FOR VALUES IN (1);`
    const partition = { schema: 'public', name: 'events_1' }
    expect(standing('TRUNCATE events;', partition, before).isEmpty).toBe(true)
    expect(standing('DELETE FROM events;', partition, before).isEmpty).toBe(true)
    const filled = 'TRUNCATE events; INSERT INTO events VALUES (1);'
    expect(standing(filled, partition, before).isEmpty).toBe(false)
  })

  test('only if the deletion is sure to run', () => {
    const sql = `DO $$ BEGIN IF now() > '2020-01-01' THEN DELETE FROM posts; END IF; END $$;`
    expect(standing(sql, posts).isEmpty).toBe(false)
  })
})

describe('a column', () => {
  const column = (sql: string) => {
    const { after } = replayed(sql, { deployed })
    const table = findTable(after, users)!
    const email = findColumn(table, 'email') ?? findColumn(table, 'mail')!
    return { isNew: isNewColumn(after, users, email.name), isFilled: isFilled(after, table, email) }
  }

  test('is new when added in this deployment, and stays new when renamed', () => {
    expect(column('SELECT 1;').isNew).toBe(false)
    expect(column('ALTER TABLE users RENAME COLUMN email TO mail;').isNew).toBe(false)
    expect(column('ALTER TABLE users DROP COLUMN email, ADD COLUMN email text;').isNew).toBe(true)
    const renamed =
      'ALTER TABLE users DROP COLUMN email, ADD COLUMN x text; ALTER TABLE users RENAME x TO mail;'
    expect(column(renamed).isNew).toBe(true)
  })

  test.each([
    [
      'a default at its birth',
      "ALTER TABLE users DROP email; ALTER TABLE users ADD email text DEFAULT '';",
      true,
    ],
    [
      'DEFAULT NULL',
      'ALTER TABLE users DROP email; ALTER TABLE users ADD email text DEFAULT NULL;',
      false,
    ],
    ['a default that came later', "ALTER TABLE users ALTER email SET DEFAULT '';", false],
    ['UPDATE of every row', "UPDATE users SET email = '';", true],
    ['UPDATE where it is null', "UPDATE users SET email = '' WHERE email IS NULL;", true],
    ['UPDATE of some rows', "UPDATE users SET email = '' WHERE id = 1;", false],
    [
      'UPDATE where it is null and more',
      "UPDATE users SET email = '' WHERE email IS NULL AND id > 5;",
      false,
    ],
    ['UPDATE to NULL', 'UPDATE users SET email = NULL;', false],
    ['UPDATE of another column', 'UPDATE users SET id = 1;', false],
    ['UPDATE that joins', "UPDATE users SET email = '' FROM posts WHERE author = users.id;", false],
    [
      'an UPDATE that may not run',
      "DO $$ BEGIN IF now() > '2020-01-01' THEN UPDATE users SET email = ''; END IF; END $$;",
      false,
    ],
  ])('and %s: filled or not', (_, sql, expected) => {
    expect(column(sql).isFilled).toBe(expected)
  })
})
