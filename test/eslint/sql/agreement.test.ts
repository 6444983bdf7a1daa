import { existsSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { ESLint } from 'eslint'
import { afterEach, describe, expect, it } from 'vitest'
import plugin from '../../../src/eslint.ts'
import { Lines } from '../../../src/report/position.ts'
import {
  type Files,
  checkIn,
  folderPerMigration,
  journalFolder,
  project,
  writeFiles,
} from '../../check/projects.ts'
import { createFolder, openRepository } from '../../git/repository.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) openRepository(folder).remove()
})

const CREATE = 'CREATE TABLE "users" ("id" serial PRIMARY KEY, "email" text, "name" text);\n'
const ORDERS = `CREATE TABLE "orders" ("id" serial PRIMARY KEY, "user_id" integer);--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "o_fk" FOREIGN KEY ("user_id") REFERENCES "users"("id");\n`

const SQLITE = {
  '0000_all': `CREATE TABLE \`users\` (\`id\` integer PRIMARY KEY, \`name\` text, \`age\` integer);
--> statement-breakpoint
CREATE TABLE \`posts\` (\`id\` integer PRIMARY KEY, \`user\` integer REFERENCES \`users\`(\`id\`) ON DELETE cascade);
--> statement-breakpoint
CREATE VIEW \`v\` AS SELECT id FROM posts;`,
  '0001_rebuild': `PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE \`__new_users\` (\`id\` integer PRIMARY KEY, \`name\` text NOT NULL, \`age\` integer);--> statement-breakpoint
INSERT INTO \`__new_users\`("id", "name", "age") SELECT "id", "name", "age" FROM \`users\`;--> statement-breakpoint
DROP TABLE \`users\`;--> statement-breakpoint
ALTER TABLE \`__new_users\` RENAME TO \`users\`;--> statement-breakpoint
PRAGMA foreign_keys=ON;`,
  '0002_more': `ALTER TABLE \`users\` ADD \`at\` text DEFAULT CURRENT_TIMESTAMP NOT NULL;
ALTER TABLE \`users\` DROP COLUMN \`age\`;
--> statement-breakpoint
-- migration-lint-disable-next-statement drop-table -- gone
DROP TABLE \`posts\`;
--> statement-breakpoint
CREATE UNIQUE INDEX \`u\` ON \`users\` (\`name\`);
--> statement-breakpoint
ALTER TABEL \`users\`;`,
}

/** Who migrates, which decides about what a rebuild deletes. */
const SQLITE_MANIFESTS: readonly (readonly [string, Files])[] = [
  ['nothing to tell who migrates', {}],
  ['libsql', { 'package.json': '{ "dependencies": { "@libsql/client": "0.18.0" } }' }],
  ['better-sqlite3', { 'package.json': '{ "dependencies": { "better-sqlite3": "12.0.0" } }' }],
  ['D1', { 'wrangler.toml': '[[d1_databases]]' }],
  [
    'two drivers, of which the code imports one',
    {
      'package.json':
        '{ "dependencies": { "better-sqlite3": "12.0.0", "@libsql/client": "0.18.0" } }',
      'src/migrate.ts': `import { migrate } from 'drizzle-orm/libsql/migrator'`,
    },
  ],
  [
    'a configuration that says it',
    {
      '.git/HEAD': 'ref: refs/heads/main\n',
      'migration-lint.config.json': '{ "projects": [{ "out": "drizzle", "driver": "libsql" }] }',
    },
  ],
]

const MYSQL = {
  '0000_all': `CREATE TABLE \`users\` (\`id\` int AUTO_INCREMENT NOT NULL, \`name\` varchar(50), \`Age\` int, CONSTRAINT \`users_id\` PRIMARY KEY(\`id\`));
--> statement-breakpoint
CREATE TABLE \`posts\` (\`id\` int NOT NULL, \`user\` int, CONSTRAINT \`posts_id\` PRIMARY KEY(\`id\`));`,
  '0001_add': `ALTER TABLE \`users\` ADD \`at\` timestamp DEFAULT (now());--> statement-breakpoint
ALTER TABLE \`posts\` ADD CONSTRAINT \`fk\` FOREIGN KEY (\`user\`) REFERENCES \`users\`(\`id\`);--> statement-breakpoint
ALTER TABLE \`USERS\` MODIFY COLUMN \`age\` bigint;`,
  '0002_more': `ALTER TABLE \`users\` ADD \`more\` int NOT NULL;
--> statement-breakpoint
-- migration-lint-disable-next-statement drop-table -- gone
DROP TABLE \`posts\`;
--> statement-breakpoint
# Größe 🐘
CREATE UNIQUE INDEX \`u\` ON \`users\` (\`name\`);
--> statement-breakpoint
ALTER TABEL \`users\`;`,
}

