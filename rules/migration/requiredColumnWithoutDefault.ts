import { displayColumn, displayName } from '../../src/catalog/names.ts'
import type { DataType } from '../../src/catalog/type.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { leftBehind } from '../../src/lint/leftBehind.ts'
import { requiredColumnOnMysql } from './mysql/requiredColumn.ts'
import { requiredColumnOnSqlite } from './sqlite/requiredColumn.ts'

export const requiredColumnWithoutDefault = defineRule({
  name: 'required-column-without-default',
  meta: {
    dialects: ['postgresql', 'mysql', 'sqlite'],
    type: 'problem',
    severity: 'error',
    covers: { errors: { AddColumn: ['null-in-required'] } },
    docs: {
      description: 'A NOT NULL column without a default is added to a table that may hold rows',
      why: `PostgreSQL has no value for the rows that are there and refuses: "column … contains null values" (23502). The whole batch of pending migrations rolls back with it. It passes on an empty development or CI database and fails only where there is data. Where it does pass, code of the previous release, which does not know the column, can no longer insert.`,
      instead: `Give it a constant default (\`.notNull().default('…')\`): since PostgreSQL 11 that is a catalog change, whatever the size of the table. If there is no sensible constant: add it nullable now and have the new code write it; backfill the old rows in batches outside the migration; then, in a later deployment, follow set-not-null.`,
      category: 'fails-on-rows',
      examples: {
        bad: [
          {
            name: '.notNull() on a new column',
            schema: `CREATE TABLE users (id int PRIMARY KEY);`,
            sql: `ALTER TABLE "users" ADD COLUMN "bio" text NOT NULL;`,
          },
        ],
        good: [
          {
            name: 'with a constant default',
            schema: `CREATE TABLE users (id int PRIMARY KEY);`,
            sql: `ALTER TABLE "users" ADD COLUMN "bio" text DEFAULT '' NOT NULL;`,
          },
          {
            name: 'on a table the same deployment creates',
            schema: '',
            sql: [
              `CREATE TABLE "users" ("id" integer PRIMARY KEY);`,
              `ALTER TABLE "users" ADD COLUMN "bio" text NOT NULL;`,
            ],
          },
        ],
      },
    },
    wording: { mysql: requiredColumnOnMysql, sqlite: requiredColumnOnSqlite },
    messages: {
      fills: {
        message:
          'Adding {{object}} as NOT NULL without a default gives every row of {{table}} {{value}} without an error, and running code that inserts without it fails.',
        help: 'Give it a default that is right for old rows, or add it nullable, backfill it, and set NOT NULL in a later deployment.',
        category: 'data-loss',
      },
      fails: {
        message:
          'Adding {{object}} as NOT NULL without a default fails as soon as {{table}} holds a row.',
        help: 'Give it a constant default, or add it nullable, backfill it, and set NOT NULL in a later deployment.',
      },
    },
  },
  create(context) {
    return {
      AddColumn(change) {
        const { errors, losses } = context.effects(change)
        const isFilled = losses.some(({ why }) => why === 'filled')
        if (!isFilled && !errors.some(({ kind }) => kind === 'null-in-required')) return
        context.report({
          on: change,
          part: change.origin.placeOf('notNull') ? 'notNull' : 'column',
          messageId: isFilled ? 'fills' : 'fails',
          object: displayColumn(change.table, change.column),
          data: {
            table: displayName(change.table),
            value: implicitValue(change.definition.type),
            left: leftBehind(context, change),
          },
        })
      },
    }
  },
})

/** What MySQL and MariaDB write into rows that are there ("Data Type Default Values"). */
function implicitValue({ name, labels }: DataType): string {
  if (labels) return name === 'enum' ? `'${labels[0] ?? ''}'` : "''"
  if (/^(?:tinyint|smallint|mediumint|int|bigint|float|double|decimal|bit|year)/.test(name))
    return '0'
  if (/^(?:timestamp|datetime)/.test(name)) return "'0000-00-00 00:00:00'"
  if (name === 'date') return "'0000-00-00'"
  if (name === 'time') return "'00:00:00'"
  return name === 'json' ? "the JSON value null (MariaDB: '')" : "''"
}
