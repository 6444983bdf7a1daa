import { describe, expect, test } from 'vitest'
import type { Original } from '../../../src/verify/mysql/copy.ts'
import { neededFor } from '../../../src/verify/mysql/need.ts'

const key = (table: string, parent: string) => ({
  table,
  columns: [`${parent}_id`],
  parent,
  parentColumns: ['id'],
})

/** comments → posts → users ← sessions; notes, audit and `old names` stand alone. */
const DATABASE: Original = {
  tables: new Map([
    ['users', 'CREATE TABLE `users` (\n  `id` int NOT NULL\n)'],
    ['posts', 'CREATE TABLE `posts` (\n  CONSTRAINT `posts_author` FOREIGN KEY …\n)'],
    ['comments', 'CREATE TABLE `comments` (…)'],
    ['sessions', 'CREATE TABLE `sessions` (\n  CONSTRAINT `sessions_chk_1` CHECK …\n)'],
    ['notes', 'CREATE TABLE `notes` (…)'],
    ['audit', 'CREATE TABLE `audit` (…)'],
    ['old names', 'CREATE TABLE `old names` (…)'],
  ]),
  others: new Map([
    ['trigger noted', 'CREATE TRIGGER `noted` AFTER INSERT ON `notes` … INSERT INTO `audit` …'],
    ['view authors', 'CREATE VIEW `authors` AS select `users`.`id` from `users`'],
    ['procedure tidy', 'CREATE PROCEDURE `tidy`() DELETE FROM `comments`'],
  ]),
  keys: [key('posts', 'users'), key('comments', 'posts'), key('sessions', 'users')],
  triggered: new Map([['trigger noted', 'notes']]),
}

const FAMILY = ['users', 'posts', 'comments', 'sessions']

describe('what of a database a deployment can reach', () => {
  test.each<[sql: string, tables: readonly string[], others: readonly string[]]>([
    ['CREATE TABLE `tags` (`id` int)', [], []],
    ['ALTER TABLE `sessions` ADD `ip` text', ['sessions', 'users'], []],
    // A deletion goes on to those that refer to it.
    ['DELETE FROM Users', FAMILY, []],
    // What is only referred to stays as it is.
    ['CREATE TABLE `tags` (`u` int REFERENCES `users` (`id`))', ['users'], []],
    ['INSERT INTO `notes` VALUES (1)', ['notes', 'audit'], ['trigger noted']],
    ['ALTER TABLE audit ADD `at` int', ['audit'], []],
    ['UPDATE `authors` SET `id` = 1', FAMILY, ['view authors']],
    ['CALL tidy()', ['comments', 'posts', 'users'], ['procedure tidy']],
    ['DROP TRIGGER `noted`', ['notes', 'audit'], ['trigger noted']],
    ['ALTER TABLE `old names` ADD `x` int', ['old names'], []],
    // Names of constraints are the database's.
    [
      'ALTER TABLE `tags` ADD CONSTRAINT `posts_author` CHECK (1)',
      ['posts', 'comments', 'users'],
      [],
    ],
  ])('%s', (sql, tables, others) => {
    const part = neededFor(DATABASE, [sql])
    expect([...part.tables.keys()].toSorted()).toEqual(tables.toSorted())
    expect([...part.others.keys()]).toEqual(others)
  })

  test('all of it, where a statement asks what there is', () => {
    const sql = 'CREATE VIEW v AS SELECT table_name FROM information_schema.tables'
    expect(neededFor(DATABASE, [sql])).toBe(DATABASE)
  })
})
