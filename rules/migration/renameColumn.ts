import { findTable } from '../../src/catalog/catalog.ts'
import { isNewColumn, isNewTable } from '../../src/catalog/newness.ts'
import { displayColumn } from '../../src/catalog/names.ts'
import { findColumn } from '../../src/catalog/table.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { renameColumnOnMysql } from './mysql/renames.ts'
import { renameColumnOnSqlite } from './sqlite/renames.ts'

export const renameColumn = defineRule({
  name: 'rename-column',
  meta: {
    dialects: ['postgresql', 'mysql', 'sqlite'],
    type: 'problem',
    severity: 'error',
    docs: {
      description: 'A column is renamed while code that knows the old name may still run',
      why: `The moment the migration commits, every query of the previous release that names the old column fails; before it commits, every query of the new release fails. Whatever order you deploy in, there is a window in which one of the two is broken, and a rollback of the code breaks it again.`,
      instead: `Rename it in TypeScript only: \`fullName: text('name')\` gives the property a new name and leaves the column alone; drizzle-kit generates nothing. If the column itself must change: add the new one, have the code write both, copy the old values in batches, switch the reads, and drop the old one: at least three deployments.`,
      category: 'breaks-running-code',
      examples: {
        bad: [
          {
            name: 'a rename as drizzle-kit writes it',
            schema: `CREATE TABLE users (id int PRIMARY KEY, name text);`,
            sql: `ALTER TABLE "users" RENAME COLUMN "name" TO "full_name";`,
          },
        ],
        good: [
          {
            name: 'of a column the same deployment added',
            schema: `CREATE TABLE users (id int PRIMARY KEY);`,
            sql: [
              `ALTER TABLE "users" ADD COLUMN "name" text;`,
              `ALTER TABLE "users" RENAME COLUMN "name" TO "full_name";`,
            ],
          },
        ],
      },
    },
    wording: { mysql: renameColumnOnMysql, sqlite: renameColumnOnSqlite },
    messages: {
      renames: {
        message: 'Renaming {{object}} to {{to}} breaks every running query that names {{column}}.',
        help: "Rename only the TypeScript property ({{property}}: …('{{column}}')), or add the new column, write both, copy, and drop the old one later.",
      },
    },
  },
  create(context) {
    return {
      RenameColumn(change) {
        const { before, table, column, to } = change
        if (isNewTable(before, table) || isNewColumn(before, table, column)) return
        // It is not there, so that a condition keeps it from running, or fails-when-run says so.
        const known = findTable(before, table)
        if (known?.complete && !before.blind && !findColumn(known, column)) return
        // A column stands under the old name again: the queries find it.
        if (findColumn(findTable(context.deployment.after, table), column)) return
        // Code that runs cannot name what only this deployment has named so.
        const deployed = findTable(context.deployment.before, table)
        if (deployed?.complete && !findColumn(deployed, column)) return
        context.report({
          on: change,
          part: 'column',
          messageId: 'renames',
          object: displayColumn(table, column),
          data: { to, column, property: camelCase(to) },
        })
      },
    }
  },
})

function camelCase(name: string): string {
  return name.replaceAll(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}
