import { describe, expect, test } from 'vitest'
import { reversalOf } from '../../../src/dialects/sqlite/reversal.ts'
import { newDatabase } from './database.ts'
import { deployed, judged } from './judged.ts'

const DEPLOYED = [
  'CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL, age integer)',
  'CREATE TABLE posts (id integer PRIMARY KEY, user integer REFERENCES users (id))',
  'CREATE INDEX posts_user ON posts (user)',
]

const STATE = `SELECT type, name, tbl_name, group_concat(c, ';') FROM (
  SELECT m.type, m.name, m.tbl_name, x.name || ' ' || x.type AS c
  FROM sqlite_schema m LEFT JOIN pragma_table_info(m.name) x ORDER BY 1, 2, x.name
) GROUP BY 1, 2, 3`

/** How a deployment is taken back, last change first. */
const reversalsOf = (sql: readonly string[]) =>
  judged(deployed(DEPLOYED), sql)
    .map(({ change }) => reversalOf(change))
    .reverse()

describe('SQLite is as it was after', () => {
  test.each([
    [['CREATE TABLE a (id integer PRIMARY KEY, u integer REFERENCES users (id), b text UNIQUE)']],
    [['CREATE TABLE a (id integer)', 'CREATE INDEX a_id ON a (id)']],
    [['ALTER TABLE users RENAME TO people']],
    [["ALTER TABLE users ADD COLUMN phone text DEFAULT ''"]],
    [['ALTER TABLE users ADD COLUMN "a b" text', 'CREATE INDEX ab ON users ("a b")']],
    [['ALTER TABLE users DROP COLUMN age']],
    [['ALTER TABLE users RENAME COLUMN name TO "full name"']],
    [['CREATE UNIQUE INDEX users_name ON users (name)']],
    [['DROP INDEX posts_user']],
    [['CREATE VIEW v AS SELECT name FROM users']],
    [['CREATE TRIGGER t AFTER INSERT ON users BEGIN SELECT 1; END']],
  ])('%j', async (sql) => {
    const database = await newDatabase()
    const state = () => JSON.stringify(database.exec(STATE))
    for (const statement of DEPLOYED) database.run(statement)
    const before = state()
    for (const statement of sql) database.run(statement)
    expect(state()).not.toBe(before)
    for (const one of reversalsOf(sql)) {
      expect(['statements', 'nothing']).toContain(one.kind)
      for (const statement of one.kind === 'statements' ? one.sql : []) database.run(statement)
    }
    expect(state()).toBe(before)
    database.close()
  })
})

test('what statements cannot undo is said', () => {
  const told = (...sql: string[]) => reversalsOf(sql)
  expect(told('DROP TABLE posts')).toEqual([
    { kind: 'gone', what: 'the table posts with its rows' },
  ])
  expect(told('ALTER TABLE users DROP COLUMN name')).toMatchObject([
    { but: 'the data of users.name is gone, and it comes back without its default and NOT NULL' },
  ])
  expect(told('CREATE INDEX part ON posts (user) WHERE id > 3', 'DROP INDEX part')).toMatchObject([
    { kind: 'by-hand' },
    { kind: 'statements' },
  ])
})
