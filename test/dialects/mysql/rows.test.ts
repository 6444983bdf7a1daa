import { describe, expect, test } from 'vitest'
import { deployed, judged } from './judged.ts'

const before = deployed([
  'CREATE TABLE users (id int PRIMARY KEY, name varchar(20))',
  'CREATE TABLE posts (id int PRIMARY KEY, user_id int, title varchar(20), body text)',
])

/** What a statement writes: `table: columns`. */
function written(sql: string): readonly string[] {
  return judged(before, [sql]).flatMap(({ change }) =>
    change.kind === 'WriteRows'
      ? `${change.table.name}: ${change.sets.map(({ column }) => column).join(', ')}`.trimEnd()
      : [],
  )
}

/** As MariaDB 10.11 did with rows in the tables. */
describe('what joins write', () => {
  test.each([
    [
      'the table whose column is set, wherever it stands',
      'UPDATE posts JOIN users ON users.id = posts.user_id SET users.name = posts.title',
      ['users: name'],
    ],
    [
      'the table of an alias, in any case',
      'UPDATE users AS U, posts AS P SET p.title = u.name',
      ['posts: title'],
    ],
    [
      'several tables at once',
      'UPDATE users u, posts p SET p.title = 1, u.name = 2, p.body = 3',
      ['posts: title, body', 'users: name'],
    ],
    [
      'the table that has a column without a table in front',
      'UPDATE posts JOIN users ON users.id = posts.user_id SET name = title, body = name',
      ['users: name', 'posts: body'],
    ],
    [
      'every table that rows are deleted from',
      'DELETE p, u FROM posts AS p JOIN users AS u ON u.id = p.user_id',
      ['posts:', 'users:'],
    ],
    [
      'the same with USING',
      'DELETE FROM p, u USING posts AS p JOIN users AS u ON u.id = p.user_id',
      ['posts:', 'users:'],
    ],
  ])('%s', (_, sql, tables) => {
    expect(written(sql)).toEqual(tables)
  })
})
