import type { DialectWording } from '../../../src/lint/rule.ts'

export const failsWhenRunOnMysql: DialectWording = {
  description: 'MySQL will refuse this statement',
  why: `Judged with the whole schema as the migrations before it leave it, the server answers this statement with an error. MySQL and MariaDB do not run DDL in a transaction: the statements before it in its file stay applied, the file is not recorded, and the next run starts it again and usually fails at its first statement, which has already run. drizzle-kit 0.31 writes such a migration when a table with an AUTO_INCREMENT key is renamed: RENAME TABLE, then DROP PRIMARY KEY, which always fails (1075).`,
  instead: `The message quotes the server's error. Keep a statement that may fail in a migration file of its own, or first in its file. Of a renamed table, delete the two statements on the primary key: RENAME TABLE keeps it. Give a literal default of TEXT, BLOB or JSON in parentheses. Drop a foreign key before its index or its column.`,
  messages: {
    always: {
      message: 'This fails: {{reason}}.',
      help: 'Fix the statement.{{left}}',
    },
    onRows: {
      message: 'This fails as soon as the table holds rows: {{reason}}.',
      help: 'It passes on an empty database only; make the rows fit in an earlier deployment.{{left}}',
      category: 'fails-on-rows',
    },
  },
  examples: {
    bad: [
      {
        name: 'a renamed table, as drizzle-kit 0.31 writes it',
        dialect: 'mysql',
        schema:
          'CREATE TABLE `users` (`id` int AUTO_INCREMENT NOT NULL, CONSTRAINT `users_id` PRIMARY KEY(`id`));',
        sql: '-- migration-lint-disable-next-statement rename-table -- nothing runs\nRENAME TABLE `users` TO `people`;--> statement-breakpoint\nALTER TABLE `people` DROP PRIMARY KEY;--> statement-breakpoint\nALTER TABLE `people` ADD PRIMARY KEY(`id`);',
      },
      {
        name: 'an algorithm that cannot do it',
        dialect: 'mysql',
        schema:
          'CREATE TABLE `users` (`id` int NOT NULL PRIMARY KEY, `age` int, CHECK (`age` > 0));',
        sql: 'ALTER TABLE `users` ADD CONSTRAINT `adult` CHECK (`age` > 17), ALGORITHM=INPLACE;',
      },
      {
        name: 'AUTO_INCREMENT taken from a column that a foreign key points at',
        dialect: 'mysql',
        schema:
          'CREATE TABLE `users` (`id` int AUTO_INCREMENT NOT NULL PRIMARY KEY);\nCREATE TABLE `posts` (`id` int NOT NULL PRIMARY KEY, `author` int, CONSTRAINT `posts_author` FOREIGN KEY (`author`) REFERENCES `users`(`id`));',
        sql: 'ALTER TABLE `users` MODIFY COLUMN `id` int NOT NULL;',
      },
      {
        name: 'an index that a foreign key needs',
        dialect: 'mysql',
        schema:
          'CREATE TABLE `users` (`id` int NOT NULL PRIMARY KEY);\nCREATE TABLE `posts` (`id` int NOT NULL PRIMARY KEY, `user_id` int, KEY `posts_user_idx` (`user_id`), CONSTRAINT `posts_user_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`));',
        sql: 'DROP INDEX `posts_user_idx` ON `posts`;',
      },
      {
        name: 'types that differ',
        dialect: 'mysql',
        schema:
          'CREATE TABLE `users` (`id` bigint NOT NULL PRIMARY KEY);\nCREATE TABLE `posts` (`id` int NOT NULL PRIMARY KEY, `user_id` int);',
        sql: 'ALTER TABLE `posts` ADD CONSTRAINT `posts_user_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`);',
      },
      {
        name: 'an AUTO_INCREMENT column without a key',
        dialect: 'mysql',
        schema: '',
        sql: 'CREATE TABLE `notes` (`id` int AUTO_INCREMENT NOT NULL, `text` varchar(50));',
      },
    ],
    good: [
      {
        name: 'the rename alone',
        dialect: 'mysql',
        schema: '',
        sql: 'CREATE TABLE `users` (`id` int AUTO_INCREMENT NOT NULL, CONSTRAINT `users_id` PRIMARY KEY(`id`));--> statement-breakpoint\nRENAME TABLE `users` TO `people`;',
      },
      {
        name: 'the foreign key is dropped first',
        dialect: 'mysql',
        schema:
          'CREATE TABLE `users` (`id` int NOT NULL PRIMARY KEY);\nCREATE TABLE `posts` (`id` int NOT NULL PRIMARY KEY, `user_id` int, KEY `posts_user_idx` (`user_id`), CONSTRAINT `posts_user_fk` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`));',
        sql: 'ALTER TABLE `posts` DROP FOREIGN KEY `posts_user_fk`;--> statement-breakpoint\nDROP INDEX `posts_user_idx` ON `posts`;',
      },
    ],
  },
}
