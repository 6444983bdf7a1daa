import { chmodSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Config } from '../../src/config/config.ts'
import { problemOf, useRepositories } from '../git/fixtures.ts'
import type { Repository } from '../git/repository.ts'
import {
  CREATE_USERS,
  DROP_EMAIL,
  checkIn,
  drizzleConfig,
  folderPerMigration,
  journalFolder,
  open,
  project,
  shortly,
  writeFiles,
  type Files,
  type Migrations,
} from './projects.ts'

const repositories = useRepositories()

const BASE: Migrations = { '0000_users': CREATE_USERS }
const WITH_DROP: Migrations = { ...BASE, '0001_drop': DROP_EMAIL }
const DROPPED = 'drop-column users.email drizzle/0001_drop.sql'

const WITH_POSTS: Migrations = { ...BASE, '0001_posts': 'CREATE TABLE "posts" ("id" int);' }

function required(column: string, table = 'users'): string {
  return `ALTER TABLE "${table}" ADD COLUMN "${column}" text NOT NULL;`
}

/** A repository whose main branch has some files and whose branch `feature` has more. */
function featureBranch(deployed: Files, added: Files): Repository {
  const repository = repositories.create()
  writeFiles(repository.path, deployed)
  repository.commit('what production has')
  repository.git('checkout', '--quiet', '-b', 'feature')
  writeFiles(repository.path, added)
  return repository
}

function config(value: Config): Files {
  return { 'migration-lint.config.json': JSON.stringify(value) }
}

describe('on a feature branch', () => {
  test('what the branch adds is judged, committed or not', async () => {
    const { path, commit } = featureBranch(project(BASE), project(WITH_DROP))
    const untracked = await checkIn(path)
    expect(open(untracked)).toEqual([DROPPED])
    expect(untracked.counts).toMatchObject({ migrationsJudged: 1, migrationsDeployed: 1 })
    expect(untracked.comparedWith).toBe('compared with main')
    commit('drop')
    expect(open(await checkIn(path))).toEqual([DROPPED])
  })

  test('what main has is not judged, and that is said', async () => {
    const { path } = featureBranch(project(WITH_DROP), {})
    const { findings, problems, counts } = await checkIn(path)
    expect({ findings, problems }).toEqual({ findings: [], problems: [] })
    expect(counts).toMatchObject({ migrationsJudged: 0, migrationsDeployed: 2 })
  })

  test('what main merged meanwhile is not judged', async () => {
    const { path, git, commit } = featureBranch(project(BASE), { 'a.txt': 'a' })
    commit('feature')
    git('checkout', '--quiet', 'main')
    writeFiles(path, project(WITH_DROP))
    commit('drop on main')
    git('checkout', '--quiet', 'feature')
    git('merge', '--quiet', 'main')
    expect((await checkIn(path)).counts.migrationsJudged).toBe(0)
  })

  test('before the first commit everything is pending', async () => {
    const { path } = repositories.create()
    writeFiles(path, project(WITH_DROP))
    const { counts, findings } = await checkIn(path)
    // Both are one deployment: users is new, nobody has data in it.
    expect({ judged: counts.migrationsJudged, findings }).toEqual({ judged: 2, findings: [] })
  })

  test('the base is what --base or the configuration names', async () => {
    const { path, git, commit } = featureBranch(project(BASE), project(WITH_DROP))
    commit('drop')
    git('branch', 'production')
    expect(open(await checkIn(path, { kind: 'base', ref: 'main' }))).toEqual([DROPPED])
    expect(open(await checkIn(path, { kind: 'base', ref: 'production' }))).toEqual([])
    writeFiles(path, config({ base: 'production' }))
    expect(open(await checkIn(path))).toEqual([])
  })

  test('SQL in no journal is counted, not judged', async () => {
    const { path } = featureBranch(project(BASE), { 'drizzle/helper.sql': DROP_EMAIL })
    const { counts, findings } = await checkIn(path)
    expect({ findings, orphans: counts.orphans }).toEqual({ findings: [], orphans: 1 })
  })
})

