import { type HazardSample, file } from './hazardSample.ts'

/** What every sample has deployed. */
export const SQLITE_TABLES = `CREATE TABLE \`users\` (\`id\` integer PRIMARY KEY NOT NULL, \`email\` text, \`name\` text, \`age\` integer, \`numtext\` text);`

const USERS =
  '`id` integer PRIMARY KEY NOT NULL, `email` text, `name` text, `age` integer, `numtext` text'

const POSTS = `CREATE TABLE \`posts\` (\`id\` integer PRIMARY KEY, \`user_id\` integer NOT NULL, FOREIGN KEY (\`user_id\`) REFERENCES \`users\`(\`id\`) ON DELETE cascade);
CREATE INDEX \`posts_user_id_idx\` ON \`posts\` (\`user_id\`);`

/** A rebuild of users as drizzle-kit writes it. */
function rebuilt(columns: string, copied = '"id", "email", "name", "age", "numtext"'): string {
  return file(
    `PRAGMA foreign_keys=OFF;`,
    `CREATE TABLE \`__new_users\` (${columns});\n`,
    `INSERT INTO \`__new_users\`(${copied}) SELECT ${copied} FROM \`users\`;`,
    'DROP TABLE `users`;',
    'ALTER TABLE `__new_users` RENAME TO `users`;',
    'PRAGMA foreign_keys=ON;',
  )
}

const WITH_DEFAULT = rebuilt(USERS.replace('`name` text', "`name` text DEFAULT 'x'"))
const VIEW = 'CREATE VIEW `names` AS SELECT `name` FROM `users`;'
const TRIGGER =
  'CREATE TABLE `audit` (`what` text);\nCREATE TRIGGER `users_insert` AFTER INSERT ON `users` BEGIN INSERT INTO `audit` VALUES (NEW.`name`); END;'
const INDEX = 'CREATE INDEX `users_name_idx` ON `users` (`name`);'

