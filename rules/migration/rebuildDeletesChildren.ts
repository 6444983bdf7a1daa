import type { ChangeOf } from '../../src/catalog/change.ts'
import { displayColumn, displayName } from '../../src/catalog/names.ts'
import type { Loss } from '../../src/dialects/effects.ts'
import { type RuleContext, defineRule } from '../../src/lint/rule.ts'
import { listed } from '../../src/finding/listed.ts'

const TABLES = `CREATE TABLE \`users\` (\`id\` integer PRIMARY KEY NOT NULL, \`name\` text);
CREATE TABLE \`posts\` (\`id\` integer PRIMARY KEY, \`user_id\` integer NOT NULL, FOREIGN KEY (\`user_id\`) REFERENCES \`users\`(\`id\`) ON DELETE cascade);
CREATE INDEX \`posts_user_id_idx\` ON \`posts\` (\`user_id\`);`

const REBUILD = `PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE \`__new_users\` (
	\`id\` integer PRIMARY KEY NOT NULL,
	\`name\` text DEFAULT 'x'
);
--> statement-breakpoint
INSERT INTO \`__new_users\`("id", "name") SELECT "id", "name" FROM \`users\`;--> statement-breakpoint
DROP TABLE \`users\`;--> statement-breakpoint
ALTER TABLE \`__new_users\` RENAME TO \`users\`;--> statement-breakpoint
PRAGMA foreign_keys=ON;`

