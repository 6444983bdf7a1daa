import type { ChangeOf } from '../../src/catalog/change.ts'
import { displayColumn, displayName } from '../../src/catalog/names.ts'
import { keepsOut } from '../../src/dialects/effects.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { setNotNullOnMysql } from './mysql/setNotNull.ts'
import { rowFailure } from '../../src/lint/rowFailure.ts'
import { setNotNullOnSqlite } from './sqlite/setNotNull.ts'
import { listed } from '../../src/finding/listed.ts'

export const setNotNull = defineRule({
  name: 'set-not-null',
  meta: {
    dialects: ['postgresql', 'mysql', 'sqlite'],
    type: 'problem',
    severity: 'error',
    covers: { work: ['SetNotNull'], errors: { SetNotNull: ['null-in-required'] } },
    docs: {
      description: 'A column becomes NOT NULL, for which every row is read under ACCESS EXCLUSIVE',
      why: `PostgreSQL scans the whole table to make sure that there is no NULL, and nobody can read or write it until the scan is done. If there is a NULL, the statement fails (23502) and the whole batch rolls back; that shows only where there is data. A default in the same migration does not help: it fills new rows only.`,
      instead: `First ship the release whose code always writes the column: from the next step on, rows without a value are refused. Then prove it. Deployment 1, a custom migration: \`ALTER TABLE t ADD CONSTRAINT t_c_not_null CHECK (c IS NOT NULL) NOT VALID\`. Backfill the old rows in batches outside the migration. Deployment 2: \`ALTER TABLE t VALIDATE CONSTRAINT t_c_not_null\` (blocks nobody). Deployment 3: the generated \`SET NOT NULL\`, which then scans nothing, followed by \`DROP CONSTRAINT t_c_not_null\`. Three deployments, because all pending files run in one transaction.`,
      category: 'blocks-traffic',
      examples: {
        bad: [
          {
            name: '.notNull() on an existing column',
            schema: `CREATE TABLE users (id int PRIMARY KEY, name text);`,
            sql: `ALTER TABLE "users" ALTER COLUMN "name" SET NOT NULL;`,
          },
          {
            name: 'filled in the same deployment',
            schema: `CREATE TABLE users (id int PRIMARY KEY, name text);`,
            sql: `UPDATE "users" SET "name" = '' WHERE "name" IS NULL;--> statement-breakpoint
ALTER TABLE "users" ALTER COLUMN "name" SET NOT NULL;`,
          },
        ],
        good: [
          {
            name: 'a valid CHECK proves it',
            schema: `CREATE TABLE users (id int PRIMARY KEY, name text);
INSERT INTO users VALUES (1, 'Ann'), (2, 'Bob');
ALTER TABLE users ADD CONSTRAINT users_name_not_null CHECK (name IS NOT NULL);`,
            sql: `ALTER TABLE "users" ALTER COLUMN "name" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "users" DROP CONSTRAINT "users_name_not_null";`,
          },
        ],
      },
    },
    wording: { mysql: setNotNullOnMysql, sqlite: setNotNullOnSqlite },
    messages: {
      fails: {
        message:
          '{{columns}} {{become}} NOT NULL: fails if any row has no value, and scans all of {{table}} while nobody can use it.',
        help: 'Ship the code that always writes it and backfill the old rows first; then prove it with CHECK … NOT VALID and VALIDATE CONSTRAINT, each in a deployment of its own.',
        category: 'fails-on-rows',
      },
      unchecked: {
        message:
          '{{object}} becomes NOT NULL without a check of the existing rows: those without a value stay NULL.',
        help: 'Fill it in a migration before this one: UPDATE {{table}} SET {{column}} = … WHERE {{column}} IS NULL.',
        category: 'integrity',
      },
      refuses: {
        message: '{{object}} becomes NOT NULL: this fails if a row has no value.',
        help: 'Fill it in an earlier deployment: UPDATE {{table}} SET {{column}} = … WHERE {{column}} IS NULL.{{ask}}',
        category: 'fails-on-rows',
      },
      scans: {
        message:
          'SET NOT NULL on {{columns}} scans all of {{table}} while nobody can read or write it{{fails}}.',
        help: 'Ship the code that always writes it first; then add CHECK ({{column}} IS NOT NULL) NOT VALID and validate it, each in a deployment of its own: after that, this statement scans nothing.{{ask}}',
      },
    },
  },
  create(context) {
    let found: Found[] = []
    const reportUnchecked = (change: ChangeOf<'SetNotNull'>) =>
      context.report({
        on: change,
        part: 'column',
        messageId: 'unchecked',
        object: displayColumn(change.table, change.column),
        data: { table: displayName(change.table), column: change.column },
      })
    const reportRefused = (change: ChangeOf<'SetNotNull'>) =>
      context.report({
        on: change,
        part: change.origin.placeOf('notNull') ? 'notNull' : 'column',
        messageId: 'refuses',
        object: displayColumn(change.table, change.column),
        data: {
          ...rowFailure(context, change),
          table: displayName(change.table),
          column: change.column,
        },
      })
    return {
      SetNotNull(change) {
        const { scans, errors, losses, locks } = context.effects(change)
        const fails = errors.some(
          (error) => error.kind === 'null-in-required' && error.when === 'rows',
        )
        if (losses.some(({ why }) => why === 'unchecked')) return reportUnchecked(change)
        const isBlocked = locks.some((lock) => keepsOut(lock, 'writers'))
        if (!isBlocked && !fails) {
          if (errors.some(({ kind }) => kind === 'null-in-required')) reportRefused(change)
          return
        }
        if (!fails && (scans.length === 0 || context.isSmall(change.table))) return
        found.push({ change, fails })
      },
      // One ALTER TABLE reads the table once, however many columns it is about.
      'Statement:exit'() {
        const inStatement = found
        found = []
        const { change, fails } = inStatement.find((one) => one.fails) ?? inStatement[0] ?? {}
        if (change === undefined) return
        const columns = inStatement.map((one) => displayColumn(change.table, one.change.column))
        context.report({
          on: change,
          part: 'column',
          messageId: fails ? 'fails' : 'scans',
          object: displayColumn(change.table, change.column),
          data: {
            ...rowFailure(context, change),
            columns: listed(columns),
            become: columns.length > 1 ? 'become' : 'becomes',
            table: displayName(change.table),
            column: change.column,
          },
        })
      },
    }
  },
})

interface Found {
  readonly change: ChangeOf<'SetNotNull'>
  readonly fails: boolean
}
