import { defineRule } from '../../src/lint/rule.ts'

export const enumValueUsedBeforeCommit = defineRule({
  name: 'enum-value-used-before-commit',
  meta: {
    dialects: ['postgresql'],
    type: 'problem',
    severity: 'error',
    covers: { errors: { '*': ['uncommitted-value'] } },
    docs: {
      description: 'A new enum value is used in the transaction that adds it',
      why: `PostgreSQL does not allow a new enum value to be used before the transaction that added it has committed ("unsafe use of new value", 55P04). Drizzle's migrator runs all pending migrations in one transaction, so it does not matter in which file the value is added: the deployment fails. Developers who applied the files one by one never see it. drizzle-kit itself writes the pair for a new value that becomes the default.`,
      instead: `Two deployments: ship ALTER TYPE … ADD VALUE alone, and use the value (as a default, in a CHECK, in an UPDATE) in the next one. Code may write it as soon as the first is through. If type and value are both new, put the value into CREATE TYPE.`,
      category: 'cannot-run',
      examples: {
        bad: [
          {
            name: 'a new value that becomes the default, as drizzle-kit writes it',
            schema: `CREATE TYPE status AS ENUM ('open', 'closed');
CREATE TABLE tickets (id int PRIMARY KEY, status status);`,
            sql: `ALTER TYPE "public"."status" ADD VALUE 'triage';--> statement-breakpoint
ALTER TABLE "tickets" ALTER COLUMN "status" SET DEFAULT 'triage';`,
          },
          {
            name: 'in a later file of the same deployment',
            schema: `CREATE TYPE status AS ENUM ('open', 'closed');
CREATE TABLE tickets (id int PRIMARY KEY, status status);`,
            sql: [
              `ALTER TYPE "public"."status" ADD VALUE 'triage';`,
              `UPDATE "tickets" SET "status" = 'triage' WHERE "id" = 1;`,
            ],
          },
        ],
        good: [
          {
            name: 'added now, used later',
            schema: `CREATE TYPE status AS ENUM ('open', 'closed');
CREATE TABLE tickets (id int PRIMARY KEY, status status);`,
            sql: `ALTER TYPE "public"."status" ADD VALUE 'triage';--> statement-breakpoint
ALTER TABLE "tickets" ALTER COLUMN "status" SET DEFAULT 'open';`,
          },
        ],
      },
    },
    messages: {
      unsafe: {
        message: 'This fails: {{reason}}, because the same deployment adds the value.',
        help: 'Deploy ADD VALUE first, alone; use the value in a later deployment.',
      },
    },
  },
  create(context) {
    return {
      Change(change) {
        const error = context
          .effects(change)
          .errors.find(({ kind }) => kind === 'uncommitted-value')
        if (error === undefined) return
        context.report({
          on: change,
          part: 'default',
          messageId: 'unsafe',
          object: error.detail ?? '',
          data: { reason: error.message },
        })
      },
    }
  },
})