/** Every hazard of SQLite, libSQL and D1 that SQL shows. */
export const sqliteSamples: readonly HazardSample[] = [
  {
    id: 'S01',
    name: 'a rebuild with children',
    schema: POSTS,
    bad: WITH_DEFAULT,
    reportedBy: ['rebuild-deletes-children'],
    good: "ALTER TABLE `users` ADD `title` text DEFAULT 'x';",
  },
  {
    id: 'S01',
    name: 'a rebuild with children on D1',
    schema: POSTS,
    bad: WITH_DEFAULT,
    reportedBy: ['rebuild-deletes-children'],
    on: { driver: 'd1' },
  },
  {
    id: 'S01',
    name: 'a rebuild with children on libSQL',
    schema: POSTS,
    bad: WITH_DEFAULT,
    reportedBy: [],
    on: { driver: 'libsql' },
  },
  {
    id: 'S02',
    name: 'a rebuild of a table that a view names',
    schema: VIEW,
    bad: WITH_DEFAULT,
    reportedBy: ['fails-when-run'],
    good: file('DROP VIEW `names`;', WITH_DEFAULT, VIEW),
  },
  {
    id: 'S02',
    name: "a rebuild of a table that another table's trigger names",
    schema:
      'CREATE TABLE `audit` (`what` text);\nCREATE TRIGGER `audit_insert` AFTER INSERT ON `audit` BEGIN UPDATE `users` SET `age` = 1; END;',
    bad: WITH_DEFAULT,
    reportedBy: ['fails-when-run'],
    good: file(
      'DROP TRIGGER `audit_insert`;',
      WITH_DEFAULT,
      'CREATE TRIGGER `audit_insert` AFTER INSERT ON `audit` BEGIN UPDATE `users` SET `age` = 1; END;',
    ),
  },
  {
    id: 'S03',
    name: 'a trigger that is not recreated',
    schema: TRIGGER,
    bad: WITH_DEFAULT,
    reportedBy: ['incomplete-rebuild'],
    good: file(
      WITH_DEFAULT,
      'CREATE TRIGGER `users_insert` AFTER INSERT ON `users` BEGIN INSERT INTO `audit` VALUES (NEW.`name`); END;',
    ),
  },
  {
    id: 'S03',
    name: 'an index that is not recreated',
    schema: INDEX,
    bad: WITH_DEFAULT,
    reportedBy: ['incomplete-rebuild'],
    good: file(WITH_DEFAULT, INDEX),
  },
  {
    id: 'S04',
    name: 'a rebuild of a table with AUTOINCREMENT',
    schema: 'CREATE TABLE `orgs` (`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL, `name` text);',
    bad: file(
      "CREATE TABLE `__new_orgs` (`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL, `name` text DEFAULT 'x');",
      'INSERT INTO `__new_orgs`("id", "name") SELECT "id", "name" FROM `orgs`;',
      'DROP TABLE `orgs`;',
      'ALTER TABLE `__new_orgs` RENAME TO `orgs`;',
    ),
    reportedBy: ['incomplete-rebuild'],
    good: 'ALTER TABLE `orgs` ADD `title` text;',
  },
  {
    id: 'S05',
    name: 'a column added in the rebuild',
    bad: rebuilt(
      `${USERS.replace('`name` text', "`name` text DEFAULT 'x'")}, \`nick\` text`,
      '"id", "email", "name", "age", "numtext", "nick"',
    ),
    reportedBy: ['fails-when-run'],
    good: [
      'ALTER TABLE `users` ADD `nick` text;',
      WITH_DEFAULT.replace('`numtext` text', '`numtext` text, `nick` text').replaceAll(
        '"numtext"',
        '"numtext", "nick"',
      ),
    ],
  },
  {
    id: 'S05',
    name: 'a column added in the rebuild on D1',
    bad: rebuilt(
      `${USERS.replace('`name` text', "`name` text DEFAULT 'x'")}, \`nick\` text`,
      '"id", "email", "name", "age", "numtext", "nick"',
    ),
    reportedBy: ['fails-when-run'],
    on: { driver: 'd1' },
  },
  {
    id: 'S06',
    name: 'a rebuild to NOT NULL',
    bad: rebuilt(USERS.replace('`name` text', '`name` text NOT NULL')),
    reportedBy: ['set-not-null'],
    good: [
      "UPDATE `users` SET `name` = '' WHERE `name` IS NULL;",
      rebuilt(USERS.replace('`name` text', '`name` text NOT NULL')),
    ],
  },
  {
    id: 'S07',
    name: 'a rebuild with a check',
    bad: rebuilt(`${USERS}, CONSTRAINT "adult" CHECK("age" > 17)`),
    reportedBy: ['fails-when-run'],
    good: file(
      'DELETE FROM `users` WHERE `age` <= 17;',
      rebuilt(`${USERS}, CONSTRAINT "adult" CHECK("age" > 17)`),
    ),
  },
  {
    id: 'S07',
    name: 'a rebuild with a foreign key',
    schema:
      'CREATE TABLE `orgs` (`id` integer PRIMARY KEY NOT NULL);\nCREATE INDEX `users_age_idx` ON `users` (`age`);',
    bad: file(
      rebuilt(`${USERS}, FOREIGN KEY (\`age\`) REFERENCES \`orgs\`(\`id\`)`),
      'CREATE INDEX `users_age_idx` ON `users` (`age`);',
    ),
    reportedBy: ['fails-when-run'],
  },
  {
    id: 'S07',
    name: 'a rebuild with a foreign key, on libSQL',
    schema:
      'CREATE TABLE `orgs` (`id` integer PRIMARY KEY NOT NULL);\nCREATE INDEX `users_age_idx` ON `users` (`age`);',
    bad: file(
      rebuilt(`${USERS}, FOREIGN KEY (\`age\`) REFERENCES \`orgs\`(\`id\`)`),
      'CREATE INDEX `users_age_idx` ON `users` (`age`);',
    ),
    reportedBy: [],
    on: { driver: 'libsql' },
  },
  {
    id: 'S07',
    name: 'a rebuild that keeps its check and its foreign key, as drizzle-kit 0.31 writes them',
    schema:
      'CREATE TABLE `orgs` (`id` integer PRIMARY KEY NOT NULL, `size` integer, `name` text, `of` integer REFERENCES `users`(`id`), CONSTRAINT "sized" CHECK("orgs"."size" > 0));\nCREATE INDEX `orgs_of` ON `orgs` (`of`);',
    bad: file(
      'CREATE TABLE `__new_orgs` (`id` integer PRIMARY KEY NOT NULL, `size` integer, `name` text DEFAULT \'x\', `of` integer, FOREIGN KEY (`of`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade, CONSTRAINT "sized" CHECK("__new_orgs"."size" > 0));',
      'INSERT INTO `__new_orgs`("id", "size", "name", "of") SELECT "id", "size", "name", "of" FROM `orgs`;',
      'DROP TABLE `orgs`;',
      'ALTER TABLE `__new_orgs` RENAME TO `orgs`;',
      'CREATE INDEX `orgs_of` ON `orgs` (`of`);',
    ),
    reportedBy: [],
  },
  {
    id: 'S07',
    name: 'a rebuild with a check of a column that is new',
    bad: file(
      'ALTER TABLE `users` ADD `weight` integer;',
      rebuilt(
        `${USERS}, \`weight\` integer, CONSTRAINT "heavy" CHECK("weight" > 0)`,
        '"id", "email", "name", "age", "numtext", "weight"',
      ),
    ),
    reportedBy: [],
  },
  {
    id: 'S07',
    name: 'a rebuild with another text of a check, which mostly lets more pass',
    schema:
      'CREATE TABLE `orgs` (`id` integer PRIMARY KEY NOT NULL, `kind` text, CONSTRAINT "kinds" CHECK("kind" IN (\'a\')));',
    bad: file(
      'CREATE TABLE `__new_orgs` (`id` integer PRIMARY KEY NOT NULL, `kind` text, CONSTRAINT "kinds" CHECK("kind" IN (\'a\', \'b\')));',
      'INSERT INTO `__new_orgs`("id", "kind") SELECT "id", "kind" FROM `orgs`;',
      'DROP TABLE `orgs`;',
      'ALTER TABLE `__new_orgs` RENAME TO `orgs`;',
    ),
    reportedBy: [],
  },
  {
    id: 'S07',
    name: 'a rebuild whose primary key gets one more column',
    schema: 'CREATE TABLE `links` (`a` text NOT NULL, `b` text NOT NULL, PRIMARY KEY(`a`));',
    bad: file(
      'CREATE TABLE `__new_links` (`a` text NOT NULL, `b` text NOT NULL, PRIMARY KEY(`a`, `b`));',
      'INSERT INTO `__new_links`("a", "b") SELECT "a", "b" FROM `links`;',
      'DROP TABLE `links`;',
      'ALTER TABLE `__new_links` RENAME TO `links`;',
    ),
    reportedBy: [],
  },
  {
    id: 'S08',
    name: 'text becomes integer',
    bad: rebuilt(USERS.replace('`numtext` text', '`numtext` integer')),
    reportedBy: ['change-column-type'],
    good: rebuilt(USERS.replace('`age` integer', '`age` text')),
  },
  {
    id: 'S09',
    name: 'a column that the INSERT misses',
    bad: rebuilt(USERS, '"id", "email", "name", "age"'),
    reportedBy: ['incomplete-rebuild'],
    good: rebuilt(USERS),
  },
  {
    id: 'S10',
    name: 'NOT NULL without a default',
    bad: 'ALTER TABLE `users` ADD `bio` text NOT NULL;',
    reportedBy: ['required-column-without-default'],
    good: "ALTER TABLE `users` ADD `bio` text DEFAULT '' NOT NULL;",
  },
  {
    id: 'S10',
    name: 'a computed default',
    bad: 'ALTER TABLE `users` ADD `at` integer DEFAULT (unixepoch());',
    reportedBy: ['fails-when-run'],
    good: 'ALTER TABLE `users` ADD `at` integer DEFAULT 0;',
  },
  {
    id: 'S10',
    name: 'a check that the default breaks',
    bad: 'ALTER TABLE `users` ADD `n` integer DEFAULT 0 CHECK (`n` > 0);',
    reportedBy: [],
    good: 'ALTER TABLE `users` ADD `n` integer DEFAULT 1 CHECK (`n` > 0);',
  },
  {
    id: 'S10',
    name: 'a reference with a default',
    schema: 'CREATE TABLE `orgs` (`id` integer PRIMARY KEY NOT NULL);',
    bad: file(
      'ALTER TABLE `users` ADD `org_id` integer DEFAULT 1 REFERENCES `orgs`(`id`);',
      'CREATE INDEX `users_org_id_idx` ON `users` (`org_id`);',
    ),
    reportedBy: ['fails-when-run'],
    good: file(
      'ALTER TABLE `users` ADD `org_id` integer REFERENCES `orgs`(`id`);',
      'CREATE INDEX `users_org_id_idx` ON `users` (`org_id`);',
    ),
  },
  {
    id: 'S10',
    name: 'a STORED generated column',
    bad: 'ALTER TABLE `users` ADD `next` integer GENERATED ALWAYS AS (`age` + 1) STORED;',
    reportedBy: ['fails-when-run'],
    good: 'ALTER TABLE `users` ADD `next` integer GENERATED ALWAYS AS (`age` + 1) VIRTUAL;',
  },
  {
    id: 'S11',
    name: 'ADD UNIQUE',
    bad: 'ALTER TABLE `users` ADD `handle` text UNIQUE;',
    reportedBy: ['fails-when-run'],
    good: file(
      'ALTER TABLE `users` ADD `handle` text;',
      'CREATE UNIQUE INDEX `users_handle` ON `users` (`handle`);',
    ),
  },
  {
    id: 'S11',
    name: 'IF NOT EXISTS',
    bad: 'ALTER TABLE `users` ADD COLUMN IF NOT EXISTS `handle` text;',
    reportedBy: ['unparsed'],
    good: 'ALTER TABLE `users` ADD COLUMN `handle` text;',
  },
  {
    id: 'S11',
    name: 'a foreign type in a STRICT table',
    schema: 'CREATE TABLE `orgs` (`id` integer PRIMARY KEY NOT NULL) STRICT;',
    bad: 'ALTER TABLE `orgs` ADD `name` varchar(50);',
    reportedBy: ['fails-when-run'],
    good: 'ALTER TABLE `orgs` ADD `name` text;',
  },
  {
    id: 'S12',
    name: 'a reference to a table that is not there',
    bad: file(
      'ALTER TABLE `users` ADD `org_id` integer REFERENCES `orgs`(`id`);',
      'CREATE INDEX `users_org_id_idx` ON `users` (`org_id`);',
    ),
    reportedBy: [],
    good: file(
      'CREATE TABLE `orgs` (`id` integer PRIMARY KEY NOT NULL);',
      'ALTER TABLE `users` ADD `org_id` integer REFERENCES `orgs`(`id`);',
      'CREATE INDEX `users_org_id_idx` ON `users` (`org_id`);',
    ),
  },
  {
    id: 'S13',
    name: 'DROP COLUMN that an index uses',
    schema: INDEX,
    bad: 'ALTER TABLE `users` DROP COLUMN `name`;',
    reportedBy: ['drop-column', 'fails-when-run'],
  },
  {
    id: 'S13',
    name: 'DROP COLUMN that a view uses',
    schema: VIEW,
    bad: 'ALTER TABLE `users` DROP COLUMN `name`;',
    reportedBy: ['drop-column', 'fails-when-run'],
  },
  {
    id: 'S13',
    name: 'DROP COLUMN that a check uses',
    schema:
      'CREATE TABLE `orgs` (`id` integer PRIMARY KEY NOT NULL, `size` integer, CONSTRAINT "sized" CHECK("size" > 0));',
    bad: 'ALTER TABLE `orgs` DROP COLUMN `size`;',
    reportedBy: ['drop-column', 'fails-when-run'],
  },
  {
    id: 'S14',
    name: 'a rename beside a broken view',
    schema: `${VIEW}\nCREATE TABLE \`orgs\` (\`id\` integer PRIMARY KEY NOT NULL, \`name\` text);`,
    bad: file(
      '-- migration-lint-disable-next-statement drop-table -- unused\nDROP TABLE `users`;',
      '-- migration-lint-disable-next-statement rename-column -- unused\nALTER TABLE `orgs` RENAME COLUMN `name` TO `title`;',
    ),
    reportedBy: ['fails-when-run'],
  },
  {
    id: 'S15',
    name: 'DROP TABLE with children',
    schema: POSTS,
    bad: 'DROP TABLE `users`;',
    reportedBy: ['drop-table'],
  },
  {
    id: 'S15',
    name: 'DROP TABLE with children and NO ACTION',
    schema: POSTS.replace(' ON DELETE cascade', ''),
    bad: 'DROP TABLE `users`;',
    reportedBy: ['drop-table', 'fails-when-run'],
  },
  {
    id: 'S16',
    name: 'DROP TABLE that a view uses',
    schema: VIEW,
    bad: 'DROP TABLE `users`;',
    reportedBy: ['drop-table'],
  },
  {
    id: 'S17',
    name: 'two statements in one chunk',
    bad: 'CREATE TABLE `a` (`id` integer PRIMARY KEY);\nCREATE TABLE `b` (`id` integer PRIMARY KEY);',
    reportedBy: ['missing-breakpoint'],
    good: file(
      'CREATE TABLE `a` (`id` integer PRIMARY KEY);',
      'CREATE TABLE `b` (`id` integer PRIMARY KEY);',
    ),
  },
  {
    id: 'S18',
    name: 'an unedited custom migration',
    bad: '-- Custom SQL migration file, put your code below! --',
    reportedBy: [],
    good: "UPDATE `users` SET `name` = 'x' WHERE `id` = 1;",
  },
  {
    id: 'S19',
    name: 'BEGIN in a migration',
    bad: file('BEGIN;', 'CREATE TABLE `a` (`id` integer PRIMARY KEY);', 'COMMIT;'),
    reportedBy: ['fails-when-run'],
    good: 'CREATE TABLE `a` (`id` integer PRIMARY KEY);',
  },
  {
    id: 'S19',
    name: 'VACUUM in a migration',
    bad: 'VACUUM;',
    reportedBy: ['fails-when-run'],
  },
  {
    id: 'S20',
    name: 'a unique index',
    bad: 'CREATE UNIQUE INDEX `users_email_unique` ON `users` (`email`);',
    reportedBy: ['create-index'],
    good: 'CREATE INDEX `users_email_idx` ON `users` (`email`);',
  },
  {
    id: 'S21',
    name: 'a name that an index of another table has',
    schema: `${INDEX}\nCREATE TABLE \`orgs\` (\`id\` integer PRIMARY KEY NOT NULL, \`name\` text);`,
    bad: 'CREATE INDEX `users_name_idx` ON `orgs` (`name`);',
    reportedBy: ['fails-when-run'],
    good: 'CREATE INDEX `orgs_name_idx` ON `orgs` (`name`);',
  },
  {
    id: 'S22',
    name: 'an unknown name in double quotes',
    bad: 'CREATE INDEX `users_nope` ON `users` ("nope");',
    reportedBy: ['fails-when-run'],
    good: 'CREATE INDEX `users_name_idx` ON `users` ("name");',
  },
  {
    id: 'S22',
    name: 'an unknown name in double quotes on D1',
    bad: 'CREATE INDEX `users_nope` ON `users` ("nope");',
    reportedBy: ['fails-when-run'],
    on: { driver: 'd1' },
  },
  {
    id: 'S22',
    name: 'a view of an unknown name in double quotes',
    bad: 'CREATE VIEW `v` AS select "nope" from "users";',
    reportedBy: [],
    good: 'CREATE VIEW `v` AS select "name" from "users";',
  },
  {
    id: 'S23',
    name: 'ALTER COLUMN … TO … NOT NULL',
    bad: 'ALTER TABLE `users` ALTER COLUMN "name" TO "name" text NOT NULL;',
    reportedBy: ['set-not-null'],
    good: 'ALTER TABLE `users` ALTER COLUMN "name" TO "name" text DEFAULT \'x\';',
    on: { driver: 'libsql' },
  },
  {
    id: 'S23',
    name: 'ALTER COLUMN … TO … that is not on libSQL',
    bad: 'ALTER TABLE `users` ALTER COLUMN "name" TO "name" text NOT NULL;',
    reportedBy: ['fails-when-run'],
  },
  {
    id: 'S24',
    name: 'SET NOT NULL',
    bad: 'ALTER TABLE `users` ALTER COLUMN `name` SET NOT NULL;',
    reportedBy: ['set-not-null'],
    good: 'ALTER TABLE `users` ADD `title` text;',
  },
  {
    id: 'S25',
    name: 'CREATE INDEX',
    bad: INDEX,
    reportedBy: [],
  },
]
