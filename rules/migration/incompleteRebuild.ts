import { displayColumn, displayName } from '../../src/catalog/names.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { listed } from '../../src/finding/listed.ts'

export const incompleteRebuild = defineRule({
  name: 'incomplete-rebuild',
  meta: {
    dialects: ['sqlite'],
    type: 'problem',
    severity: 'error',
    docs: {
      description: 'A table is rebuilt, and part of the old one is not recreated',
      why: `SQLite drops a table's triggers and indexes with it. A rebuild (a new table, filled from the old one and put in its place) has to recreate them; drizzle-kit does that for the indexes of the schema file, but does not know about triggers. A column that the INSERT leaves out is empty afterwards. AUTOINCREMENT forgets the highest id it has used: if the rows with the highest ids were deleted, their ids are used again. None of this raises an error.`,
      instead: `Add what is missing to the migration: CREATE TRIGGER and CREATE INDEX after the rename, the column in both lists of the INSERT. For AUTOINCREMENT, after the rename and where ids must never come back: \`UPDATE sqlite_sequence SET seq = (the old value) WHERE name = 'users'\`, noting the value before.`,
      category: 'data-loss',
      examples: {
        bad: [
          {
            name: 'a trigger that is not recreated',
            dialect: 'sqlite',
            schema: `CREATE TABLE \`users\` (\`id\` integer PRIMARY KEY NOT NULL, \`name\` text);
CREATE TABLE \`audit\` (\`what\` text);
CREATE TRIGGER \`users_insert\` AFTER INSERT ON \`users\` BEGIN INSERT INTO \`audit\` VALUES (NEW.\`name\`); END;`,
            sql: `CREATE TABLE \`__new_users\` (\`id\` integer PRIMARY KEY NOT NULL, \`name\` text DEFAULT 'x');--> statement-breakpoint
INSERT INTO \`__new_users\`("id", "name") SELECT "id", "name" FROM \`users\`;--> statement-breakpoint
DROP TABLE \`users\`;--> statement-breakpoint
ALTER TABLE \`__new_users\` RENAME TO \`users\`;`,
          },
          {
            name: 'a column that is not copied',
            dialect: 'sqlite',
            schema: 'CREATE TABLE `users` (`id` integer PRIMARY KEY NOT NULL, `name` text);',
            sql: `CREATE TABLE \`__new_users\` (\`id\` integer PRIMARY KEY NOT NULL, \`name\` text);--> statement-breakpoint
INSERT INTO \`__new_users\`("id") SELECT "id" FROM \`users\`;--> statement-breakpoint
DROP TABLE \`users\`;--> statement-breakpoint
ALTER TABLE \`__new_users\` RENAME TO \`users\`;`,
          },
        ],
        good: [
          {
            name: 'with its index',
            dialect: 'sqlite',
            schema: `CREATE TABLE \`users\` (\`id\` integer PRIMARY KEY NOT NULL, \`name\` text);
CREATE INDEX \`users_name_idx\` ON \`users\` (\`name\`);`,
            sql: `CREATE TABLE \`__new_users\` (\`id\` integer PRIMARY KEY NOT NULL, \`name\` text DEFAULT 'x');--> statement-breakpoint
INSERT INTO \`__new_users\`("id", "name") SELECT "id", "name" FROM \`users\`;--> statement-breakpoint
DROP TABLE \`users\`;--> statement-breakpoint
ALTER TABLE \`__new_users\` RENAME TO \`users\`;--> statement-breakpoint
CREATE INDEX \`users_name_idx\` ON \`users\` (\`name\`);`,
          },
        ],
      },
    },
    messages: {
      forgets: {
        message: 'Rebuilding {{object}} drops {{lost}}, and nothing recreates it.',
        help: 'Create it again after the rename.',
        category: 'integrity',
      },
      leavesOut: {
        message: 'Rebuilding {{object}} leaves {{columns}} out of the INSERT: the values are lost.',
        help: 'Name the column in both lists of the INSERT.',
      },
      counts: {
        message:
          'Rebuilding {{object}} makes AUTOINCREMENT forget the highest id it has used: ids of deleted rows may be used again.',
        help: 'If ids must never come back, note seq of sqlite_sequence before, and set it again after the rename.',
        severity: 'warn',
        category: 'integrity',
      },
    },
  },
  create(context) {
    return {
      RebuildTable(change) {
        const { table, lost } = change
        const object = displayName(table)
        const report = (messageId: string, data: Readonly<Record<string, string>>) =>
          context.report({ on: change, part: 'name', messageId, object, data })
        const now = context.deployment.after.tables.get(`${table.schema}\u0000${table.name}`)
        const gone = [
          ...lost.triggers
            .filter((name) => !now?.triggers.some((trigger) => trigger.name === name))
            .map((name) => `trigger ${name}`),
          ...lost.indexes.map(({ name, unique }) => `${unique ? 'unique index' : 'index'} ${name}`),
        ]
        if (gone.length > 0) report('forgets', { lost: listed(gone) })
        for (const { why, columns } of context.effects(change).losses) {
          if (why === 'left out') {
            const names = (columns ?? []).map((column) => displayColumn(table, column))
            report('leavesOut', { columns: listed(names) })
          } else if (why === 'counted again') report('counts', {})
        }
      },
    }
  },
})
