import type { Change } from '../../../src/catalog/change.ts'
import type { DialectWording } from '../../../src/lint/rule.ts'

const USERS =
  'CREATE TABLE `users` (`id` int AUTO_INCREMENT NOT NULL, `age` int, CONSTRAINT `users_id` PRIMARY KEY(`id`));'

export const longWorkOnMysql: DialectWording = {
  description: 'A statement copies a whole table while nobody can write to it',
  why: `Whatever InnoDB can do neither in its catalog (INSTANT) nor in place (INPLACE) copies every row into a new table (ALGORITHM=COPY): reads continue, writes wait until the last row is copied, on 256,000 rows for 7 to 25 seconds. It takes no more than a default in parentheses: drizzle-orm's \`.defaultNow()\` is \`DEFAULT (now())\`, which MySQL computes row by row, while DEFAULT CURRENT_TIMESTAMP is free. A CHECK copies, too, and so does a STORED generated column. MariaDB adds such columns without a copy, and from 11.2 on does not block writes during most copies.`,
  instead: `A time: \`.default(sql\`CURRENT_TIMESTAMP\`)\` in place of \`.defaultNow()\`. Any other expression: add the column nullable and without the default, then set the default with MODIFY COLUMN in the next statement; both are INSTANT, old rows stay NULL and are backfilled in batches outside the migration. A generated column: VIRTUAL. A CHECK: enforce it in the code, or copy the table with gh-ost or pt-online-schema-change. DROP PRIMARY KEY and ADD PRIMARY KEY: in one ALTER TABLE, which is done in place. Tables that stay small belong in \`smallTables\`.`,
  messages: {
    rewrites: {
      message: '{{what}} copies every row of {{table}} while {{blocked}}{{because}}{{fails}}.',
      help: '{{remedy}}{{ask}}',
    },
  },
  examples: {
    bad: [
      {
        name: 'a copy that is asked for',
        dialect: 'mysql',
        schema: USERS,
        sql: 'ALTER TABLE `users` ADD `bio` text, ALGORITHM=COPY;',
      },
      {
        name: '.defaultNow() on a new column',
        dialect: 'mysql',
        schema: USERS,
        sql: 'ALTER TABLE `users` ADD `created_at` timestamp DEFAULT (now()) NOT NULL;',
      },
      {
        name: 'a CHECK',
        dialect: 'mysql',
        schema: USERS,
        sql: 'ALTER TABLE `users` ADD CONSTRAINT `users_age_check` CHECK (`age` > 0);',
      },
      {
        name: 'a stored generated column',
        dialect: 'mysql',
        schema: USERS,
        sql: 'ALTER TABLE `users` ADD `decade` int GENERATED ALWAYS AS (`age` DIV 10) STORED;',
      },
      {
        name: 'another character set',
        dialect: 'mysql',
        schema:
          'CREATE TABLE `notes` (`id` int NOT NULL PRIMARY KEY, `text` varchar(100)) CHARACTER SET latin1;',
        sql: 'ALTER TABLE `notes` CONVERT TO CHARACTER SET utf8mb4;',
      },
    ],
    good: [
      {
        name: 'an index that the server has to build while writes go on, or refuse',
        dialect: 'mysql',
        schema: USERS,
        sql: 'CREATE INDEX `users_age` ON `users` (`age`) ALGORITHM=INPLACE LOCK=NONE;',
      },
      {
        name: 'CURRENT_TIMESTAMP is free',
        dialect: 'mysql',
        schema: USERS,
        sql: 'ALTER TABLE `users` ADD `created_at` timestamp DEFAULT CURRENT_TIMESTAMP NOT NULL;',
      },
      {
        name: 'a virtual generated column',
        dialect: 'mysql',
        schema: USERS,
        sql: 'ALTER TABLE `users` ADD `decade` int GENERATED ALWAYS AS (`age` DIV 10) VIRTUAL;',
      },
      {
        name: 'the default afterwards',
        dialect: 'mysql',
        schema: USERS,
        sql: "ALTER TABLE `users` ADD `tags` json;--> statement-breakpoint\nALTER TABLE `users` MODIFY COLUMN `tags` json DEFAULT ('[]');",
      },
    ],
  },
}

const OUTSIDE =
  'Do it at a time of low traffic, or with gh-ost or pt-online-schema-change outside the migration.'

/** What to do instead of a copy. */
export function remedyOnMysql(change: Change): string {
  const { algorithm, lock } = change.origin.clauses ?? {}
  const forced = [
    ...(algorithm === 'COPY' ? ['ALGORITHM=COPY'] : []),
    ...(lock === 'SHARED' || lock === 'EXCLUSIVE' ? [`LOCK=${lock}`] : []),
  ]
  if (forced.length > 0) {
    return `Leave ${forced.join(' and ')} out: the server then takes the mildest way it knows.`
  }
  switch (change.kind) {
    case 'AddColumn': {
      const { generated, default: initial } = change.definition
      if (generated) return 'Make it VIRTUAL: that is free.'
      const isTime = initial?.functions.some(({ name }) => /^(?:now|current_timestamp)$/.test(name))
      return isTime
        ? 'Write .default(sql`CURRENT_TIMESTAMP`) in place of .defaultNow(): that is free.'
        : 'Add it nullable and without the default, set the default with MODIFY COLUMN in the next statement (both are free), and backfill the old rows in batches outside the migration.'
    }
    case 'AddCheck':
      return `Leave the check to the code, or copy the table outside the migration with gh-ost or pt-online-schema-change.`
    case 'DropConstraint':
      return 'Drop and add the primary key in one ALTER TABLE: that is done in place, without blocking writes.'
    case 'SetExpression':
      return 'Add a new column, VIRTUAL if you can, and switch the code over.'
    default:
      return OUTSIDE
  }
}