describe('--staged', () => {
  const staged = { kind: 'staged' } as const

  test('judges the index, not the working directory', async () => {
    const { path, git, write } = featureBranch(project(BASE), project(WITH_DROP))
    expect((await checkIn(path, staged)).counts.migrationsJudged).toBe(0)
    git('add', '--all')
    write('drizzle/0001_drop.sql', 'SELECT 1;')
    const result = await checkIn(path, staged)
    expect(open(result)).toEqual([DROPPED])
    expect(result.text('drizzle/0001_drop.sql')).toBe(DROP_EMAIL)
  })

  test('reports what is staged, not what the branch has committed before', async () => {
    const { path, commit, git } = featureBranch(project(BASE), project(WITH_DROP))
    commit('drop')
    const more = { ...WITH_DROP, '0002_required': required('bio') }
    writeFiles(path, project(more))
    git('add', '--all')
    const result = await checkIn(path, staged)
    expect(open(result)).toEqual([
      'required-column-without-default users.bio drizzle/0002_required.sql',
    ])
    expect(result.counts.migrationsJudged).toBe(2)
  })

  test('judges in the light of the whole deployment: a table of the branch is new', async () => {
    const { path, commit, git } = featureBranch(project(BASE), project(WITH_POSTS))
    commit('posts')
    const more = { ...WITH_POSTS, '0002_body': required('body', 'posts') }
    writeFiles(path, project(more))
    git('add', '--all')
    expect(open(await checkIn(path, staged))).toEqual([])
  })

  test('while main is being merged, what main has is deployed', async () => {
    const added = 'ALTER TABLE "users" ADD COLUMN "name" text;'
    const mine = project({ ...BASE, '0001_name': added })
    const { path, git, commit } = featureBranch(project(BASE), mine)
    commit('name')
    git('checkout', '--quiet', 'main')
    writeFiles(path, project(WITH_DROP))
    commit('drop')
    git('checkout', '--quiet', 'feature')
    expect(() => git('merge', '--quiet', 'main')).toThrow()
    writeFiles(path, project({ ...WITH_DROP, '0002_name': added }))
    git('rm', '--quiet', '--force', 'drizzle/0001_name.sql')
    git('add', '--all')
    for (const selection of [staged, { kind: 'default' }] as const) {
      const { findings, counts } = await checkIn(path, selection)
      expect({ findings, judged: counts.migrationsJudged }).toEqual({ findings: [], judged: 1 })
    }
  })

  test('a staged file that no journal names is said, one that lies there is not', async () => {
    const { path, git } = featureBranch(project({ ...BASE }, { 'drizzle/old.sql': DROP_EMAIL }), {
      'drizzle/0001_drop.sql': DROP_EMAIL,
    })
    const said = async (selection?: typeof staged): Promise<unknown> => {
      const result = await checkIn(path, selection)
      return [result.counts.orphans, open(result)]
    }
    const finding = 'orphan-migration-file - drizzle/0001_drop.sql'
    expect(await said(staged)).toEqual([0, []])
    git('add', '--all')
    expect(await said(staged)).toEqual([0, [finding]])
    expect(await said()).toEqual([1, [finding]])
  })

  test('does its work in the first commit of a repository too', async () => {
    const { path, git } = repositories.create()
    writeFiles(path, project({ '0000_bad': 'ALTER TABEL "users" DROP COLUMN "email";' }))
    git('add', '--all')
    expect(open(await checkIn(path, staged))).toEqual(['unparsed 0000_bad drizzle/0000_bad.sql'])
  })
})

