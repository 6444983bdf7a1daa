import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { builtCli } from '../../built.ts'
import { type Files, generated, install, write } from '../../drizzle/kit/kits.ts'
import { BASE_PROJECT } from '../../drizzle/kit/scenarios.ts'
import { BASE, edit } from '../../drizzle/kit/schemas.ts'
import { journal } from '../../drizzle/migrations/journals.ts'
import { useRepositories } from '../../git/fixtures.ts'
import { isolatedEnvironment, type Repository } from '../../git/repository.ts'
import { checkIn } from '../projects.ts'

const made = useRepositories()
const ADDED = edit(BASE, [`  title: text`, `  body: text('body'),\n  title: text`])
const BODY = 'ALTER TABLE "posts" ADD COLUMN "body" text;'
const NOTE = 'ALTER TABLE "posts" ADD COLUMN "note" text;'
const NOTED = edit(ADDED, [`  body: text`, `  note: text('note'),\n  body: text`])
const MISSING = (what: string, sql: string) =>
  `The schema has changes that no migration makes: ${what}. drizzle-kit would write:\n  ${sql}`
const RENAMED = edit(BASE, [`'display_name'`, `'shown_as'`])

let first: Files
let tag: string

beforeAll(() => {
  builtCli()
  first = generated('0.31.11', BASE_PROJECT)
  tag = Object.keys(first)
    .find((path) => path.endsWith('.sql'))!
    .slice('drizzle/'.length, -'.sql'.length)
})

/** A project whose second migration is SQL that somebody wrote, without a snapshot. */
function repository(schema: string, sql: string): Repository {
  const repo = made.create()
  install('0.31.11', repo.path)
  write(repo.path, { '.gitignore': 'node_modules\n', ...BASE_PROJECT, ...first })
  repo.commit('base')
  write(repo.path, {
    'schema.ts': schema,
    'drizzle/0001_by_hand.sql': sql,
    'drizzle/meta/_journal.json': journal([tag, '0001_by_hand']),
  })
  repo.git('add', '--all')
  return repo
}

async function said(repo: Repository): Promise<string[]> {
  const { findings, problems } = await checkIn(repo.path, { kind: 'staged' }, { only: ['sync'] })
  return [...problems, ...findings].map(({ message }) => message)
}

describe('SQL written by hand, without a snapshot', () => {
  test('that does what the schema says is its migration: only the snapshot is missing', async () => {
    expect(await said(repository(ADDED, BODY))).toEqual([
      'No snapshot has these changes of the schema, although the SQL of the migrations makes them: posts.body added. The next drizzle-kit generate would write them again.',
    ])
  })

  test('that does something else is not', async () => {
    const [message, ...more] = await said(repository(ADDED, NOTE))
    expect(message).toBe(MISSING('posts.body added', BODY))
    expect(more).toEqual([])
  })

  test('for a table of another schema is found, whatever differs in one of the same name', async () => {
    const more = `\nexport const auth = pgSchema('auth')\nexport const authUsers = auth.table('users', { id: text('id') })\n`
    const schema = edit(
      BASE + more,
      ['pgEnum,', 'pgEnum, pgSchema,'],
      ['  displayName:', `  bio: text('bio'),\n  displayName:`],
    )
    const sql = 'CREATE SCHEMA "auth"; CREATE TABLE "auth"."users" ("id" text);'
    expect(await said(repository(schema, sql))).toEqual([
      MISSING('users.bio added', 'ALTER TABLE "users" ADD COLUMN "bio" text;'),
    ])
  })

  test('that renames has answered the question', async () => {
    const sql = 'ALTER TABLE "users" RENAME COLUMN "display_name" TO "shown_as";'
    const [message, ...more] = await said(repository(RENAMED, sql))
    expect(message).toMatch(/^No snapshot has these changes .*users\.shown_as added/)
    const { findings } = await checkIn(
      repository(RENAMED, sql).path,
      { kind: 'staged' },
      { only: ['sync'] },
    )
    expect(findings[0]!.help).toMatch(/^Write the snapshot alone\. In a terminal, .*asks/)
    expect(more).toEqual([])
  })

  test('and is deployed is not held against the next commit', async () => {
    const repo = repository(ADDED, BODY)
    repo.commit('by hand')
    repo.write('schema.ts', `// tables\n${ADDED}`)
    repo.git('add', '--all')
    expect(await said(repo)).toEqual([])
  })
})

