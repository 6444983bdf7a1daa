import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/**
 * A Drizzle project with so many migrations of the size drizzle-kit usually writes, cloned.
 *
 * @param {string} root
 * @param {number} count
 * @param {'postgresql' | 'sqlite' | 'mysql'} dialect
 */
export function createProject(root, count, dialect = 'postgresql') {
  const out = path.join(root, 'drizzle')
  mkdirSync(path.join(out, 'meta'), { recursive: true })
  writeFileSync(path.join(root, 'package.json'), '{"name":"bench","private":true}\n')
  writeFileSync(
    path.join(root, 'drizzle.config.ts'),
    `import { defineConfig } from 'drizzle-kit'\nexport default defineConfig({ dialect: '${dialect}', out: './drizzle' })\n`,
  )
  const tags = Array.from({ length: count }, (_, index) => `${String(index).padStart(4, '0')}_step`)
  for (const [index, tag] of tags.entries())
    writeFileSync(path.join(out, `${tag}.sql`), sqlOf(index, dialect))
  writeJournal(out, tags, dialect)
  const environment = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' }
  const git = (...args) =>
    execFileSync('git', ['-c', 'user.name=b', '-c', 'user.email=b@x', ...args], {
      cwd: root,
      env: environment,
    })
  git('init', '-q', '-b', 'main')
  git('add', '-A')
  git('commit', '-q', '-m', 'history')
  // As a developer has it: cloned from a remote, on a branch of one's own.
  const remote = `${root}.git`
  git('clone', '-q', '--bare', root, remote)
  git('remote', 'add', 'origin', remote)
  git('fetch', '-q', 'origin')
  git('remote', 'set-head', 'origin', 'main')
  git('switch', '-q', '-c', 'feature')
  return { root, out, tags, git, last: tags.at(-1), dialect }
}

/**
 * Writes the journal of a migrations folder.
 *
 * @param {string} out - the folder; `meta` is there
 * @param {readonly string[]} tags - of its migrations, in order
 * @param {string} dialect
 */
export function writeJournal(out, tags, dialect = 'postgresql') {
  const entries = tags.map((tag, idx) => ({
    idx,
    version: '7',
    when: 1700000000000 + idx,
    tag,
    breakpoints: true,
  }))
  writeFileSync(
    path.join(out, 'meta/_journal.json'),
    JSON.stringify({ version: '7', dialect, entries }, null, 2),
  )
}

/** One more migration, staged; its text differs from run to run, as a new migration's does. */
export function addPending(project, salt) {
  const tag = `${String(project.tags.length).padStart(4, '0')}_pending`
  writeFileSync(
    path.join(project.out, `${tag}.sql`),
    inDialect(
      `ALTER TABLE "table_3" ADD COLUMN "note_${salt}" text NOT NULL;--> statement-breakpoint\nCREATE INDEX "note_${salt}_idx" ON "table_3" USING btree ("note_${salt}");--> statement-breakpoint\nALTER TABLE "table_4" DROP COLUMN "title";\n`,
      project.dialect,
    ),
  )
  writeJournal(project.out, [...project.tags, tag], project.dialect)
  project.git('add', '-A')
}

/** The same for SQLite and MySQL: their quotes and types; for SQLite a foreign key in the table. */
function inDialect(sql, dialect) {
  if (dialect === 'postgresql') return sql
  if (dialect === 'mysql') return inMysql(sql)
  return sql
    .replaceAll(' USING btree', '')
    .replaceAll(
      /ADD CONSTRAINT "(\w+)" FOREIGN KEY \("parent_id"\) REFERENCES "public"\."(\w+)"\("id"\)[^;]*/g,
      'ADD COLUMN "by_$1" text REFERENCES "$2"("id") ON DELETE cascade',
    )
    .replaceAll(' DEFAULT gen_random_uuid()', '')
    .replaceAll(/ DEFAULT now\(\)|::jsonb/g, '')
    .replaceAll(/\b(?:uuid|varchar\(200\)|jsonb|timestamp with time zone)/g, 'text')
    .replaceAll('"', '`')
}

function inMysql(sql) {
  return sql
    .replaceAll(' USING btree', '')
    .replaceAll('"public".', '')
    .replaceAll(' DEFAULT gen_random_uuid()', '')
    .replaceAll(" DEFAULT '{}'::jsonb", '')
    .replaceAll(' DEFAULT now()', ' DEFAULT (now())')
    .replaceAll(/\btimestamp with time zone/g, 'timestamp')
    .replaceAll(/\buuid\b/g, 'char(36)')
    .replaceAll(/\bjsonb\b/g, 'json')
    .replaceAll(/\btext\b/g, 'varchar(191)')
    .replaceAll('"', '`')
}

function sqlOf(index, dialect) {
  return inDialect(postgresSql(index), dialect)
}

function postgresSql(index) {
  if (index % 4 === 0) {
    const table = `table_${index / 4}`
    const reference = index === 0 ? 'table_0' : `table_${index / 4 - 1}`
    return [
      `CREATE TABLE "${table}" (\n\t"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,\n\t"title" varchar(200) NOT NULL,\n\t"parent_id" uuid,\n\t"state" text DEFAULT 'new' NOT NULL,\n\t"meta" jsonb DEFAULT '{}'::jsonb,\n\t"created_at" timestamp with time zone DEFAULT now() NOT NULL\n);\n`,
      `ALTER TABLE "${table}" ADD CONSTRAINT "${table}_parent_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."${reference}"("id") ON DELETE cascade ON UPDATE no action;`,
      `CREATE INDEX "${table}_parent_id_idx" ON "${table}" USING btree ("parent_id");`,
    ].join('--> statement-breakpoint\n')
  }
  const table = `table_${Math.floor(index / 4)}`
  return [
    `ALTER TABLE "${table}" ADD COLUMN "extra_${index}" integer DEFAULT 0 NOT NULL;`,
    `CREATE INDEX "${table}_extra_${index}_idx" ON "${table}" USING btree ("extra_${index}");`,
  ].join('--> statement-breakpoint\n')
}