describe('outside git', () => {
  function folder(files: Files): string {
    const path = repositories.folder()
    writeFiles(path, files)
    return path
  }

  test('--since judges what comes after it, as one deployment', async () => {
    const path = folder(project({ ...WITH_DROP, '0002_posts': 'CREATE TABLE "posts" ("id" int);' }))
    const since = await checkIn(path, { kind: 'since', tag: '0000_users' })
    expect(open(since)).toEqual([DROPPED])
    expect(since.counts).toMatchObject({ migrationsJudged: 2, migrationsDeployed: 1 })
    expect((await checkIn(path, { kind: 'since', tag: '0002_posts' })).counts).toMatchObject({
      migrationsJudged: 0,
      migrationsDeployed: 3,
    })
  })

  test('--all judges each migration as a deployment of its own', async () => {
    const path = folder(project(WITH_DROP))
    const all = await checkIn(path, { kind: 'all' })
    expect(open(all)).toEqual([DROPPED])
    expect(all.counts).toMatchObject({ migrationsJudged: 2, migrationsDeployed: 0 })
  })

  test('files by name: the journal up to them is the catalog', async () => {
    const path = folder(project({ ...WITH_DROP, '0002_posts': 'CREATE TABLE "posts" ("id" int);' }))
    const files = [join(path, 'drizzle/0001_drop.sql')]
    const result = await checkIn(path, { kind: 'files', files })
    expect(open(result)).toEqual([DROPPED])
    expect(result.counts.migrationsJudged).toBe(1)
  })

  test('files by name that are deployed together are judged together', async () => {
    const path = folder(project(WITH_DROP))
    const files = ['0000_users', '0001_drop'].map((tag) => join(path, `drizzle/${tag}.sql`))
    expect(open(await checkIn(path, { kind: 'files', files }))).toEqual([])
  })

  test('a misspelt --since is answered with what was meant', async () => {
    const path = folder(project(WITH_DROP))
    const { problems } = await checkIn(path, { kind: 'since', tag: '0000_user' })
    expect(problems.map(({ message }) => message)).toEqual([
      'drizzle has no migration "0000_user": did you mean "0000_users"?',
    ])
  })

  test('the default selection says that it needs git, and what does not', async () => {
    const path = folder(project(WITH_DROP))
    const { message, help } = await problemOf(() => checkIn(path))
    expect(message).toMatch(/is not in a git repository/)
    expect(help).toMatch(/--since <tag> or --all/)
  })
})

describe('one deployment', () => {
  test('NOT VALID and VALIDATE over two pending files: still reported', async () => {
    const deployed = {
      ...BASE,
      '0001_posts': `CREATE TABLE "posts" ("id" int PRIMARY KEY, "user_id" int);
        CREATE INDEX "posts_user" ON "posts" ("user_id");`,
    }
    const { path } = featureBranch(
      project(deployed),
      project({
        ...deployed,
        '0002_key': `ALTER TABLE "posts" ADD CONSTRAINT "posts_fk"
          FOREIGN KEY ("user_id") REFERENCES "users"("id") NOT VALID;`,
        '0003_validate': `ALTER TABLE "posts" VALIDATE CONSTRAINT "posts_fk";`,
      }),
    )
    expect(open(await checkIn(path))).toEqual([
      'long-work-under-lock posts_fk drizzle/0003_validate.sql',
    ])
  })

  test('CONCURRENTLY in a file of its own: still reported', async () => {
    const sql = 'CREATE INDEX CONCURRENTLY "users_email" ON "users" ("email");'
    const { path } = featureBranch(project(BASE), project({ ...BASE, '0001_index': sql }))
    expect(open(await checkIn(path))).toEqual([
      'concurrently-in-transaction users_email drizzle/0001_index.sql',
    ])
  })

  test('a table that an earlier pending file creates is new in a later one', async () => {
    const pending = { ...WITH_POSTS, '0002_body': required('body', 'posts') }
    const { path } = featureBranch(project(BASE), project(pending))
    expect(open(await checkIn(path))).toEqual([])
    expect(open(await checkIn(path, { kind: 'all' }))).toEqual([
      'required-column-without-default posts.body drizzle/0002_body.sql',
    ])
  })
})