/** A project whose second migration is deployed and has a snapshot that is a copy of the first. */
function customized(sql: string, schema = BASE, more: Files = {}): Repository {
  const repo = repository(schema, sql)
  const first = JSON.parse(readFileSync(join(repo.path, 'drizzle/meta/0000_snapshot.json'), 'utf8'))
  const copy = { ...first, id: randomUUID(), prevId: first.id }
  write(repo.path, { 'drizzle/meta/0001_snapshot.json': JSON.stringify(copy), ...more })
  repo.commit('by hand')
  return repo
}

describe('SQL written by hand, with a copy of the snapshot before it', () => {
  test('is not held against what it makes, and what is missing beside it is told alone', async () => {
    const repo = customized(BODY, ADDED)
    repo.write('schema.ts', NOTED)
    repo.git('add', '--all')
    const { findings } = await checkIn(repo.path, { kind: 'staged' }, { only: ['sync'] })
    expect(findings.map(({ message }) => message)).toEqual([MISSING('posts.note added', NOTE)])
    expect(findings[0]!.help).toBe(
      'Run: npx drizzle-kit generate. It also writes what SQL makes already, because no snapshot has it: posts.body added. Delete that from the new SQL file, and leave what is shown above; then: git add drizzle',
    )
  })

  test('and what follows the help leaves nothing to say', async () => {
    const repo = customized(BODY, ADDED)
    repo.write('schema.ts', NOTED)
    const kit = join(repo.path, 'node_modules/drizzle-kit/bin.cjs')
    execFileSync(process.execPath, [kit, 'generate', '--name', 'note'], {
      cwd: repo.path,
      env: isolatedEnvironment(),
    })
    const file = join(repo.path, 'drizzle/0002_note.sql')
    const sql = readFileSync(file, 'utf8')
    expect(sql).toContain(BODY)
    repo.write(
      'drizzle/0002_note.sql',
      sql.replace(BODY, '').replace(/--> statement-breakpoint\s*$/, ''),
    )
    repo.git('add', '--all')
    const { findings } = await checkIn(repo.path, { kind: 'staged' })
    expect(findings).toEqual([])
  })

  test('is told once where nothing else is missing, with commands that end it', async () => {
    const repo = customized(BODY, ADDED)
    const messages = async () => {
      const { findings } = await checkIn(repo.path, { kind: 'default' })
      return findings
    }
    const [finding, ...more] = await messages()
    expect(more).toEqual([])
    expect(finding).toMatchObject({ rule: 'schema-without-migration', severity: 'warn' })
    expect(finding!.message).toMatch(/^No snapshot has these changes .*: posts\.body added\./)
    const [, command] = /^Write the snapshot alone\. Run: (.*)$/.exec(finding!.help)!
    execFileSync('sh', ['-c', command!], {
      cwd: repo.path,
      env: isolatedEnvironment(),
      stdio: 'ignore',
    })
    expect(readFileSync(join(repo.path, 'drizzle/0002_snapshot_only.sql'), 'utf8')).toBe(
      'SELECT 1;\n',
    )
    repo.commit('snapshot')
    expect(await messages()).toEqual([])
  })

  test('makes a table but for an index: only the index is missing', async () => {
    const LOGS = `\nexport const logs = pgTable('logs', { id: serial('id').primaryKey(), at: text('at') }, (t) => [uniqueIndex('logs_at').on(t.at)])\n`
    const schema = edit(BASE + LOGS, ['pgTable,', 'pgTable, uniqueIndex,'])
    const sql = 'CREATE TABLE "logs" ("id" serial PRIMARY KEY NOT NULL, "at" text);'
    const repo = customized(sql)
    repo.write('schema.ts', schema)
    repo.git('add', '--all')
    const [message, ...more] = await said(repo)
    expect(message).toMatch(
      /^The schema has changes that no migration makes: index logs_at added on logs\. /,
    )
    expect(more).toEqual([])
  })

  test('that changes a column to another type than the schema is no migration of it', async () => {
    const repo = customized('ALTER TABLE "posts" ALTER COLUMN "title" SET DATA TYPE varchar(50);')
    repo.write(
      'schema.ts',
      edit(
        BASE,
        [`text('title')`, `varchar('title', { length: 200 })`],
        ['text,', 'text, varchar,'],
      ),
    )
    repo.git('add', '--all')
    const [message] = await said(repo)
    expect(message).toContain('posts.title varchar(50) → varchar(200).')
  })

  test('that was missing in the middle of the history is found there', async () => {
    const repo = customized(BODY, ADDED)
    rmSync(join(repo.path, 'drizzle/meta/0001_snapshot.json'))
    write(repo.path, {
      'drizzle/0002_data.sql': `UPDATE "posts" SET "title" = 'x' WHERE "id" = 1;`,
      'drizzle/meta/0002_snapshot.json': readFileSync(
        join(repo.path, 'drizzle/meta/0000_snapshot.json'),
        'utf8',
      ),
      'drizzle/meta/_journal.json': journal([tag, '0001_by_hand', '0002_data']),
    })
    repo.commit('more by hand')
    repo.write('schema.ts', NOTED)
    repo.git('add', '--all')
    expect(await said(repo)).toEqual([MISSING('posts.note added', NOTE)])
  })

  test('makes a view: whether its query is the one of the schema, only the same words tell', async () => {
    const VIEW = (query: string) =>
      edit(BASE, ['pgTable,', 'pgTable, pgView,']) +
      `export const titles = pgView('titles', { title: text('title') }).as(sql\`${query}\`)\n`
    const repo = customized('CREATE VIEW "public"."titles" AS (select title from posts);')
    repo.write('schema.ts', VIEW('select title from posts where id > 0'))
    repo.git('add', '--all')
    expect((await said(repo))[0]).toMatch(/view titles added\. .* may make them/)
    repo.write('schema.ts', VIEW('select title from posts'))
    repo.git('add', '--all')
    expect((await said(repo))[0]).toMatch(/^No snapshot has these changes/)
  })

  test('makes an index with another expression, which no catalog tells: that of the schema is missing', async () => {
    const WITH = (expression: string) =>
      edit(BASE, [`[index(`, `[index('posts_title').on(sql\`${expression}(title)\`), index(`])
    const repo = repository(WITH('lower'), 'CREATE INDEX "posts_title" ON "posts" (lower(title));')
    repo.commit('by hand')
    write(
      repo.path,
      generated('0.31.11', { ...BASE_PROJECT, ...first, 'schema.ts': WITH('lower') }),
    )
    repo.commit('generated')
    repo.write('schema.ts', WITH('upper'))
    repo.git('add', '--all')
    const messages = await said(repo)
    expect(messages).toEqual([
      expect.stringMatching(/^The schema has changes that no migration makes: index posts_title /),
    ])
  })

  test('is put together at run time: what it names may be there', async () => {
    const sql = `DO $$ BEGIN EXECUTE format('ALTER TABLE %I ADD COLUMN body text', 'posts'); END $$;`
    const repo = customized(sql)
    repo.write('schema.ts', NOTED)
    repo.git('add', '--all')
    const messages = await said(repo)
    expect(messages).toEqual([
      MISSING('posts.note added', NOTE),
      expect.stringMatching(
        /^No snapshot has these changes of the schema: posts\.body added\. .* may make them/,
      ),
    ])
  })
})

