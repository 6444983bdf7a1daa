import { findTable, findView } from '../../src/catalog/catalog.ts'
import { isNew } from '../../src/catalog/newness.ts'
import { displayName, nameKey } from '../../src/catalog/names.ts'
import { dropViewOnMysql } from './mysql/dropView.ts'
import { defineRule } from '../../src/lint/rule.ts'

export const dropView = defineRule({
  name: 'drop-view',
  meta: {
    dialects: ['postgresql', 'mysql'],
    type: 'problem',
    severity: 'error',
    docs: {
      description: 'A view or function is dropped while code that uses it may still run',
      why: `Queries of the previous release that read the view or call the function fail ("relation does not exist", "function does not exist") from the moment the migration commits until the rollout is over, and after a rollback. What other views read goes with it where the statement says CASCADE.`,
      instead: `Two deployments. Ship the code that no longer uses it; drop it in a later one, with a line above it that says why it is safe: \`-- migration-lint-disable-next-statement drop-view -- unused since v42\`. What is dropped and created again in the same deployment is not reported, nor are functions that only triggers can call.`,
      category: 'breaks-running-code',
      examples: {
        bad: [
          {
            name: 'a view that does not come back',
            schema: `CREATE TABLE users (id int PRIMARY KEY);
CREATE VIEW members AS SELECT id FROM users;`,
            sql: `DROP VIEW "public"."members";`,
          },
          {
            name: 'a function that does not come back',
            schema: `CREATE FUNCTION full_name(a text, b text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT a || b';`,
            sql: `DROP FUNCTION "public"."full_name"(text, text);`,
          },
        ],
        good: [
          {
            name: 'a view that is recreated',
            schema: `CREATE TABLE users (id int PRIMARY KEY, name text);
CREATE VIEW members AS SELECT id FROM users;`,
            sql: `DROP VIEW "public"."members";--> statement-breakpoint
CREATE VIEW "public"."members" AS SELECT "id", "name" FROM "users";`,
          },
        ],
      },
    },
    wording: { mysql: dropViewOnMysql },
    messages: {
      drops: {
        message: 'Dropping view {{object}} breaks every running query that reads it.',
        help: 'Ship the code that no longer reads it first, and drop it in a later deployment, with this line above it: -- migration-lint-disable-next-statement drop-view -- <why it is safe now>',
      },
      function: {
        message: 'Dropping function {{object}} breaks every running query that calls it.',
        help: 'Ship the code that no longer calls it first, and drop it in a later deployment, with this line above it: -- migration-lint-disable-next-statement drop-view -- <why it is safe now>',
      },
    },
  },
  create(context) {
    return {
      DropView(change) {
        const { before, view } = change
        const { deployment } = context
        // Only what production has, and will not have: as a view, or as a table in its place.
        const known = findView(before, view)
        if (known === undefined || isNew(before, known)) return
        if (findView(deployment.before, view) === undefined) return
        if (findView(deployment.after, view) ?? findTable(deployment.after, view)) return
        context.report({ on: change, part: 'name', messageId: 'drops', object: displayName(view) })
      },
      DropFunction(change) {
        const { deployment } = context
        const key = nameKey(change.function)
        const known = deployment.before.functions.get(key)
        // Only triggers call a function that is made for them.
        if (known === undefined || known.forTriggers) return
        if (deployment.after.functions.has(key)) return
        context.report({
          on: change,
          part: 'name',
          messageId: 'function',
          object: displayName(change.function),
        })
      },
    }
  },
})