describe('projects', () => {
  test('the layout of drizzle-kit 1.0: one folder for each migration', async () => {
    const base = { '20260101000000_users': CREATE_USERS }
    const more = { ...base, '20260201000000_drop': DROP_EMAIL }
    const { path } = featureBranch(
      { 'drizzle.config.ts': drizzleConfig(), ...folderPerMigration(base) },
      folderPerMigration(more),
    )
    const dropped = 'drop-column users.email drizzle/20260201000000_drop/migration.sql'
    expect(open(await checkIn(path))).toEqual([dropped])
    const since = { kind: 'since', tag: '20260101000000_users' } as const
    expect(open(await checkIn(path, since))).toEqual([dropped])
  })

  const two = (migrations: Migrations, folders = ['apps/api', 'apps/jobs']): Files =>
    Object.assign(
      {},
      ...folders.map((folder) => ({
        [`${folder}/drizzle.config.ts`]: drizzleConfig(),
        [`${folder}/package.json`]: '{}',
        ...journalFolder(migrations, `${folder}/drizzle`),
      })),
    )
  const droppedIn = (folder: string) => `drop-column users.email ${folder}/drizzle/0001_drop.sql`

  test('all of a repository are checked from its top, or a folder above them', async () => {
    const { path } = featureBranch(two(BASE), two(WITH_DROP))
    for (const cwd of [path, join(path, 'apps')]) {
      const result = await checkIn(cwd)
      expect(open(result)).toEqual([droppedIn('apps/api'), droppedIn('apps/jobs')])
      expect(result.findings.map(({ project: name }) => name)).toEqual([
        'apps/api/drizzle.config.ts',
        'apps/jobs/drizzle.config.ts',
      ])
    }
  })

  test('--project picks one: by folder or config, relative to the working directory', async () => {
    const { path } = featureBranch(two(BASE), two(WITH_DROP))
    for (const [cwd, name] of [
      ['.', 'apps/jobs'],
      ['.', 'apps/jobs/drizzle.config.ts'],
      ['.', 'apps/jobs/drizzle'],
      ['apps/jobs', '.'],
      ['apps/api', '../jobs/'],
    ] as const) {
      const result = await checkIn(join(path, cwd), undefined, { projects: [name] })
      expect({ name, found: open(result) }).toEqual({ name, found: [droppedIn('apps/jobs')] })
    }
  })

  test('by way of a symbolic link', async () => {
    const { path } = featureBranch(two(BASE), two(WITH_DROP))
    const link = join(repositories.folder(), 'link')
    symlinkSync(path, link)
    const jobs = [droppedIn('apps/jobs')]
    expect(open(await checkIn(link, undefined, { projects: ['apps/jobs'] }))).toEqual(jobs)
    const inJobs = await checkIn(join(link, 'apps/jobs'), undefined, { projects: ['.'] })
    expect(open(inJobs)).toEqual(jobs)
    const files = [join(link, 'apps/jobs/drizzle/0001_drop.sql')]
    expect(open(await checkIn(link, { kind: 'files', files }))).toEqual(jobs)
  })

  test('--project with a wrong name lists the right ones', async () => {
    const { path } = featureBranch(two(BASE), two(WITH_DROP))
    const { problems, findings } = await checkIn(path, undefined, { projects: ['apps/jbos'] })
    expect(findings).toEqual([])
    expect(problems).toEqual([
      {
        message: 'No Drizzle project is named apps/jbos.',
        file: null,
        help: 'There are: apps/api/drizzle.config.ts, apps/jobs/drizzle.config.ts.',
      },
    ])
  })

  test.each(['apps/[slug]', 'apps/with space', 'apps/häßlich-日本', "apps/it's $HOME"])(
    'in a folder named %s',
    async (folder) => {
      const { path, git } = featureBranch(two(BASE, [folder]), two(WITH_DROP, [folder]))
      expect(open(await checkIn(path))).toEqual([droppedIn(folder)])
      expect(open(await checkIn(path, undefined, { projects: [folder] }))).toEqual([
        droppedIn(folder),
      ])
      git('add', '--all')
      expect(open(await checkIn(join(path, folder), { kind: 'staged' }))).toEqual([
        droppedIn(folder),
      ])
      const files = [join(path, folder, 'drizzle/0001_drop.sql')]
      expect(open(await checkIn(path, { kind: 'files', files }))).toEqual([droppedIn(folder)])
    },
  )

  test.each(['singlestore', 'gel', 'mssql', 'cockroach'])(
    '%s: what is pending is named in one line',
    async (dialect) => {
      const files = (migrations: Migrations): Files => ({
        'drizzle.config.ts': drizzleConfig('./drizzle', dialect),
        ...journalFolder(migrations, 'drizzle', dialect),
      })
      const { path, commit } = featureBranch(files(BASE), files(WITH_DROP))
      const { problems, findings, notices } = await checkIn(path)
      expect({ problems, findings }).toEqual({ problems: [], findings: [] })
      expect(notices).toEqual([
        'drizzle.config.ts: 1 pending migration was not judged, ' +
          `because ${dialect} is not supported yet; schema and history are checked`,
      ])
      writeFiles(path, config({ projects: [{ config: 'drizzle.config.ts', families: [] }] }))
      expect(await checkIn(path)).toMatchObject({ problems: [], findings: [] })
      commit('drop')
      expect(await checkIn(path, { kind: 'base', ref: 'feature' })).toMatchObject({ problems: [] })
    },
  )

  test('--only judges one family', async () => {
    const { path } = featureBranch(project(BASE), project(WITH_DROP))
    expect(open(await checkIn(path, undefined, { only: ['migration'] }))).toEqual([DROPPED])
    expect(open(await checkIn(path, undefined, { only: ['history'] }))).toEqual([])
    expect(open(await checkIn(path, undefined, { only: ['history', 'migration'] }))).toEqual([
      DROPPED,
    ])
  })

  test('a renamed migrations folder does not make every migration pending', async () => {
    const { path, git } = featureBranch(project(BASE), {})
    git('mv', 'drizzle', 'migrations')
    writeFiles(path, {
      'drizzle.config.ts': drizzleConfig('./migrations'),
      ...journalFolder(WITH_DROP, 'migrations'),
    })
    expect(open(await checkIn(path))).toEqual(['drop-column users.email migrations/0001_drop.sql'])
  })
})

