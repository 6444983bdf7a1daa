import { dependentViews, findTable, referencesTo } from '../../src/catalog/catalog.ts'
import type { ChangeOf } from '../../src/catalog/change.ts'
import { isNewTable } from '../../src/catalog/newness.ts'
import { displayColumn, displayName, nameKey, sameName } from '../../src/catalog/names.ts'
import { type RuleContext, defineRule } from '../../src/lint/rule.ts'
import { viewsLost } from './cascaded.ts'
import { listed } from '../../src/finding/listed.ts'
import { dropTableOnMysql } from './mysql/dropTable.ts'
import { dropTableOnSqlite } from './sqlite/dropTable.ts'

export const dropTable = defineRule({
  name: 'drop-table',
  meta: {
    dialects: ['postgresql', 'mysql', 'sqlite'],
    type: 'problem',
    severity: 'error',
    docs: {
      description: 'A table is dropped while code that uses it may still run',
      why: `All its rows are gone, and code of the previous release that still queries it fails until the rollout is over. drizzle-kit 0.x always writes CASCADE, which also drops the foreign keys of other tables and the views that read it, silently. The drop takes ACCESS EXCLUSIVE on every table it references or is referenced by.`,
      instead: `Two deployments. Ship the code that no longer uses the table; keep the table in the schema file. In a later deployment remove it from the schema and ship the generated DROP TABLE, after a backup, with a line above it that says why it is safe:\n\n\`-- migration-lint-disable-next-statement drop-table -- archived, unused since v42\`\n\nA table that was only un-exported by mistake is dropped too: drizzle-kit sees exports only.`,
      category: 'data-loss',
      examples: {
        bad: [
          {
            name: 'what drizzle-kit writes, with CASCADE',
            schema: `CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE posts (id int PRIMARY KEY, user_id int CONSTRAINT posts_user_id_users_id_fk REFERENCES users (id));
CREATE INDEX posts_user_id_idx ON posts (user_id);`,
            sql: `DROP TABLE "users" CASCADE;`,
          },
        ],
        good: [
          {
            name: 'a table the same deployment created',
            schema: '',
            sql: [
              `CREATE TABLE "drafts" ("id" integer PRIMARY KEY);`,
              `DROP TABLE "drafts" CASCADE;`,
            ],
          },
        ],
      },
    },
    wording: { mysql: dropTableOnMysql, sqlite: dropTableOnSqlite },
    messages: {
      deletes: {
        message: 'Dropping {{object}} deletes all its rows{{also}}.',
        help: 'Drop it in a later deployment, once nothing needs its rows, with this line above it: -- migration-lint-disable-next-statement drop-table -- <why it is safe now>',
      },
      drops: {
        message:
          'Dropping {{object}} deletes all its rows, and running code that queries it fails{{also}}.',
        help: 'Ship the code that no longer uses it first and drop it in a later deployment, with this line above it: -- migration-lint-disable-next-statement drop-table -- <why it is safe now>',
      },
    },
  },
  create(context) {
    return {
      DropTable(change) {
        const { before, table } = change
        if (isNewTable(before, table)) return
        const isGone = findTable(before, table) === undefined && before.gone.has(nameKey(table))
        if (isGone && (change.ifExists || change.origin.guarded)) return
        // Code that runs cannot name what only this deployment has named so.
        const isNewName =
          findTable(before, table) !== undefined &&
          findTable(context.deployment.before, table) === undefined
        const lost = change.cascade ? dependents(change) : []
        context.report({
          on: change,
          part: 'name',
          messageId: isNewName ? 'deletes' : 'drops',
          object: displayName(table),
          data: {
            also:
              lost.length > 0 ? `; CASCADE also drops ${listed(lost)}` : beyond(context, change),
          },
        })
      },
    }
  },
})

/** What of other tables goes, and which views fail from then on. */
function beyond(context: RuleContext, change: ChangeOf<'DropTable'>): string {
  const losses = context.effects(change).losses.flatMap(({ why, table, columns }) => {
    const name = displayName(table)
    if (why === 'cascaded') return [`deletes the rows of ${name} that point at it`]
    const emptied = (columns ?? []).map((column) => displayColumn(table, column))
    return why === 'set null' ? [`empties ${listed(emptied)}`] : []
  })
  const views = context.deployment.after.boundByName
    ? dependentViews(context.deployment.after, change.table, null).map(
        (view) => `leaves view ${displayName(view)} without it`,
      )
    : []
  const all = [...losses, ...views]
  return all.length > 0 ? `; it also ${listed(all)}` : ''
}

/** What CASCADE takes along. */
function dependents({ before, table, together }: ChangeOf<'DropTable'>): readonly string[] {
  const keys = referencesTo(before, table)
    .filter(({ table: holder }) => ![table, ...together].some((other) => sameName(other, holder)))
    .map(({ table: holder, key }) => `foreign key ${key.name} of ${displayName(holder)}`)
  return [...keys, ...viewsLost(before, table, null)]
}
