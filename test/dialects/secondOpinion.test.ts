import { describe, expect, test } from 'vitest'
import { type Read, type Script, isRead } from '../../src/dialects/ddl/readChunk.ts'
import { MYSQL_SCRIPT } from '../../src/dialects/mysql/script.ts'
import { SQLITE_SCRIPT } from '../../src/dialects/sqlite/script.ts'
import { mysqlExamples, sqliteExamples } from '../rules/examples.ts'
import { mysqlOpinion } from './opinions/mysql.ts'
import { type Build, secondReader } from './opinions/nodeSqlParser.ts'
import type { Opinion } from './opinions/opinion.ts'
import { sqliteOpinion } from './opinions/sqlite.ts'
import { documented, recorded, statementsOf } from './opinions/statements.ts'
import { UNREAD } from './opinions/unread.ts'
import { WRITTEN } from './opinions/written.ts'

/** Where the two say different things, and who is right. */
const DIFFERENT: Readonly<Record<Build, Readonly<Record<string, string>>>> = {
  mysql: {
    'CREATE INDEX `i` ON `users` (`bio`(20))': 'theirs takes the first 20 characters for a call',
  },
  mariadb: {
    'CREATE INDEX `i` ON `users` (`bio`(20))': 'theirs takes the first 20 characters for a call',
  },
  sqlite: {
    'CREATE INDEX `i` ON `users` ("nope")': 'theirs takes a name in double quotes for a string',
  },
}

interface Comparison {
  readonly sql: string
  /** null where our reader refuses it. */
  readonly ours: Opinion | null
  /** null where node-sql-parser cannot read it. */
  readonly theirs: Opinion | null
  /** It is in an example of a rule alone, where statements come and go. */
  readonly isExample: boolean
}

/** Reads every statement twice. */
function compare<S extends Read>(
  build: Build,
  script: Script<S>,
  opinion: (statement: S) => Opinion,
  scripts: { readonly lasting: readonly string[]; readonly examples: readonly string[] },
): readonly Comparison[] {
  const second = secondReader(build)
  const lasting = statementsOf(scripts.lasting, script)
  const all = new Map([...statementsOf(scripts.examples, script), ...lasting])
  return [...all].map(([sql, statement]) => ({
    sql,
    ours: isRead(statement) ? opinion(statement) : null,
    theirs: second(sql),
    isExample: !lasting.has(sql),
  }))
}

const mysql = {
  lasting: [...recorded('mysql'), ...WRITTEN.mysql],
  examples: documented(mysqlExamples),
}
const sqlite = {
  lasting: [...recorded('sqlite'), ...WRITTEN.sqlite],
  examples: documented(sqliteExamples),
}
const compared: Readonly<Record<Build, readonly Comparison[]>> = {
  mysql: compare('mysql', MYSQL_SCRIPT, mysqlOpinion, mysql),
  mariadb: compare('mariadb', MYSQL_SCRIPT, mysqlOpinion, mysql),
  sqlite: compare('sqlite', SQLITE_SCRIPT, sqliteOpinion, sqlite),
}

describe.each(['mysql', 'mariadb', 'sqlite'] as const)(
  'our reader, beside node-sql-parser’s build for %s',
  (build) => {
    const all = compared[build]

    test('says the same of every statement that the other can read', () => {
      const read = all.filter(({ theirs }) => theirs !== null)
      const same = read.filter(({ sql }) => !(sql in DIFFERENT[build]))
      for (const { sql, ours, theirs } of same) expect(ours, sql).toEqual(theirs)
      const different = read.filter(({ sql }) => sql in DIFFERENT[build])
      for (const { sql, ours, theirs } of different) expect(ours, sql).not.toEqual(theirs)
      expect(different.map(({ sql }) => sql)).toEqual(Object.keys(DIFFERENT[build]))
    })

    test('stands alone in few forms, which are known', () => {
      const unread = all
        .filter(({ theirs }) => theirs === null)
        .map(({ sql, isExample }) => ({ text: sql.replaceAll(/\s+/g, ' '), isExample }))
      const formOf = (text: string) => UNREAD[build].find(({ pattern }) => pattern.test(text))
      expect(unread.filter(({ text }) => formOf(text) === undefined)).toEqual([])
      for (const form of UNREAD[build]) {
        const having = unread.filter(({ text }) => formOf(text) === form)
        const lasting = having.filter(({ isExample }) => !isExample)
        expect(having, String(form.pattern)).not.toEqual([])
        expect(lasting, String(form.pattern)).toHaveLength(form.count)
      }
      expect(unread.length / all.length).toBeLessThan(0.2)
    })

    test('is asked about every kind of statement that changes tables or rows', () => {
      const kinds = new Set(all.map(({ theirs }) => theirs?.kind))
      for (const kind of [
        ...['create table', 'alter table', 'create index', 'drop table', 'create view'],
        ...['create trigger', 'insert', 'replace', 'update', 'delete'],
      ]) {
        expect(kinds).toContain(kind)
      }
    })
  },
)