describe('the configuration', () => {
  const judged = async (value: Config, migrations = WITH_DROP, deployed = BASE) => {
    const { path } = featureBranch(project(deployed), { ...project(migrations), ...config(value) })
    return checkIn(path)
  }
  const own = (settings: object): Config => ({
    projects: [{ config: 'drizzle.config.ts', ...settings }],
  })

  test('a rule that is off says nothing', async () => {
    expect((await judged({ rules: { 'drop-column': 'off' } })).findings).toEqual([])
  })

  test('a rule that is a warning warns', async () => {
    const { findings } = await judged({ rules: { 'drop-column': 'warn' } })
    expect(findings.map(({ severity }) => severity)).toEqual(['warn'])
  })

  test('an acknowledgement silences one finding and keeps its reason', async () => {
    const acknowledged = [
      { migration: '0001_drop', rule: 'drop-column', object: 'users.email', reason: 'moved' },
    ]
    const { findings } = await judged({ acknowledged })
    expect(findings.map(({ suppressed }) => suppressed?.reason)).toEqual(['moved'])
    const other = [{ ...acknowledged[0]!, object: 'users.name' }]
    expect(open(await judged({ acknowledged: other }))).toEqual([DROPPED])
  })

  test('a suppression silences one statement and keeps its reason', async () => {
    const directive = '-- migration-lint-disable-next-statement drop-column -- unused since v42'
    const sql = `${directive}\n${DROP_EMAIL}`
    const { findings } = await judged({}, { ...BASE, '0001_drop': sql })
    expect(findings.map(({ rule, suppressed }) => [rule, suppressed?.reason])).toEqual([
      ['drop-column', 'unused since v42'],
    ])
  })

  test('a suppression without a reason, or of an unknown rule, is an error', async () => {
    const sql = (directive: string) => ({ ...BASE, '0001_drop': `${directive}\n${DROP_EMAIL}` })
    const noReason = await judged({}, sql('-- migration-lint-disable-next-statement drop-column'))
    expect(open(noReason)).toEqual(['suppression - drizzle/0001_drop.sql', DROPPED])
    const unknown = '-- migration-lint-disable-next-statement drop-colum -- why'
    expect(open(await judged({}, sql(unknown)))).toEqual([
      'suppression - drizzle/0001_drop.sql',
      DROPPED,
    ])
  })

  test('a baseline drops what is located at or before it', async () => {
    const more = { ...WITH_DROP, '0002_required': required('bio') }
    const { path } = featureBranch(
      { ...project(more), ...config(own({ baseline: '0001_drop' })) },
      {},
    )
    expect(open(await checkIn(path, { kind: 'all' }))).toEqual([
      'required-column-without-default users.bio drizzle/0002_required.sql',
    ])
  })

  test('a baseline that no migration bears is a problem, not a silent nothing', async () => {
    const { problems } = await judged(own({ baseline: '0001_dorp' }))
    expect(problems.map(({ message }) => message)).toEqual([
      'drizzle has no migration "0001_dorp", the baseline of drizzle.config.ts: ' +
        'did you mean "0001_drop"?',
    ])
  })

  test('smallTables silences what grows with rows', async () => {
    const sql = { ...BASE, '0001_index': 'CREATE INDEX "users_email" ON "users" ("email");' }
    expect(open(await judged({}, sql))).toHaveLength(1)
    expect(open(await judged(own({ smallTables: ['users'] }), sql))).toEqual([])
    expect(open(await judged(own({ smallTables: ['*'] }), sql))).toEqual([])
  })

  test('downtime leaves what loses data, fails on rows or cannot run', async () => {
    const sql = {
      '0000_users': `${CREATE_USERS}CREATE TABLE "posts" ("id" int, "user_id" int, "title" text);`,
      '0001_more': `ALTER TABLE "users" DROP COLUMN "email";
CREATE INDEX "on_title" ON "posts" ("title");
ALTER TABLE "posts" RENAME COLUMN "title" TO "name";
ALTER TABLE "posts" ALTER COLUMN "id" TYPE bigint;
ALTER TABLE "posts" ALTER COLUMN "id" SET NOT NULL;
ALTER TABLE "posts" ADD COLUMN "at" date NOT NULL;
CREATE TABLE "posts" ("id" int);`,
    }
    const rulesOf = async (settings: object) => {
      const { path } = featureBranch(
        { ...project({ '0000_users': sql['0000_users'] }), ...config(own(settings)) },
        project(sql),
      )
      return (await checkIn(path)).findings.map(({ rule }) => rule)
    }
    const kept = [
      'drop-column',
      'set-not-null',
      'required-column-without-default',
      'fails-when-run',
    ]
    expect(await rulesOf({ downtime: true })).toEqual(kept)
    expect((await rulesOf({})).filter((rule) => !kept.includes(rule))).toEqual([
      'create-index',
      'rename-column',
      'change-column-type',
    ])
  })

  test('what of it has no effect is said, but not by a hook', async () => {
    const sql = { ...BASE, '0001_index': 'CREATE INDEX "users_email" ON "users" ("email");' }
    const acknowledged = [
      { migration: '0001_index', rule: 'drop-column', object: 'users.email', reason: 'moved' },
      { migration: '0001_index', rule: 'create-index', reason: 'small' },
      { migration: '0000_users', rule: 'create-index', reason: 'long ago' },
    ]
    const given = { ...own({ smallTables: ['usres', 'audit_*', 'us*'] }), acknowledged }
    const { notices } = await judged(given, sql)
    expect(notices).toEqual([
      'drizzle.config.ts: smallTables names "usres", and no migration makes such a table: did you mean "users"?',
      'drizzle.config.ts: smallTables names "audit_*", and no migration makes such a table',
      'acknowledged accepts drop-column of users.email in 0001_index, where there is no such finding',
      'acknowledged accepts create-index in 0001_index, where there is no such finding',
    ])
    const { path, git } = featureBranch({ ...project(BASE), ...config(given) }, project(sql))
    git('add', '--all')
    expect((await checkIn(path, { kind: 'staged' })).notices).toEqual([])
  })

  test('migrator: none lets CONCURRENTLY run', async () => {
    const sql = {
      ...BASE,
      '0001_index': 'CREATE INDEX CONCURRENTLY "users_email" ON "users" ("email");',
    }
    expect(open(await judged(own({ migrator: 'none' }), sql))).toEqual([])
    expect(open(await judged(own({ migrator: 'per-file' }), sql))).toHaveLength(1)
  })

  test('migrator: per-file commits between files', async () => {
    const deployed = {
      '0000_status': `CREATE TYPE "status" AS ENUM ('open');
        CREATE TABLE "tickets" ("id" int, "status" "status");`,
    }
    const pending = {
      ...deployed,
      '0001_value': `ALTER TYPE "status" ADD VALUE 'void';`,
      '0002_use': `ALTER TABLE "tickets" ALTER COLUMN "status" SET DEFAULT 'void';`,
    }
    expect(open(await judged({}, pending, deployed))).toHaveLength(1)
    expect(open(await judged(own({ migrator: 'per-file' }), pending, deployed))).toEqual([])
  })

  test('postgres.timezone decides whether timestamp to timestamptz is free', async () => {
    const deployed = { '0000_t': 'CREATE TABLE "t" ("at" timestamp);' }
    const sql = {
      ...deployed,
      '0001_tz': 'ALTER TABLE "t" ALTER COLUMN "at" SET DATA TYPE timestamp with time zone;',
    }
    expect(open(await judged({}, sql, deployed))).toEqual([])
    const paris = own({ postgres: { timezone: 'Europe/Paris' } })
    expect(open(await judged(paris, sql, deployed))).toEqual([
      'change-column-type t.at drizzle/0001_tz.sql',
    ])
  })

  test('postgres.version decides what that server can do', async () => {
    const sql = {
      ...BASE,
      '0001_nn': 'ALTER TABLE "users" ADD CONSTRAINT "nn" NOT NULL "email" NOT VALID;',
    }
    const found = async (version: number) => open(await judged(own({ postgres: { version } }), sql))
    expect({ 18: await found(18), 16: (await found(16)).length }).toEqual({ 18: [], 16: 1 })
  })
})

