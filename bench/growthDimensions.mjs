/** What a project can have many of: for each, how to write one that has `n`, and how it is judged. */

const BREAK = '--> statement-breakpoint\n'
const times = (n, make) => Array.from({ length: n }, (_, i) => make(i))
const together = (statements) => statements.join(BREAK)

const table = (i) =>
  `CREATE TABLE "t${i}" ("id" integer PRIMARY KEY NOT NULL, "a" text, "b" integer);\n`
const key = (i, to) =>
  `ALTER TABLE "t${i}" ADD CONSTRAINT "t${i}_fk" FOREIGN KEY ("b") REFERENCES "public"."t${to}"("id") ON DELETE no action ON UPDATE no action;\n`
const index = (i) => `CREATE INDEX "t${i}_idx" ON "t${i}" USING btree ("b");\n`
const view = (i, of) => `CREATE VIEW "v${i}" AS (SELECT "id" FROM "t${of}");\n`

const tables = (n) => together(times(n, table))
const previous = (i) => Math.max(0, i - 1)

/** Everything in one deployment. */
const pending = (write) => (n) => ({ migrations: [write(n)], args: ['--all'] })
/** Something is deployed, and what is pending changes it. */
const onTop = (deployed, write) => (n) => ({
  migrations: [deployed(n), write(n)],
  args: ['--since', '0000_step'],
})
const withKeys = (n) =>
  together([...times(n, table), ...times(n, (i) => key(i, previous(i))), ...times(n, index)])
const withSerials = (n) =>
  together(times(n, (i) => `CREATE TABLE "t${i}" ("id" serial PRIMARY KEY NOT NULL, "a" text);\n`))
const withViews = (n) => together([...times(n, table), ...times(n, (i) => view(i, i))])
const enums = (n) =>
  times(
    n,
    (i) =>
      `CREATE TYPE "public"."e${i}" AS ENUM('a', 'b');${BREAK}CREATE TABLE "t${i}" ("id" integer, "e" "e${i}");\n`,
  )

