import type { Change, ChangeOf } from '../../src/catalog/change.ts'
import { findTable } from '../../src/catalog/catalog.ts'
import { displayName } from '../../src/catalog/names.ts'
import { isNewColumn } from '../../src/catalog/newness.ts'
import { isExpected, keepsOut } from '../../src/dialects/effects.ts'
import { rowFailure } from '../../src/lint/rowFailure.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { objectOf } from './describeChange.ts'
import { leftBehind } from '../../src/lint/leftBehind.ts'
import { failsWhenRunOnMysql } from './mysql/failsWhenRun.ts'
import { failsWhenRunOnSqlite } from './sqlite/failsWhenRun.ts'

export const failsWhenRun = defineRule({
  name: 'fails-when-run',
  meta: {
    dialects: ['postgresql', 'mysql', 'sqlite'],
    type: 'problem',
    severity: 'error',
    docs: {
      description: 'PostgreSQL will refuse this statement',
      why: `Judged with the whole schema as the migrations before it leave it, the server answers this statement with an error, and the whole batch of pending migrations rolls back. Some fail always (an object that is dropped twice, a type that cannot be cast, VACUUM in a transaction), some only where a table holds rows, which is production and not CI.`,
      instead: `The message quotes PostgreSQL's error. drizzle-kit is known to write some of these: a USING clause is missing for a type change (add it by hand), a constraint is dropped after DROP TABLE … CASCADE already dropped it (delete the statement), an enum is dropped that a column still uses because it is no longer exported (export it again).`,
      category: 'cannot-run',
      examples: {
        bad: [
          {
            name: 'a type that has no automatic cast',
            schema: `CREATE TABLE users (id int PRIMARY KEY, age text);`,
            sql: `ALTER TABLE "users" ALTER COLUMN "age" SET DATA TYPE integer;`,
          },
          {
            name: 'a foreign key that CASCADE has taken along',
            schema: `CREATE TABLE drafts (id int PRIMARY KEY);
CREATE TABLE notes (id int PRIMARY KEY, draft_id int CONSTRAINT notes_draft_id_fk REFERENCES drafts (id));`,
            sql: `-- migration-lint-disable-next-statement drop-table -- unused since v42
DROP TABLE "drafts" CASCADE;--> statement-breakpoint
ALTER TABLE "notes" DROP CONSTRAINT "notes_draft_id_fk";`,
          },
          {
            name: 'VACUUM in a transaction',
            schema: `CREATE TABLE users (id int PRIMARY KEY);`,
            sql: `VACUUM "users";`,
          },
        ],
        good: [
          {
            name: 'in the right order',
            schema: `CREATE TABLE users (id int PRIMARY KEY);`,
            sql: `CREATE TYPE "public"."role" AS ENUM('admin', 'member');--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "role" "role" DEFAULT 'member' NOT NULL;`,
          },
        ],
      },
    },
    wording: { mysql: failsWhenRunOnMysql, sqlite: failsWhenRunOnSqlite },
    messages: {
      always: {
        message: 'This fails: {{reason}}.',
        help: 'Fix the statement: while it fails, none of the deployment is applied.',
      },
      onRows: {
        message: 'This fails as soon as the table holds rows: {{reason}}.',
        help: 'It passes on an empty database only; make the rows fit in an earlier deployment.',
        category: 'fails-on-rows',
      },
      onSomeRows: {
        message: 'Adding {{object}} fails if {{why}}.',
        help: 'Make the rows fit in an earlier deployment.{{ask}}',
        category: 'fails-on-rows',
      },
      pending: {
        message:
          'This fails as soon as an earlier statement of the deployment has written a row: {{reason}}.',
        help: 'Put SET CONSTRAINTS ALL IMMEDIATE; before it, which checks the rows right away, or ship it in a deployment of its own.',
        category: 'fails-on-rows',
      },
    },
  },
  create(context) {
    /** Tables whose rows an earlier statement has changed, to fit what comes. */
    const prepared = new Set<string>()
    return {
      Change(change) {
        if (change.kind === 'WriteRows') prepared.add(displayName(change.table))
        const error = context
          .effects(change)
          .errors.find(
            ({ kind, when }) =>
              (isExpected(when) || kind === 'pending-events') &&
              !context.isCovered(change, { error: kind }),
          )
        if (error === undefined) return judgeRows(change)
        context.report({
          on: change,
          messageId:
            error.kind === 'pending-events'
              ? 'pending'
              : error.when === 'always'
                ? 'always'
                : 'onRows',
          object: objectOf(change),
          data: { reason: error.message, left: leftBehind(context, change) },
        })
      },
    }

    /** A constraint on rows that are there, whose check no other rule reports, since nobody waits for it. */
    function judgeRows(change: Change): void {
      if (!isConstraint(change) || isOfNewColumn(change) || replacesCheck(change)) return
      if (prepared.has(displayName(change.table))) return
      const { locks } = context.effects(change)
      const isLong = locks.some((lock) => keepsOut(lock, 'writers'))
      if (isLong || context.isCovered(change, 'work')) return
      const { fails, ask } = rowFailure(context, change)
      if (fails === '') return
      context.report({
        on: change,
        messageId: 'onSomeRows',
        object: objectOf(change),
        data: { why: fails.replace(', and fails if ', ''), ask },
      })
    }
  },
})

type Constraining = ChangeOf<'AddCheck' | 'AddForeignKey' | 'AddUnique' | 'AddPrimaryKey'>

function isConstraint(change: Change): change is Constraining {
  return ['AddCheck', 'AddForeignKey', 'AddUnique', 'AddPrimaryKey'].includes(change.kind)
}

/** Whether it is only about columns of this deployment, of which no deployed row has a value. */
function isOfNewColumn(change: Constraining): boolean {
  const { before, table, withColumn } = change
  const columns =
    change.kind === 'AddCheck'
      ? change.expression.columns
      : change.kind === 'AddForeignKey'
        ? change.key.columns
        : change.columns
  return withColumn !== null || columns.every((column) => isNewColumn(before, table, column))
}

/** Mostly a check gets another text to let more pass; which of two is the wider is not worked out. */
function replacesCheck(change: Constraining): boolean {
  if (change.kind !== 'AddCheck') return false
  const { columns } = change.expression
  return (findTable(change.before, change.table)?.constraints ?? []).some(
    (old) =>
      old.type === 'check' &&
      (old.name === change.constraint ||
        columns.every((column) => old.expression.columns.includes(column))),
  )
}