export const rebuildDeletesChildren = defineRule({
  name: 'rebuild-deletes-children',
  meta: {
    dialects: ['sqlite'],
    type: 'problem',
    severity: 'error',
    covers: { errors: { RebuildTable: ['dangling-reference', 'null-in-required'] } },
    docs: {
      description: 'A table is rebuilt while rows of other tables point at it',
      why: `For most changes of a table drizzle-kit makes a new one, copies the rows, drops the old one and renames. Where foreign keys are enforced, DROP TABLE first deletes every row of the old table: rows of other tables that point at them with ON DELETE CASCADE are deleted, SET NULL empties their columns, and neither is an error. With any other action the migration fails as soon as there are such rows. A table that points at itself loses its own rows. \`PRAGMA foreign_keys=OFF\`, which drizzle-kit writes around it, does nothing: SQLite ignores it inside a transaction, and Drizzle's migrators open one (better-sqlite3, node:sqlite, Bun, Expo); D1 never switches foreign keys off. Only libSQL's migrator switches them off before it begins. \`PRAGMA defer_foreign_keys\` and \`legacy_alter_table\` do not help.`,
      instead: `Either leave foreign keys off for as long as the migrations run, on the connection and before \`migrate()\` begins its transaction: \`db.run(sql\`PRAGMA foreign_keys = OFF\`)\`, \`migrate(db, …)\`, then \`PRAGMA foreign_key_check\` and \`PRAGMA foreign_keys = ON\`. This rule recognizes it in the file that imports \`migrate\`, and reports nothing; if it is somewhere else, add a suppression above the CREATE TABLE. Or avoid the rebuild: add a column with the new definition, copy the values with an UPDATE, drop the old column and rename the new one. On D1, where nothing switches foreign keys off: in the same file, copy the rows of the other tables aside first (\`CREATE TABLE posts_kept AS SELECT * FROM posts\`), and put them back after the rename (\`INSERT INTO posts SELECT * FROM posts_kept\`).\n\nIf libSQL's client runs your migrations (\`drizzle-kit migrate\` uses it if it is installed), set \`driver: 'libsql'\` in the configuration: this rule then reports nothing.`,
      category: 'data-loss',
      examples: {
        bad: [
          {
            name: 'a new default, as drizzle-kit writes it',
            dialect: 'sqlite',
            schema: TABLES,
            sql: REBUILD,
          },
          {
            name: 'a table that points at itself',
            dialect: 'sqlite',
            schema: `CREATE TABLE \`nodes\` (\`id\` integer PRIMARY KEY NOT NULL, \`parent_id\` integer, FOREIGN KEY (\`parent_id\`) REFERENCES \`nodes\`(\`id\`) ON DELETE cascade);
CREATE INDEX \`nodes_parent_id_idx\` ON \`nodes\` (\`parent_id\`);`,
            sql: `CREATE TABLE \`__new_nodes\` (\`id\` integer PRIMARY KEY NOT NULL, \`parent_id\` integer DEFAULT 1, FOREIGN KEY (\`parent_id\`) REFERENCES \`nodes\`(\`id\`) ON DELETE cascade);--> statement-breakpoint
INSERT INTO \`__new_nodes\`("id", "parent_id") SELECT "id", "parent_id" FROM \`nodes\`;--> statement-breakpoint
DROP TABLE \`nodes\`;--> statement-breakpoint
ALTER TABLE \`__new_nodes\` RENAME TO \`nodes\`;--> statement-breakpoint
CREATE INDEX \`nodes_parent_id_idx\` ON \`nodes\` (\`parent_id\`);`,
          },
        ],
        good: [
          {
            name: 'a table that nothing points at',
            dialect: 'sqlite',
            schema: 'CREATE TABLE `users` (`id` integer PRIMARY KEY NOT NULL, `name` text);',
            sql: REBUILD,
          },
          {
            name: 'without a rebuild',
            dialect: 'sqlite',
            schema: TABLES,
            sql: `ALTER TABLE \`users\` ADD \`title\` text DEFAULT 'x';`,
          },
        ],
      },
    },
    messages: {
      deletes: {
        message:
          'Rebuilding {{object}} {{lost}}: dropping the old table deletes its rows first, and PRAGMA foreign_keys=OFF does nothing inside the migrator’s transaction.',
        help: '{{way}}',
      },
      fails: {
        message:
          'Rebuilding {{object}} fails as soon as rows point at it ({{reason}}): dropping the old table deletes its rows first, and PRAGMA foreign_keys=OFF does nothing inside the migrator’s transaction.',
        help: '{{way}}',
        category: 'fails-on-rows',
      },
    },
  },
  create(context) {
    return {
      RebuildTable(change) {
        const { losses, errors } = context.effects(change)
        const lost = losses.filter(({ why }) => why === 'cascaded' || why === 'set null')
        const error = errors.find(
          ({ kind, when }) => kind === 'dangling-reference' && when === 'rows',
        )
        if (lost.length === 0 && error === undefined) return
        context.report({
          on: change,
          part: 'name',
          messageId: error ? 'fails' : 'deletes',
          object: displayName(change.table),
          data: {
            lost: listed(lost.map((loss) => lostWords(loss, change))),
            reason: error ? error.message : '',
            way: wayOut(context),
          },
        })
      },
    }
  },
})

function lostWords(
  { why, table, columns }: Loss,
  { table: rebuilt }: ChangeOf<'RebuildTable'>,
): string {
  const name = displayName(table)
  if (why === 'set null') {
    return `empties ${listed((columns ?? []).map((column) => displayColumn(table, column)))}`
  }
  return name === displayName(rebuilt)
    ? 'deletes those of its own rows that point at others'
    : `deletes the rows of ${name}`
}

/** D1 knows no way to switch foreign keys off. */
function wayOut({ deployment }: RuleContext): string {
  const { driver } = deployment.session
  const without =
    'change the column without a rebuild (ADD COLUMN, UPDATE, DROP COLUMN, RENAME COLUMN)'
  if (driver === 'd1' || driver === 'd1-http') {
    return `On D1 foreign keys are always on: ${without}, or copy the rows of the other tables aside first and put them back after the rename.`
  }
  const off = `Switch foreign keys off on the connection before migrate() begins (PRAGMA foreign_keys = OFF, in the file that imports migrate), or ${without}.`
  return driver
    ? off
    : `${off} If libSQL's client runs your migrations, say so in the configuration: projects: [{ driver: 'libsql' }].`
}
