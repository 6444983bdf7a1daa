import type { DialectWording } from '../../../src/lint/rule.ts'

const USERS =
  'CREATE TABLE `users` (`id` int AUTO_INCREMENT NOT NULL, `age` int, CONSTRAINT `users_id` PRIMARY KEY(`id`));'

export const transactionControlOnMysql: DialectWording = {
  description: 'BEGIN, COMMIT, ROLLBACK or LOCK TABLES in a migration commits what came before it',
  why: `On MySQL every DDL statement commits, so that a transaction in a migration holds together nothing but the rows that are written between two of them: a ROLLBACK brings no table and no column back. START TRANSACTION and LOCK TABLES themselves commit what came before. After LOCK TABLES every table that it does not name is refused (error 1100) until UNLOCK TABLES, the migrator's own \`__drizzle_migrations\` too: then the migration has run and is not recorded.`,
  instead: `Leave them out. Rows that have to change together belong in a migration of their own, without DDL: Drizzle's migrator runs it in a transaction.`,
  messages: {
    begin: {
      message: 'BEGIN commits what came before it, and the next DDL statement commits it again.',
      help: 'Remove it; rows that have to change together belong in a migration without DDL.',
    },
    commit: {
      message:
        "COMMIT ends the migrator's transaction: if a later statement fails, this half stays applied and is not recorded.",
      help: 'Remove it; rows that have to change together belong in a migration without DDL.',
    },
    rollback: {
      message: 'ROLLBACK undoes rows at the most: every DDL statement has committed already.',
      help: 'Remove it.',
    },
    lockTables: {
      message:
        'LOCK TABLES commits what came before it, and every other table is refused until UNLOCK TABLES, __drizzle_migrations too.',
      help: 'Remove it: ALTER TABLE takes the locks that it needs.',
    },
  },
  examples: {
    bad: [
      {
        name: 'a transaction around DDL',
        dialect: 'mysql',
        schema: USERS,
        sql: 'START TRANSACTION;--> statement-breakpoint\nALTER TABLE `users` ADD `bio` text;--> statement-breakpoint\nCOMMIT;',
      },
      {
        name: 'LOCK TABLES',
        dialect: 'mysql',
        schema: USERS,
        sql: 'LOCK TABLES `users` WRITE;--> statement-breakpoint\nUPDATE `users` SET `age` = 1 WHERE `age` IS NULL;--> statement-breakpoint\nUNLOCK TABLES;',
      },
    ],
    good: [
      {
        name: 'rows that change together, in a migration of their own',
        dialect: 'mysql',
        schema: USERS,
        sql: 'UPDATE `users` SET `age` = 1 WHERE `age` IS NULL;--> statement-breakpoint\nUPDATE `users` SET `age` = 2 WHERE `age` = 1;',
      },
    ],
  },
}
