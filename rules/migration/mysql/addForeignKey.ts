import type { DialectWording } from '../../../src/lint/rule.ts'

const TABLES =
  'CREATE TABLE `users` (`id` bigint AUTO_INCREMENT NOT NULL, CONSTRAINT `users_id` PRIMARY KEY(`id`));\n' +
  'CREATE TABLE `posts` (`id` bigint AUTO_INCREMENT NOT NULL, `user_id` bigint, CONSTRAINT `posts_id` PRIMARY KEY(`id`));'

const ADD =
  'ALTER TABLE `posts` ADD CONSTRAINT `posts_user_id_users_id_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE cascade ON UPDATE no action;'

export const addForeignKeyOnMysql: DialectWording = {
  description: 'A foreign key copies the whole table while nobody can write to it',
  why: `MySQL copies every row of the referencing table (ALGORITHM=COPY, LOCK=SHARED) to check it: reads continue, writes wait until the copy is done, and it waits for open transactions on the referenced table as well. MariaDB does the same before 11.2, and in any version where a foreign key of the table has an action (CASCADE, SET NULL) already. A row without a match makes it fail (1452) after all that work.`,
  instead: `Look for rows without a match first. Then a custom migration with \`SET foreign_key_checks = 0\` before the ADD CONSTRAINT and \`SET foreign_key_checks = 1\` after it: InnoDB then only records the key (INPLACE, LOCK=NONE) and checks new rows. Existing rows are not checked: those without a match stay. On a table that stays small, list it in \`smallTables\`.`,
  messages: {
    checks: {
      message:
        'Adding {{object}} copies every row of {{table}} while nobody can write to it{{fails}}.',
      help: 'Check the rows yourself, and add the key between SET foreign_key_checks = 0 and SET foreign_key_checks = 1: then nothing is copied.{{ask}}',
    },
    replaces: {
      message:
        'Replacing {{object}} copies every row of {{table}} while nobody can write to it; between the two statements nothing checks the reference{{fails}}.',
      help: 'Put SET foreign_key_checks = 0 before the ADD and SET foreign_key_checks = 1 after it: then nothing is copied.{{ask}}',
      severity: 'error',
    },
  },
  examples: {
    bad: [
      {
        name: 'a foreign key as drizzle-kit writes it',
        dialect: 'mysql',
        schema: TABLES,
        sql: ADD,
      },
    ],
    good: [
      {
        name: 'without the check of rows that are there',
        dialect: 'mysql',
        schema: TABLES,
        sql: `SET foreign_key_checks = 0;--> statement-breakpoint\n${ADD}--> statement-breakpoint\nSET foreign_key_checks = 1;`,
      },
    ],
  },
}
