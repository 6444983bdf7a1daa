import type { DialectWording } from '../../../src/lint/rule.ts'

const REFUSED = {
  message:
    'This is the second statement since the last breakpoint, and MySQL takes one at a time: the whole piece is a syntax error.',
  help: 'Put --> statement-breakpoint before it.',
}

export const missingBreakpointOnMysql: DialectWording = {
  why: `Drizzle's migrator sends the text between two \`--> statement-breakpoint\` comments as one statement. mysql2 does not allow several at once unless \`multipleStatements\` is switched on, so that the server answers with a syntax error (1064) and runs none of them. The statements before them in the file stay applied.`,
  instead: `Put \`--> statement-breakpoint\` between them.`,
  messages: { refused: REFUSED, leftOut: REFUSED },
  examples: {
    bad: [
      {
        name: 'two statements in one piece',
        dialect: 'mysql',
        schema: '',
        sql: 'CREATE TABLE `users` (`id` int NOT NULL PRIMARY KEY);\nCREATE TABLE `notes` (`id` int NOT NULL PRIMARY KEY);',
      },
    ],
    good: [
      {
        name: 'with a breakpoint',
        dialect: 'mysql',
        schema: '',
        sql: 'CREATE TABLE `users` (`id` int NOT NULL PRIMARY KEY);--> statement-breakpoint\nCREATE TABLE `notes` (`id` int NOT NULL PRIMARY KEY);',
      },
      {
        name: 'a trigger with a body',
        dialect: 'mysql',
        schema:
          'CREATE TABLE `users` (`id` int NOT NULL PRIMARY KEY, `name` varchar(50), `key` varchar(50));',
        sql: 'CREATE TRIGGER `users_key` BEFORE INSERT ON `users` FOR EACH ROW BEGIN SET NEW.name = trim(NEW.name); SET NEW.key = lower(NEW.name); END;',
      },
    ],
  },
}