/** Which server it is, which decides about what waits. */
const MYSQL_SERVERS: readonly (readonly [string, Files])[] = [
  ['nothing to tell the server', {}],
  ['MariaDB in its compose file', { 'compose.yml': 'services:\n  db:\n    image: mariadb:11\n' }],
  ['PlanetScale', { 'package.json': '{ "dependencies": { "@planetscale/database": "1.19.0" } }' }],
  [
    'a configuration that says it',
    {
      '.git/HEAD': 'ref: refs/heads/main\n',
      'migration-lint.config.json':
        '{ "projects": [{ "out": "drizzle", "mysql": { "product": "mariadb", "version": "11.4" } }] }',
    },
  ],
]

/** Whole projects, each with something that only one way of reading the folder gets right. */
const PROJECTS: Readonly<Record<string, Files>> = {
  'a table created in one file and altered in the next': project({
    '0000_users': CREATE,
    '0001_drop':
      'ALTER TABLE "users" DROP COLUMN "email";\nALTER TABLE "users" ADD COLUMN "age" int NOT NULL;',
  }),
  'an index that comes two files later': project({
    '0000_users': CREATE,
    '0001_orders': ORDERS,
    '0002_other': 'ALTER TABLE "users" DROP COLUMN "name";',
    '0003_index': 'CREATE INDEX "o_idx" ON "orders" ("user_id");',
  }),
  'a foreign key that never gets an index': project({
    '0000_users': CREATE,
    '0001_orders': ORDERS,
  }),
  'a folder for each migration': {
    'drizzle.config.ts': `export default { dialect: 'postgresql', schema: './s.ts', out: './drizzle' }`,
    ...folderPerMigration({
      '20260101000000_users': CREATE,
      '20260102000000_drop': 'ALTER TABLE "users" DROP COLUMN "email";',
    }),
    'drizzle/20260102000000_drop/revert.sql': 'DROP TABLE "users";',
  },
  'a migration that is missing': (() => {
    const { 'drizzle/0001_gone.sql': _, ...rest } = project({
      '0000_users': CREATE,
      '0001_gone': '',
      '0002_more': 'ALTER TABLE "unknown" ADD COLUMN "n" int NOT NULL; DROP TABLE "users";',
    }) as Record<string, string>
    return rest
  })(),
  'text that is not ASCII, with Windows line ends': project({
    '0000_users': CREATE,
    '0001_odd':
      '-- Größe 🐘\r\nALTER TABLE "users" ADD COLUMN "größe🐘" text, DROP COLUMN "email"; /* é */ DROP TABLE "users";\r\n',
  }),
  'a byte order mark': project({
    '0000_users': CREATE,
    '0001_bom': '\uFEFFDROP TABLE "users";\nDROP TABLE "users";',
  }),
  'SQL that PostgreSQL refuses': project({
    '0000_users': CREATE,
    '0001_slip': 'SELECT 1;\nALTER TABEL "users" ADD "x" int;\nDROP TABLE "users";',
  }),
  'empty files, and files of comments only': project({
    '0000_empty': '',
    '0001_comment': '-- Custom SQL migration file, put your code below! --',
    '0002_breakpoint': '--> statement-breakpoint\n',
  }),
  'suppressions, right and wrong': project({
    '0000_users': CREATE,
    '0001_drop': `-- migration-lint-disable-next-statement drop-column -- nobody reads it
ALTER TABLE "users" DROP COLUMN "email";
-- migration-lint-disable-next-statement drop-column
ALTER TABLE "users" DROP COLUMN "name";
-- migration-lint-disable-next-statement drop-table -- needless
SELECT 1;
-- migration-lint-disable-next-statement drop-tabel -- misspelt
DROP TABLE "users";`,
  }),
  'a file that the journal does not list': project(
    { '0000_users': CREATE },
    { 'drizzle/0001_old.sql': 'DROP TABLE "users";' },
  ),
  'a file that is not text': project({
    '0000_users': CREATE,
    '0001_utf16': Buffer.from('DROP TABLE "users";', 'utf16le'),
    '0002_drop': 'ALTER TABLE "users" DROP COLUMN "email";',
  }),
  'what is an error in some cases and a warning in others': project({
    '0000_users': CREATE,
    '0001_orders':
      'CREATE TABLE "orders" ("id" serial PRIMARY KEY, "user_id" integer, "note" varchar(10));',
    '0002_index':
      'ALTER TABLE "users" DROP COLUMN "name";\nCREATE UNIQUE INDEX "o" ON "orders" ("user_id");',
    '0003_alone': 'CREATE INDEX "p" ON "orders" ("note");',
    '0004_type': 'ALTER TABLE "orders" ALTER COLUMN "note" TYPE varchar(5);',
    '0005_key': 'ALTER TABLE "orders" ADD FOREIGN KEY ("user_id") REFERENCES "users"("id");',
  }),
  ...Object.fromEntries(
    SQLITE_MANIFESTS.map(([name, manifest]) => [
      `SQLite with ${name}`,
      {
        ...manifest,
        'drizzle.config.ts': `export default { dialect: 'sqlite', schema: './s.ts', out: './drizzle' }`,
        ...journalFolder(SQLITE, 'drizzle', 'sqlite'),
      },
    ]),
  ),
  ...Object.fromEntries(
    MYSQL_SERVERS.map(([name, files]) => [
      `MySQL with ${name}`,
      {
        ...files,
        'drizzle.config.ts': `export default { dialect: 'mysql', schema: './s.ts', out: './drizzle' }`,
        ...journalFolder(MYSQL, 'drizzle', 'mysql'),
      },
    ]),
  ),
  'MySQL in a package, its server in the compose file above': {
    '.git/HEAD': 'ref: refs/heads/main\n',
    'docker-compose.yml': 'services:\n  db:\n    image: docker.io/library/mariadb:10.11\n',
    'packages/db/package.json': '{}',
    'packages/db/drizzle.config.ts': `export default { dialect: 'mysql', schema: './s.ts', out: './drizzle' }`,
    ...journalFolder(MYSQL, 'packages/db/drizzle', 'mysql'),
  },
  'SQLite without a journal': {
    'drizzle.config.ts': `export default { dialect: 'turso', schema: './s.ts', out: './drizzle' }`,
    ...folderPerMigration({
      '20260101000000_users': SQLITE['0000_all'],
      '20260102000000_alter': 'ALTER TABLE `users` ALTER COLUMN "name" TO "name" text NOT NULL;',
    }),
  },
  'another dialect': {
    'drizzle.config.ts': `export default { dialect: 'singlestore', schema: './s.ts', out: './drizzle' }`,
    ...journalFolder(
      { '0000_users': 'CREATE TABLE `users` (`id` int);\nDROP TABLE `users`;' },
      'drizzle',
      'singlestore',
    ),
  },
}

