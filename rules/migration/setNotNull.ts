import { displayColumn, displayName } from '../../src/catalog/names.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { setNotNullOnSqlite } from './sqlite/setNotNull.ts'

export const setNotNull = defineRule({
  name: 'set-not-null',
  meta: {
    dialects: ['postgresql', 'sqlite'],
    type: 'problem',
    severity: 'error',
    covers: { work: ['SetNotNull'], errors: { SetNotNull: ['null-in-required'] } },
    docs: {
      description: 'A column becomes NOT NULL, for which every row is read under ACCESS EXCLUSIVE',
      why: `PostgreSQL reads the whole table to make sure that there is no NULL, and nobody can read or write it meanwhile. If there is a NULL, the statement fails (23502) and the whole batch rolls back; that shows only where there is data. A default in the same migration does not help: it fills new rows only.`,
      instead: `Prove it first. Deployment 1, a custom migration: \`ALTER TABLE t ADD CONSTRAINT t_c_not_null CHECK (c IS NOT NULL) NOT VALID\`; the code writes the column from now on. Fill the old rows in batches outside the migration. Deployment 2: \`ALTER TABLE t VALIDATE CONSTRAINT t_c_not_null\` (blocks nobody). Deployment 3: the generated \`SET NOT NULL\`, which then reads nothing, followed by \`DROP CONSTRAINT t_c_not_null\`. Three deployments, because all pending files run in one transaction.`,
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
    wording: { sqlite: setNotNullOnSqlite },
    messages: {
      fails: {
        message:
          '{{object}} becomes NOT NULL: fails if any row has no value, and reads all of {{table}} while nobody can use it.',
        help: 'Fill the column first; then prove it with CHECK … NOT VALID and VALIDATE CONSTRAINT, each in a deployment of its own.',
        category: 'fails-on-rows',
      },
      unchecked: {
        message:
          '{{object}} becomes NOT NULL without a look at its rows: those without a value keep none.',
        help: 'Fill it in a migration before this one: UPDATE {{table}} SET {{column}} = … WHERE {{column}} IS NULL.',
        category: 'integrity',
      },
      scans: {
        message:
          'SET NOT NULL on {{object}} reads all of {{table}} while nobody can read or write it.',
        help: 'Add CHECK ({{column}} IS NOT NULL) NOT VALID and validate it in earlier deployments; then this statement reads nothing.',
      },
    },
  },
  create(context) {
    return {
      SetNotNull(change) {
        const { scans, errors, losses } = context.effects(change)
        const fails = errors.some(
          (error) => error.kind === 'null-in-required' && error.when === 'rows',
        )
        const isUnchecked = losses.some(({ why }) => why === 'unchecked')
        if (!fails && !isUnchecked && (scans.length === 0 || context.isSmall(change.table))) return
        context.report({
          on: change,
          part: 'column',
          messageId: fails ? 'fails' : isUnchecked ? 'unchecked' : 'scans',
          object: displayColumn(change.table, change.column),
          data: { table: displayName(change.table), column: change.column },
        })
      },
    }
  },
})