describe('in CI', () => {
  const CREATED = project(BASE)

  /** A clone as CI makes it: the commit is checked out, no branch. */
  function checkout(origin: Repository, ...options: string[]): Repository {
    const clone = repositories.clone(origin, ...options)
    clone.git('checkout', '--quiet', '--detach', 'origin/feature')
    return clone
  }

  function published(): Repository {
    const origin = featureBranch(CREATED, project(WITH_DROP))
    origin.commit('drop')
    origin.git('checkout', '--quiet', 'main')
    return origin
  }

  test('a pull request on GitHub names its base', async () => {
    const { path } = checkout(published())
    const env = {
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_BASE_REF: 'main',
    }
    const result = await checkIn(path, undefined, { env })
    expect(open(result)).toEqual([DROPPED])
    expect(result.comparedWith).toMatch(/main/)
  })

  test('a merge request on GitLab names its base', async () => {
    const origin = published()
    const { path } = checkout(origin)
    const env = {
      CI: 'true',
      GITLAB_CI: 'true',
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
      CI_MERGE_REQUEST_DIFF_BASE_SHA: origin.git('rev-parse', 'main'),
    }
    expect(open(await checkIn(path, undefined, { env }))).toEqual([DROPPED])
  })

  test('a shallow clone without the base is told how to fetch it', async () => {
    const { path } = checkout(published(), '--depth=1', '--no-single-branch')
    const env = { CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_BASE_REF: 'main' }
    const problem = await problemOf(() => checkIn(path, undefined, { env }))
    expect(problem.message).toMatch(/this clone is shallow/)
    expect(problem.help).toMatch(/fetch-depth: 0/)
  })
})

test('the findings are in the order of files and places', async () => {
  const { path } = featureBranch(
    project(BASE),
    project({
      ...BASE,
      '0001_b': `${required('a')}\n${DROP_EMAIL}`,
      '0002_a': required('b'),
    }),
  )
  const { findings } = await checkIn(path)
  expect(findings.map(shortly)).toEqual([
    'required-column-without-default users.a drizzle/0001_b.sql',
    'drop-column users.email drizzle/0001_b.sql',
    'required-column-without-default users.b drizzle/0002_a.sql',
  ])
})

test('a history that is kept from an earlier run gives the same answer', async () => {
  const { path } = featureBranch(project(BASE), project(WITH_DROP))
  const first = await checkIn(path)
  const second = await checkIn(path)
  expect(second.findings).toEqual(first.findings)
  chmodSync(join(path, '.git'), 0o555)
  expect((await checkIn(path)).findings).toEqual(first.findings)
  chmodSync(join(path, '.git'), 0o755)
})