describe('ESLint says what the command line says about --all', () => {
  it.each(Object.entries(PROJECTS))('of %s', async (_, files) => {
    const folder = createFolder()
    folders.push(folder)
    writeFiles(folder, { 'package.json': '{}', ...files })
    expect(await byEslint(folder)).toEqual(await byCommandLine(folder))
  })
})

const corpus = process.env.MIGRATION_LINT_CORPUS
describe.skipIf(!corpus || !existsSync(corpus))('ESLint says what the command line says', () => {
  const names = corpus && existsSync(corpus) ? readdirSync(corpus) : []
  it.each(names)('of %s', async (name) => {
    const root = join(corpus!, name)
    expect(await byEslint(root)).toEqual(await byCommandLine(root))
  })
})

async function byCommandLine(root: string): Promise<string[]> {
  const { findings, text } = await checkIn(root, { kind: 'all' }, { only: ['migration'] })
  const open = findings.filter(({ suppressed }) => suppressed === undefined)
  return open
    .map(({ file, rule, range, message, help, severity }) => {
      const lines = new Lines(text(file)!)
      const [start, end] = [lines.position(range!.start), lines.position(range!.end)]
      return `${file}:${start.line}:${start.column}-${end.line}:${end.column} ${severity} ${rule}: ${message} ${help}`
    })
    .sort()
}

/** What has the other severity is reported by a second rule. */
function ruleOf(id: string | null): string {
  return (id ?? '').replace(/^migration-lint\//, '').replace(/-(?:error|warning)$/, '')
}

async function byEslint(root: string): Promise<string[]> {
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: [{ ...plugin.configs['sql-recommended'], files: ['**/*.sql'] }],
    errorOnUnmatchedPattern: false,
  })
  const results = await eslint.lintFiles(['**/*.sql'])
  return results
    .flatMap(({ filePath, messages }) => {
      const file = relative(root, filePath).split(sep).join('/')
      // What is not text is a problem of the command line's, not a finding.
      const own = messages.filter(({ fatal, message }) => !(fatal && message.includes('not UTF-8')))
      return own.map(
        (found) =>
          `${file}:${found.line}:${found.column}-${found.endLine}:${found.endColumn} ` +
          `${found.severity === 2 ? 'error' : 'warn'} ${ruleOf(found.ruleId)}: ${found.message}`,
      )
    })
    .sort()
}
