import type { ChangeOf } from '../../src/catalog/change.ts'
import { displayColumn, displayName } from '../../src/catalog/names.ts'
import { type DataType, displayType } from '../../src/catalog/type.ts'
import { keepsOut } from '../../src/dialects/effects.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { rowFailure } from '../../src/lint/rowFailure.ts'
import { listed } from '../../src/finding/listed.ts'
import { changeColumnTypeOnMysql } from './mysql/changeColumnType.ts'
import { changeColumnTypeOnSqlite } from './sqlite/changeColumnType.ts'

export const changeColumnType = defineRule({
  name: 'change-column-type',
  meta: {
    dialects: ['postgresql', 'mysql', 'sqlite'],
    type: 'problem',
    severity: 'error',
    covers: { work: ['AlterColumnType', 'RecreateEnum'] },
    docs: {
      description:
        'A column changes its type in a way that rewrites or reads the table, or cuts values short',
      why: `PostgreSQL rewrites the table and all its indexes, and nobody can read or write it until that is done; tables at the other end of its foreign keys are locked and checked again too. Some changes are free (varchar to a longer varchar or to text, numeric to a higher precision with the same scale, timestamp to timestamptz in a session whose TimeZone is UTC) and are not reported. With a USING cast, as drizzle-kit 1.0 writes it, values that do not fit are cut short or rounded without an error. Removing, renaming or reordering enum values makes drizzle-kit turn the columns into text and back: two rewrites.`,
      instead: `On a table that is large or busy: add a new column of the new type, have the code write both, copy the old values in batches outside the migration, switch the reads, and drop the old column in a later deployment. For an enum, keep the old value and stop using it. For a table that stays small, list it in \`smallTables\`. For timestamp to timestamptz, set the migrating session's TimeZone to UTC and say so with \`postgres.timezone\`.`,
      category: 'blocks-traffic',
      examples: {
        bad: [
          {
            name: 'int to bigint',
            schema: `CREATE TABLE users (id int PRIMARY KEY, score int);`,
            sql: `ALTER TABLE "users" ALTER COLUMN "score" SET DATA TYPE bigint;`,
          },
          {
            name: 'values are cut short without an error',
            schema: `CREATE TABLE users (id int PRIMARY KEY, name varchar(60));`,
            sql: `ALTER TABLE "users" ALTER COLUMN "name" SET DATA TYPE varchar(20) USING "name"::varchar(20);`,
          },
          {
            name: 'an enum value is removed',
            schema: `CREATE TYPE status AS ENUM ('open', 'closed', 'void');
CREATE TABLE tickets (id int PRIMARY KEY, status status);
INSERT INTO tickets VALUES (1, 'open'), (2, 'closed');`,
            sql: `ALTER TABLE "tickets" ALTER COLUMN "status" SET DATA TYPE text;--> statement-breakpoint
DROP TYPE "public"."status";--> statement-breakpoint
CREATE TYPE "public"."status" AS ENUM('open', 'closed');--> statement-breakpoint
ALTER TABLE "tickets" ALTER COLUMN "status" SET DATA TYPE "public"."status" USING "status"::"public"."status";`,
          },
        ],
        good: [
          {
            name: 'a longer varchar',
            schema: `CREATE TABLE users (id int PRIMARY KEY, name varchar(60));
CREATE INDEX users_name_idx ON users (name);`,
            sql: `ALTER TABLE "users" ALTER COLUMN "name" SET DATA TYPE varchar(200);`,
          },
          {
            name: 'varchar to text',
            schema: `CREATE TABLE users (id int PRIMARY KEY, name varchar(60));`,
            sql: `ALTER TABLE "users" ALTER COLUMN "name" SET DATA TYPE text;`,
          },
        ],
      },
    },
    wording: { mysql: changeColumnTypeOnMysql, sqlite: changeColumnTypeOnSqlite },
    messages: {
      rewrites: {
        message:
          'Changing {{object}} from {{from}} to {{to}} rewrites every row of {{tables}} while nobody can read or write it{{checked}}{{fails}}.',
        help: 'Add a column of the new type, write both, copy in batches, switch over, and drop the old one in a later deployment.{{ask}}',
      },
      scans: {
        message:
          'Changing {{object}} from {{from}} to {{to}} scans all of {{tables}} while nobody can read or write it{{fails}}.',
        help: 'Drop the check or index on it first and add it again afterwards, each in a deployment of its own (NOT VALID, CONCURRENTLY).',
      },
      rebuilds: {
        message:
          'Setting the type of {{object}} to {{to}} keeps the values, but rebuilds an index on {{tables}} while nobody can read or write it.',
        help: 'If nothing is meant to change, remove the statement. Otherwise drop the index first and create it again afterwards, CONCURRENTLY and outside the migration.',
      },
      unknown: {
        message:
          'Changing {{object}} to {{to}} may rewrite every row of {{tables}} while nobody can use it: the migrations do not say what type it was.',
        help: 'Look up its type in the database; if the change is free (a longer varchar, varchar to text), say so in a suppression above the statement.',
        severity: 'warn',
      },
      refuses: {
        message: 'Changing {{object}} from {{from}} to {{to}} fails if {{why}}.',
        help: 'Correct such rows in a migration of an earlier deployment.{{ask}}',
        category: 'fails-on-rows',
      },
      truncates: {
        message:
          'Changing {{object}} from {{from}} to {{to}} with USING silently cuts short or rounds every value that does not fit.',
        help: 'Make sure that no value is lost (look for the longest first), or leave the USING clause out so that PostgreSQL refuses.',
        category: 'data-loss',
      },
      recreatesEnum: {
        message:
          'Recreating enum {{object}} rewrites every row of {{tables}} twice while nobody can read or write it{{lost}}.',
        help: 'Keep the old value and stop using it, or move to a new column in steps.',
      },
    },
  },
  create(context) {
    return {
      AlterColumnType(change) {
        const messageId = judge(change)
        if (messageId === null) return
        const failure = rowFailure(context, change)
        const { rewrites, scans, losses, locks } = context.effects(change)
        const tables = (rewrites.length > 0 ? rewrites : scans).map(displayName)
        const checked = scans.map(displayName).filter((name) => !tables.includes(name))
        context.report({
          on: change,
          part: 'type',
          messageId,
          object: displayColumn(change.table, change.column),
          data: {
            ...failure,
            why: failure.fails.replace(', and fails if ', ''),
            ...typesOf(change),
            tables: listed([...new Set(tables)]) || displayName(change.table),
            does: losses.some(({ why }) => why === 'rounded') ? 'rounds' : 'cuts short',
            copies: locks.some((lock) => keepsOut(lock, 'writers'))
              ? `, and copies every row of ${displayName(change.table)} while nobody can write to it`
              : '',
            checked: checked.length > 0 ? `, and scans all of ${listed(checked)}` : '',
          },
        })
      },
      RecreateEnum(change) {
        const { rewrites } = context.effects(change)
        const tables = rewrites.filter((table) => !context.isSmall(table)).map(displayName)
        if (tables.length === 0) return
        const removed = change.from.filter((label) => !change.labels.includes(label))
        context.report({
          on: change,
          part: 'type',
          messageId: 'recreatesEnum',
          object: displayName(change.type),
          data: {
            tables: listed(tables),
            lost:
              removed.length > 0
                ? `, and fails if a row still holds ${listed(removed.map((label) => `'${label}'`))}`
                : '',
          },
        })
      },
    }

    function judge(change: ChangeOf<'AlterColumnType'>): string | null {
      const effects = context.effects(change)
      // It never gets so far: fails-when-run says why.
      if (effects.errors.some((error) => error.when === 'always')) return null
      if (effects.losses.length > 0) return 'truncates'
      const isBlocked = effects.locks.some((lock) => keepsOut(lock, 'writers'))
      const mayFail = effects.errors.some(({ when }) => when === 'some-rows')
      // Nobody waits for it: what is left is what the rows make of it.
      if (!isBlocked) return mayFail ? 'refuses' : null
      if (context.isSmall(change.table)) return null
      if (effects.rewrites.length > 0) return change.from === null ? 'unknown' : 'rewrites'
      if (effects.scans.length === 0) return null
      const isSame = change.from !== null && displayType(change.from) === displayType(change.to)
      return effects.builds.length > 0 && isSame ? 'rebuilds' : 'scans'
    }
  },
})

/** Both types; where only characters differ, which set or collation each has. */
function typesOf({ from, to }: ChangeOf<'AlterColumnType'>): { from: string; to: string } {
  const [old, made] = [from ? displayType(from) : '', displayType(to)]
  if (from === null || old !== made) return { from: old, to: made }
  return { from: `${old}${characters(from)}`, to: `${made}${characters(to)}` }
}

function characters({ charset, collation }: DataType): string {
  const name = collation ?? charset
  return name === undefined || name === null ? '' : ` (${name})`
}