describe('SQL written by hand for SQLite', () => {
  const SCHEMA = `import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
export const posts = sqliteTable('posts', { id: integer('id').primaryKey(), title: text('title') })
`
  const WITH_BODY = SCHEMA.replace("text('title')", "text('title'), body: text('body')")

  function inSqlite(schema: string, sql: string): Repository {
    const project = {
      'drizzle.config.ts': `export default { dialect: 'sqlite', schema: './schema.ts', out: './drizzle' }`,
      'schema.ts': SCHEMA,
    }
    const created = generated('0.31.11', project)
    const name = Object.keys(created).find((path) => path.endsWith('.sql'))!
    const repo = made.create()
    install('0.31.11', repo.path)
    write(repo.path, { '.gitignore': 'node_modules\n', ...project, ...created })
    repo.commit('base')
    write(repo.path, {
      'schema.ts': schema,
      'drizzle/0001_by_hand.sql': sql,
      'drizzle/meta/_journal.json': journal(
        [name.slice('drizzle/'.length, -'.sql'.length), '0001_by_hand'],
        'sqlite',
      ),
    })
    repo.git('add', '--all')
    return repo
  }

  test('that does what the schema says is its migration', async () => {
    const repo = inSqlite(WITH_BODY, 'ALTER TABLE posts ADD body TEXT;')
    expect(await said(repo)).toEqual([
      expect.stringMatching(
        /^No snapshot has these changes of the schema, although .*: posts\.body/,
      ),
    ])
  })

  test('that does something else is not', async () => {
    const repo = inSqlite(WITH_BODY, 'ALTER TABLE posts ADD note TEXT;')
    expect(await said(repo)).toEqual([
      MISSING('posts.body added', 'ALTER TABLE `posts` ADD `body` text;'),
    ])
  })

  test('that wrangler runs, though no journal lists it, is subtracted as well', async () => {
    const repo = inSqlite(SCHEMA, 'SELECT 1;')
    write(repo.path, {
      'wrangler.toml': '[[d1_databases]]\nbinding = "DB"\nmigrations_dir = "drizzle"\n',
      'drizzle/0002_body.sql': 'ALTER TABLE posts ADD body TEXT;',
    })
    repo.commit('by wrangler')
    repo.write('schema.ts', WITH_BODY)
    repo.git('add', '--all')
    expect(await said(repo)).toEqual([
      expect.stringMatching(
        /^No snapshot has these changes of the schema, although .*: posts\.body/,
      ),
    ])
  })
})

