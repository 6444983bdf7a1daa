import type { DialectWording } from '../../../src/lint/rule.ts'

const USERS =
  "CREATE TABLE `users` (`id` int AUTO_INCREMENT NOT NULL, `age` int, `name` varchar(50), `price` decimal(10,2), `mood` enum('sad','ok'), CONSTRAINT `users_id` PRIMARY KEY(`id`));"

const modify = (definition: string) => `ALTER TABLE \`users\` MODIFY COLUMN ${definition};`

export const changeColumnTypeOnMysql: DialectWording = {
  description:
    'A column changes its type in a way that copies the table, or rounds or cuts its values',
  why: `Almost every other type means ALGORITHM=COPY: MySQL copies all rows through the server, reads continue, writes wait until it is done (MariaDB 11.2 and later does not block them). That includes int to bigint, varchar to text, another character set, an ENUM whose values are not only appended, and a VARCHAR that grows past 255 bytes (63 characters of utf8mb4), because its length then takes a second byte. A longer VARCHAR on the same side of that limit is free, and so are values appended to an ENUM or SET. Strict mode refuses values that do not fit, but it rounds silently: decimal(10,2) to decimal(10,1), datetime(3) to datetime.`,
  instead: `On a table that is large or busy: add a column of the new type, have the code write both, copy the values in batches outside the migration, read the new one, and drop the old one in a later deployment; or change the table with gh-ost or pt-online-schema-change, outside the migrator. Declare VARCHARs of 64 characters or more from the start. Append ENUM values at the end, never reorder, and stop using a value instead of removing it. A table that stays small belongs in \`smallTables\`.`,
  messages: {
    rewrites: {
      message:
        'Changing {{object}} from {{from}} to {{to}} copies every row of {{tables}} while nobody can write to it{{fails}}.',
      help: 'Add a column of the new type, write both, copy in batches, switch over, and drop the old one in a later deployment; or use gh-ost or pt-online-schema-change outside the migration.{{ask}}',
    },
    unknown: {
      message:
        'Changing {{object}} to {{to}} may copy every row of {{tables}} while nobody can write to it: the migrations do not say what type it was.',
      help: 'Look up its type in the database; if the change is free (a longer VARCHAR, an ENUM with a value more at its end), say so in a suppression above the statement.',
      severity: 'warn',
    },
    truncates: {
      message:
        'Changing {{object}} from {{from}} to {{to}} {{does}} values that do not fit, without an error{{copies}}.',
      help: 'Look for such values first, or keep the precision that the column has.',
      category: 'data-loss',
    },
  },
  examples: {
    bad: [
      { name: 'int to bigint', dialect: 'mysql', schema: USERS, sql: modify('`age` bigint') },
      {
        name: 'a VARCHAR past 255 bytes',
        dialect: 'mysql',
        schema: USERS,
        sql: modify('`name` varchar(191)'),
      },
      {
        name: 'an ENUM value in the middle',
        dialect: 'mysql',
        schema: USERS,
        sql: modify("`mood` enum('sad','meh','ok')"),
      },
      {
        name: 'digits are rounded away',
        dialect: 'mysql',
        schema: USERS,
        sql: modify('`price` decimal(10,1)'),
      },
    ],
    good: [
      {
        name: 'a longer VARCHAR on the same side of 255 bytes',
        dialect: 'mysql',
        schema: USERS,
        sql: modify('`name` varchar(60)'),
      },
      {
        name: 'an ENUM value at the end',
        dialect: 'mysql',
        schema: USERS,
        sql: modify("`mood` enum('sad','ok','happy')"),
      },
    ],
  },
}