export const DIMENSIONS = {
  tables: pending(tables),
  'tables, keys and indexes': pending(withKeys),
  'keys to one table': pending((n) =>
    together([...times(n, table), ...times(n, (i) => key(i, 0))]),
  ),
  'keys without a name': pending((n) =>
    together(
      times(
        n,
        (i) =>
          `CREATE TABLE "t${i}" ("id" integer PRIMARY KEY, "b" integer UNIQUE REFERENCES "t${previous(i)}", CHECK ("b" > 0));\n`,
      ),
    ),
  ),
  'tables with a sequence': pending(withSerials),
  views: pending(withViews),
  'enums with a column each': pending((n) => together(enums(n))),
  drops: onTop(withKeys, (n) => together(times(n, (i) => `DROP TABLE "t${i}" CASCADE;\n`))),
  'drops of columns': onTop(withKeys, (n) =>
    together(times(n, (i) => `ALTER TABLE "t${i}" DROP COLUMN "b";\n`)),
  ),
  'drops of indexes': onTop(withKeys, (n) =>
    together(times(n, (i) => `DROP INDEX "t${i}_idx";\n`)),
  ),
  'drops of views': onTop(withViews, (n) => together(times(n, (i) => `DROP VIEW "v${i}";\n`))),
  'drops of types': onTop(
    (n) => together(enums(n)),
    (n) =>
      together(
        times(
          n,
          (i) =>
            `ALTER TABLE "t${i}" ALTER COLUMN "e" SET DATA TYPE text;${BREAK}DROP TYPE "e${i}";\n`,
        ),
      ),
  ),
  'enums recreated': onTop(
    (n) => together(enums(n)),
    (n) =>
      together(
        times(
          n,
          (i) =>
            `ALTER TABLE "t${i}" ALTER COLUMN "e" SET DATA TYPE text;${BREAK}DROP TYPE "e${i}";${BREAK}CREATE TYPE "e${i}" AS ENUM('a');${BREAK}ALTER TABLE "t${i}" ALTER COLUMN "e" SET DATA TYPE "e${i}" USING "e"::"e${i}";\n`,
        ),
      ),
  ),
  'values of enums': onTop(
    (n) => together(enums(n)),
    (n) => together(times(n, (i) => `ALTER TYPE "e${i}" ADD VALUE 'c';\n`)),
  ),
  'renames of tables': onTop(withKeys, (n) =>
    together(times(n, (i) => `ALTER TABLE "t${i}" RENAME TO "r${i}";\n`)),
  ),
  'renames of columns': onTop(withKeys, (n) =>
    together(times(n, (i) => `ALTER TABLE "t${i}" RENAME COLUMN "b" TO "c";\n`)),
  ),
  'renames of tables with a view': onTop(withViews, (n) =>
    together(times(n, (i) => `ALTER TABLE "t${i}" RENAME TO "r${i}";\n`)),
  ),
  'keys that are dropped and added': onTop(withKeys, (n) =>
    together([
      ...times(n, (i) => `ALTER TABLE "t${i}" DROP CONSTRAINT "t${i}_fk";\n`),
      ...times(n, (i) => key(i, previous(i))),
    ]),
  ),
  'changes of types': onTop(withKeys, (n) =>
    together(times(n, (i) => `ALTER TABLE "t${i}" ALTER COLUMN "b" SET DATA TYPE bigint;\n`)),
  ),
  suppressions: onTop(withKeys, (n) =>
    together(
      times(
        n,
        (i) =>
          `-- migration-lint-disable-next-statement drop-column -- no longer used\nALTER TABLE "t${i}" DROP COLUMN "a";\n`,
      ),
    ),
  ),
  'acknowledged findings': (n) => ({
    ...onTop(withKeys, (count) =>
      together(times(count, (i) => `ALTER TABLE "t${i}" DROP COLUMN "a";\n`)),
    )(n),
    config: {
      acknowledged: times(n, (i) => ({
        migration: '0001_step',
        rule: 'drop-column',
        object: `t${i}.a`,
        reason: 'no longer used',
      })),
    },
  }),
  'statements without breakpoints': pending(
    (n) => table(0) + times(n, (i) => `UPDATE "t0" SET "a" = 'é' WHERE "id" = ${i};\n`).join(''),
  ),
  'findings in one chunk': onTop(withKeys, (n) =>
    times(n, (i) => `ALTER TABLE "t${i}" ALTER COLUMN "a" SET NOT NULL; -- é\n`).join(''),
  ),
  'statements that are refused': pending((n) =>
    together(times(n, (i) => `SELECT FROM WHERE ${i};\n`)),
  ),
  'unterminated comments': (n) => ({
    migrations: [table(0) + '/*'.repeat(n * 5)],
    args: ['--all'],
  }),
  'nested comments': (n) => ({
    migrations: ['/*'.repeat(n) + '*/'.repeat(n) + table(0)],
    args: ['--all'],
  }),
  'migrations, --all': (n) => ({ migrations: times(n, table), args: ['--all'] }),
  'migrations with keys, --all': (n) => ({
    migrations: times(n, (i) => together([table(i), key(i, previous(i)), index(i)])),
    args: ['--all'],
  }),
  'journal entries, --since the last': (n) => ({
    migrations: times(n, (i) => (i === 0 ? table(0) : 'SELECT 1;\n')),
    args: ['--since', `${String(n - 2).padStart(4, '0')}_step`],
  }),
  snapshots: (n) => ({
    migrations: times(n, (i) => (i === 0 ? table(0) : `-- nothing\n`)),
    snapshots: true,
    args: ['--all', '--only', 'history'],
  }),
  projects: (n) => ({ projects: n, args: ['--all'] }),
  files: (n) => ({ migrations: [table(0)], files: n, args: ['--all'] }),
}