describe('SQL written by hand for MySQL', () => {
  const SCHEMA = `import { index, int, mysqlEnum, mysqlTable, timestamp, varchar } from 'drizzle-orm/mysql-core'
export const posts = mysqlTable('posts', {
  id: int('id').primaryKey().autoincrement(),
  title: varchar('title', { length: 50 }),
  parent: int('parent').references(() => posts.id),
  state: mysqlEnum('state', ['new', 'done']).notNull().default('new'),
})
`
  const CHANGED = SCHEMA.replace('length: 50', 'length: 200')
    .replace("'done'", "'done', 'gone'")
    .replace(
      "default('new'),\n}",
      "default('new'),\n  at: timestamp('at').defaultNow(),\n}, (t) => [index('posts_title').on(t.title), index('posts_parent').on(t.parent)]",
    )
  const STEPS = [
    'ALTER TABLE posts MODIFY title VARCHAR(200)',
    "MODIFY COLUMN State ENUM('new', 'done', 'gone') NOT NULL DEFAULT 'new'",
    'ADD at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP',
    'ADD KEY posts_parent (parent)',
    'ADD KEY posts_title (title)',
  ]
  const project = {
    'drizzle.config.ts': `export default { dialect: 'mysql', schema: './schema.ts', out: './drizzle' }`,
    'schema.ts': SCHEMA,
  }

  function inMysql(sql: string): Repository {
    const created = generated('0.31.11', project)
    const name = Object.keys(created).find((path) => path.endsWith('.sql'))!
    const repo = made.create()
    install('0.31.11', repo.path)
    write(repo.path, { '.gitignore': 'node_modules\n', ...project, ...created })
    repo.commit('base')
    write(repo.path, {
      'schema.ts': CHANGED,
      'drizzle/0001_by_hand.sql': sql,
      'drizzle/meta/_journal.json': journal(
        [name.slice('drizzle/'.length, -'.sql'.length), '0001_by_hand'],
        'mysql',
      ),
    })
    repo.git('add', '--all')
    return repo
  }

  test('that does what the schema says is its migration: the commit passes', async () => {
    const repo = inMysql(`${STEPS.join(', ')};`)
    const { findings, problems } = await checkIn(repo.path, { kind: 'staged' }, { only: ['sync'] })
    expect(problems).toEqual([])
    expect(findings.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
      expect.stringMatching(
        /^warn: No snapshot has these changes of the schema, although .* makes them: /,
      ),
    ])
  })

  test('that forgets a part of it lacks that part only', async () => {
    const messages = await said(inMysql(`${STEPS.slice(0, 4).join(', ')};`))
    expect(messages[0]).toMatch(
      /^The schema has changes that no migration makes: index posts_title added/,
    )
    expect(messages[0]).not.toMatch(/ADD `at`|MODIFY|posts_parent/)
  })

  test('that forgets the index of a foreign key lacks it, though the server has one of its own', async () => {
    const messages = await said(
      inMysql(`${STEPS.filter((step) => !/parent/.test(step)).join(', ')};`),
    )
    expect(messages[0]).toMatch(
      /^The schema has changes that no migration makes: index posts_parent added on posts\./,
    )
  })
})
