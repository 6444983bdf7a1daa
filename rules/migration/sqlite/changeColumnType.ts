import type { DialectWording } from '../../../src/lint/rule.ts'

const rebuild = (type: string) =>
  `CREATE TABLE \`__new_users\` (\`id\` integer PRIMARY KEY NOT NULL, \`age\` ${type});--> statement-breakpoint\n` +
  'INSERT INTO `__new_users`("id", "age") SELECT "id", "age" FROM `users`;--> statement-breakpoint\n' +
  'DROP TABLE `users`;--> statement-breakpoint\n' +
  'ALTER TABLE `__new_users` RENAME TO `users`;'

export const changeColumnTypeOnSqlite: DialectWording = {
  description: 'A column gets a type that its values may not have',
  category: 'integrity',
  why: `A column's type is only a preference in SQLite: when the rows are copied, a value that is not a number stays text, in a column that is now declared integer. No error says so. Code that reads the column gets a string where Drizzle's types promise a number.`,
  instead: `Check first: \`SELECT count(*) FROM users WHERE typeof(CAST(age AS integer)) <> 'integer' OR CAST(age AS integer) <> age\`. Repair the values with an UPDATE in a migration before this one. A STRICT table would refuse them.`,
  messages: {
    truncates: {
      message:
        'Changing {{object}} from {{from}} to {{to}} converts only values that look like numbers: all others silently stay text.',
      help: 'Repair them with an UPDATE in a migration before this one; typeof() shows which ones.',
      category: 'integrity',
      severity: 'warn',
    },
  },
  examples: {
    bad: [
      {
        name: 'text becomes integer',
        dialect: 'sqlite',
        schema: 'CREATE TABLE `users` (`id` integer PRIMARY KEY NOT NULL, `age` text);',
        sql: rebuild('integer'),
      },
    ],
    good: [
      {
        name: 'integer becomes text',
        dialect: 'sqlite',
        schema: 'CREATE TABLE `users` (`id` integer PRIMARY KEY NOT NULL, `age` integer);',
        sql: rebuild('text'),
      },
    ],
  },
}
