import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { CheckOptions } from '../../../src/check/options.ts'
import { builtCli } from '../../built.ts'
import { type Files, type KitVersion, generated, install, write } from '../../drizzle/kit/kits.ts'
import { BASE_PROJECT } from '../../drizzle/kit/scenarios.ts'
import { BASE, config, edit } from '../../drizzle/kit/schemas.ts'
import { useRepositories } from '../../git/fixtures.ts'
import { isolatedEnvironment, type Repository } from '../../git/repository.ts'
import { checkIn } from '../projects.ts'

// Real repositories, asked what a hook would ask: may the index be committed?
const made = useRepositories()
const KIT: KitVersion = '0.31.11'
const ADDED = edit(BASE, [`  title: text`, `  body: text('body'),\n  title: text`])
const ADDED_TWICE = edit(ADDED, [`  body: text`, `  note: text('note'),\n  body: text`])

let first: Files
let second: Files
/** The second migration's own files. */
let sql: string
let snapshot: string
const journal = 'drizzle/meta/_journal.json'

beforeAll(() => {
  builtCli()
  first = generated(KIT, BASE_PROJECT)
  second = generated(KIT, { ...BASE_PROJECT, ...first, 'schema.ts': ADDED })
  const fresh = Object.keys(second).filter((path) => !(path in first))
  sql = fresh.find((path) => path.endsWith('.sql'))!
  snapshot = fresh.find((path) => path.endsWith('_snapshot.json'))!
})

/** A repository whose only commit is clean: production has it. */
function repository(files: Files = {}, kit: KitVersion | null = KIT): Repository {
  const repo = made.create()
  if (kit !== null) install(kit, repo.path)
  write(repo.path, {
    '.gitignore': 'node_modules\n',
    'package.json': '{ "scripts": { "db:generate": "drizzle-kit generate" } }',
    ...BASE_PROJECT,
    ...first,
    ...files,
  })
  repo.commit('base')
  return repo
}

/** What a commit of the index is told; and that the check has touched nothing. */
async function said(
  { path, git }: Repository,
  more: Partial<CheckOptions> = {},
): Promise<string[]> {
  const before = stateOf(path)
  const result = await checkIn(path, { kind: 'staged' }, more)
  expect(stateOf(path)).toBe(before)
  git('status')
  return [
    ...result.findings
      .filter(({ rule }) =>
        ['schema-without-migration', 'ambiguous-rename', 'unexported-schema-object'].includes(rule),
      )
      .map(({ severity, rule, message, help }) => `${severity} ${rule}: ${message} ${help}`),
    ...result.problems.map(({ message, help }) => `problem: ${message}. ${help}`),
  ]
}

/** Names and contents of everything but git's objects, the index included. */
function stateOf(path: string): string {
  const files = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() &&
        !/node_modules|\.git\/(?:objects|migration-lint)/.test(join(entry.parentPath, entry.name)),
    )
    .map((entry) => join(entry.parentPath, entry.name))
  const hash = createHash('sha1')
  for (const file of files.sort()) hash.update(file).update(readFileSync(file))
  return hash.digest('hex')
}

const MISSING =
  /^error schema-without-migration: The schema has changes that no migration makes: posts\.body added\./
const UNSTAGED =
  /^error schema-without-migration: The schema has changes whose migration is not staged: posts\.body added\./

describe('a schema edit', () => {
  test('with its migration passes', async () => {
    const repo = repository()
    write(repo.path, { 'schema.ts': ADDED, ...second })
    repo.git('add', '--all')
    expect(await said(repo)).toEqual([])
  })

  test('without a migration is blocked: what is missing, the SQL for it, the commands', async () => {
    const repo = repository()
    repo.write('schema.ts', ADDED)
    repo.git('add', '--all')
    const [one, ...rest] = await said(repo)
    expect(one).toMatch(MISSING)
    expect(one).toContain('ALTER TABLE "posts" ADD COLUMN "body" text;')
    expect(one).toContain('Run: npm run db:generate && git add drizzle')
    expect(rest).toEqual([])
  })

  test('whose migration would be refused next is told so at once', async () => {
    const repo = repository()
    const required = edit(BASE, [`  title: text`, `  body: text('body').notNull(),\n  title: text`])
    repo.write('schema.ts', required)
    repo.git('add', '--all')
    const [one, ...rest] = await said(repo)
    expect(one).toMatch(MISSING)
    expect(one).toMatch(
      /\nThat migration would be refused next:\n {2}required-column-without-default: .*posts\.body/,
    )
    expect(rest).toEqual([])
    const { findings } = await checkIn(repo.path, { kind: 'staged' }, { only: ['sync'] })
    expect(findings[0]!.message).not.toContain('refused next')
  })

  test('is placed at the column', async () => {
    const repo = repository()
    repo.write('schema.ts', ADDED)
    repo.git('add', '--all')
    const { findings, text } = await checkIn(repo.path, { kind: 'staged' })
    const { file, range } = findings[0]!
    expect(text(file)?.slice(range?.start, range?.end)).toBe(`body: text('body')`)
  })

  test('is placed at the table, under whatever name its builder has', async () => {
    const repo = repository()
    const tags = `const define = pgTable\nexport const tags = define('tags', { name: text() })\n`
    repo.write('schema.ts', `${BASE}\n${tags}`)
    repo.git('add', '--all')
    const { findings, text } = await checkIn(repo.path, { kind: 'staged' })
    const { file, range } = findings[0]!
    expect(text(file)?.slice(range?.start, range?.end)).toBe('tags')
  })

  test('that the config names by what it imports is seen, whatever was asked before', async () => {
    const imported = `import { schema } from './paths'\nexport default { dialect: 'postgresql', out: './drizzle', schema }\n`
    const paths = (...files: string[]) => `export const schema = ${JSON.stringify(files)}\n`
    const repo = repository({ 'drizzle.config.ts': imported, 'paths.ts': paths('./schema.ts') })
    const more = `import { pgTable, text } from 'drizzle-orm/pg-core'\nexport const tags = pgTable('tags', { name: text('name') })\n`
    write(repo.path, { 'more.ts': more, 'paths.ts': paths('./schema.ts', './more.ts') })
    repo.git('add', 'more.ts')
    expect(await said(repo)).toEqual([])
    repo.git('add', '--all')
    expect((await said(repo)).join()).toContain('no migration makes: table tags added')
    repo.git('reset', '--quiet', 'paths.ts')
    expect(await said(repo)).toEqual([])
  })

  test('of a comment needs none', async () => {
    const repo = repository()
    repo.write('schema.ts', `// tables\n${BASE}`)
    repo.git('add', '--all')
    expect(await said(repo)).toEqual([])
  })

  test.each<KitVersion>(['0.31.11', '1.0.0-rc.5'])(
    'that renames asks for a terminal, with %s',
    async (kit) => {
      const repo = repository(kit === KIT ? {} : generated(kit, BASE_PROJECT), kit)
      if (kit !== KIT) for (const path of Object.keys(first)) rmSync(join(repo.path, path))
      if (kit !== KIT) repo.commit('one layout')
      repo.write('schema.ts', edit(BASE, [`'display_name'`, `'shown_as'`]))
      repo.git('add', '--all')
      const all = await said(repo)
      expect(all).toHaveLength(1)
      expect(all[0]).toMatch(
        /^error ambiguous-rename: column users\.display_name is gone and column users\.shown_as is new: .*In a terminal, run: npm run db:generate/,
      )
    },
  )

  test.each([
    ['table', 'posts', 'export const posts', 'const posts'],
    ['enum', 'role', 'export const role', 'const role'],
  ])('that stops exporting the %s %s is not told to drop it', async (kind, name, from, to) => {
    const repo = repository()
    repo.write('schema.ts', edit(BASE, [from, to]))
    repo.git('add', '--all')
    const all = await said(repo)
    expect(all).toHaveLength(1)
    expect(all[0]).toContain(
      `error unexported-schema-object: ${kind} ${name} is declared but not exported`,
    )
  })
})

describe('the migration is there, but', () => {
  test('not staged', async () => {
    const repo = repository()
    write(repo.path, { 'schema.ts': ADDED, ...second })
    repo.git('add', 'schema.ts')
    const all = await said(repo)
    expect(all).toHaveLength(1)
    expect(all[0]).toMatch(UNSTAGED)
    const command = /Run: (git add .*)$/.exec(all[0]!)![1]!
    repo.git(...command.split(' ').slice(1))
    expect(await said(repo)).toEqual([])
  })

  test('only intended to be added', async () => {
    const repo = repository()
    write(repo.path, { 'schema.ts': ADDED, ...second })
    repo.git('add', 'schema.ts')
    repo.git('add', '--intent-to-add', '.')
    const all = await said(repo)
    expect(all).toHaveLength(1)
    expect(all[0]).toMatch(UNSTAGED)
  })

  test.each([
    ['the SQL', () => sql],
    ['the snapshot', () => snapshot],
    ['the journal', () => journal],
  ])('staged without %s', async (_what, left) => {
    const repo = repository()
    write(repo.path, { 'schema.ts': ADDED, ...second })
    repo.git('add', '--all')
    repo.git('reset', '--quiet', '--', left())
    const all = await said(repo)
    expect(all.join('\n')).toContain(left())
    expect(all[0]).toMatch(/^error schema-without-migration: /)
    repo.git('add', left())
    expect(await said(repo)).toEqual([])
  })

  test.each([
    ['its snapshot', () => [snapshot]],
    ['its snapshot and the journal', () => [snapshot, journal]],
    ['its snapshot and the SQL', () => [snapshot, sql]],
  ])('only %s is staged, on a production branch that lacks it already', async (_what, files) => {
    const repo = repository({ 'schema.ts': ADDED })
    write(repo.path, second)
    repo.git('add', ...files())
    const { findings } = await checkIn(repo.path, { kind: 'staged' }, { only: ['sync'] })
    expect(findings[0]).toMatchObject({ severity: 'error', rule: 'schema-without-migration' })
    expect(findings[0]!.message).toMatch(/^Migration 0001\w* is incomplete: /)
    repo.git('add', '--all')
    expect(await said(repo)).toEqual([])
  })

  test('only its snapshot is staged, and not the change of the schema', async () => {
    const repo = repository()
    write(repo.path, { 'schema.ts': ADDED, ...second })
    repo.git('add', snapshot)
    const { findings } = await checkIn(repo.path, { kind: 'staged' }, { only: ['sync'] })
    expect(findings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^Migration 0001\w* is incomplete: /),
    ])
  })

  test('the SQL is nowhere', async () => {
    const repo = repository()
    write(repo.path, { 'schema.ts': ADDED, ...second })
    rmSync(join(repo.path, sql))
    repo.git('add', '--all')
    const [one] = await said(repo)
    expect(one).toMatch(
      /migration 0001_\w+ is incomplete: drizzle\/0001_\w+\.sql is missing\. Stage the whole migration: git add drizzle\./,
    )
  })

  test('the snapshot is nowhere: the SQL speaks for itself, and it is said once that no snapshot does', async () => {
    const repo = repository()
    write(repo.path, { 'schema.ts': ADDED, ...second })
    rmSync(join(repo.path, snapshot))
    repo.git('add', '--all')
    const { findings } = await checkIn(repo.path, { kind: 'staged' })
    expect(findings.map(({ severity, message }) => `${severity} ${message}`)).toEqual([
      expect.stringMatching(
        /^warn No snapshot has these changes of the schema, .*: posts\.body added\./,
      ),
    ])
  })

  test('of an older state of the schema', async () => {
    const repo = repository()
    write(repo.path, { 'schema.ts': ADDED_TWICE, ...second })
    repo.git('add', '--all')
    const all = await said(repo)
    expect(all).toHaveLength(1)
    expect(all[0]).toMatch(/no migration makes: posts\.note added\./)
  })
})

describe('with drizzle-kit 1.0 the migration is there, but', () => {
  test.each([
    ['the SQL', /^migration\.sql$/, /is incomplete: drizzle\/\w+\/migration\.sql is missing\./],
    [
      'the snapshot',
      /^snapshot\.json$/,
      /whose migration is not staged: posts\.body added\. Run: git add drizzle\/\w+\/snapshot\.json$/,
    ],
    [
      'either',
      /./,
      /whose migration is not staged: posts\.body added\. Run: git add drizzle\/\w+\/migration\.sql drizzle\/\w+\/snapshot\.json$/,
    ],
  ])('staged without %s', async (_what, left, expected) => {
    const kit = '1.0.0-rc.5'
    const own = generated(kit, BASE_PROJECT)
    const next = generated(kit, { ...BASE_PROJECT, ...own, 'schema.ts': ADDED })
    const repo = made.create()
    install(kit, repo.path)
    write(repo.path, { '.gitignore': 'node_modules\n', ...BASE_PROJECT, ...own })
    repo.commit('base')
    write(repo.path, { 'schema.ts': ADDED, ...next })
    repo.git('add', '--all')
    expect(await said(repo)).toEqual([])
    const fresh = Object.keys(next).filter((path) => !(path in own))
    repo.git(
      'reset',
      '--quiet',
      '--',
      ...fresh.filter((path) => left.test(path.split('/').at(-1)!)),
    )
    expect(await said(repo)).toEqual([expect.stringMatching(expected)])
  })
})

describe('what is staged counts, not what is saved', () => {
  test('a staged edit that the disk no longer has', async () => {
    const repo = repository()
    repo.write('schema.ts', ADDED)
    repo.git('add', '--all')
    repo.write('schema.ts', BASE)
    expect((await said(repo))[0]).toMatch(MISSING)
  })

  test('an edit on disk that is not staged', async () => {
    const repo = repository()
    repo.write('schema.ts', `// tables\n${BASE}`)
    repo.git('add', '--all')
    repo.write('schema.ts', ADDED)
    expect(await said(repo)).toEqual([])
  })

  test('a part of the edits', async () => {
    const repo = repository()
    write(repo.path, { 'schema.ts': ADDED, ...second })
    repo.git('add', '--all')
    repo.write('schema.ts', ADDED_TWICE)
    expect(await said(repo)).toEqual([])
  })

  test.each<KitVersion>(['0.28.1', '0.31.11', '1.0.0-rc.5'])(
    'files that the disk no longer has, with %s',
    async (kit) => {
      const own = generated(kit, BASE_PROJECT)
      const parts = {
        'schema.ts': `export * from './tables/base'\nexport * from './more'\n`,
        'tables/base.ts': `// moved\n${BASE}`,
        'more/index.ts': `export const LIMIT = 3\n`,
      }
      const repo = made.create()
      install(kit, repo.path)
      write(repo.path, { '.gitignore': 'node_modules\n', ...BASE_PROJECT, ...own })
      repo.commit('base')
      write(repo.path, parts)
      repo.git('add', '--all')
      rmSync(join(repo.path, 'tables'), { recursive: true })
      rmSync(join(repo.path, 'more'), { recursive: true })
      repo.write('schema.ts', '}')
      expect(await said(repo)).toEqual([])
    },
  )

  test('a schema that is gone from the disk', async () => {
    const repo = repository()
    repo.write('schema.ts', ADDED)
    repo.git('add', '--all')
    rmSync(join(repo.path, 'schema.ts'))
    expect((await said(repo))[0]).toMatch(MISSING)
  })

  test('a file that is imported and not staged is named', async () => {
    const repo = repository()
    write(repo.path, {
      'schema.ts': `${BASE}export * from './tags'\n`,
      'tags.ts': `export const LIMIT = 3\n`,
    })
    repo.git('add', 'schema.ts')
    const all = await said(repo)
    expect(all).toHaveLength(1)
    expect(all[0]).toContain('it imports tags.ts, which is not staged')
    expect(all[0]).toContain('git add tags.ts')
    repo.git('add', 'tags.ts')
    expect(await said(repo)).toEqual([])
  })

  test('a file that git ignores is no part of a commit, and may be imported', async () => {
    const repo = repository({ '.gitignore': 'node_modules\ngenerated.ts\n' })
    write(repo.path, {
      'schema.ts': `${BASE}export * from './generated'\n`,
      'generated.ts': `export const LIMIT = 3\n`,
    })
    repo.git('add', '--all')
    expect(await said(repo)).toEqual([])
  })

  test('a file that was taken out of the index and is still on disk', async () => {
    const repo = repository({
      'schema.ts': `${BASE}export * from './tags'\n`,
      'tags.ts': `export const LIMIT = 3\n`,
    })
    repo.git('rm', '--quiet', '--cached', 'tags.ts')
    expect((await said(repo))[0]).toContain('it imports tags.ts, which is not staged')
  })

  test('a schema that is renamed along with the config', async () => {
    const repo = repository()
    renameSync(join(repo.path, 'schema.ts'), join(repo.path, 'tables.ts'))
    repo.write('drizzle.config.ts', config(`schema: './tables.ts'`))
    repo.git('add', '--all')
    expect(await said(repo)).toEqual([])
    rmSync(join(repo.path, 'tables.ts'))
    repo.write('schema.ts', BASE)
    expect(await said(repo)).toEqual([])
  })
})

describe('what production lacks already', () => {
  test('is one warning, and the rest blocks', async () => {
    const repo = repository({ 'schema.ts': ADDED })
    repo.write('schema.ts', `// tables\n${ADDED}`)
    repo.git('add', '--all')
    const known =
      /^warn schema-without-migration: The schema in HEAD already has changes that no migration makes: posts\.body added\./
    expect(await said(repo)).toEqual([expect.stringMatching(known)])
    repo.write('schema.ts', ADDED_TWICE)
    repo.git('add', '--all')
    const all = (await said(repo)).sort()
    expect(all).toEqual([
      expect.stringMatching(
        /^error schema-without-migration: The schema has changes that no migration makes: posts\.note added\./,
      ),
      expect.stringMatching(known),
    ])
  })

  test('is no matter for a commit of other files', async () => {
    const repo = repository({ 'schema.ts': ADDED })
    repo.write('README.md', 'hello')
    repo.git('add', '--all')
    expect(await said(repo)).toEqual([])
  })
})

describe('a schema that cannot be read', () => {
  const broken = `${BASE}}\n`

  test('stops a commit that touches it, and names the ways out', async () => {
    const repo = repository()
    repo.write('schema.ts', broken)
    repo.git('add', '--all')
    const all = await said(repo)
    expect(all).toHaveLength(1)
    expect(all[0]).toMatch(
      /^problem: drizzle\.config\.ts: the schema could not be compared with the migrations: schema\.ts:/,
    )
    expect(all[0]).toContain(`sync: 'off'`)
    expect(all[0]).toContain(
      `projects: [{ config: 'drizzle.config.ts', families: ['history', 'migration'] }]`,
    )
  })

  test('is said to a commit that does not touch it, and does not stop it', async () => {
    const repo = repository({ 'schema.ts': broken })
    repo.write('README.md', 'hello')
    repo.git('add', '--all')
    const all = await said(repo)
    expect(all).toHaveLength(1)
    expect(all[0]).toMatch(/^warn schema-without-migration: The schema could not be compared/)
  })

  test.each([
    ['is not installed', null, /drizzle-kit is not installed/],
    ['is too old', '0.20.18', /drizzle-kit 0\.20\.18 needs a terminal to answer/],
    ['is a beta of 1.0', '1.0.0-beta.1', /drizzle-kit 1\.0\.0-beta\.1 needs a terminal to answer/],
    [
      'has another layout',
      '1.0.0-rc.5',
      /drizzle has the layout of drizzle-kit 0\.x, but 1\.0\.0-rc\.5 is installed/,
    ],
  ])('because drizzle-kit %s', async (_why, version, reason) => {
    const repo = repository({}, null)
    if (version !== null)
      write(repo.path, {
        'node_modules/drizzle-kit/package.json': JSON.stringify({ name: 'drizzle-kit', version }),
      })
    repo.write('schema.ts', ADDED)
    repo.git('add', '--all')
    const all = await said(repo)
    expect(all).toHaveLength(1)
    expect(all[0]).toMatch(reason)
    repo.git('reset', '--quiet', '--hard')
    repo.write('README.md', 'hello')
    repo.git('add', '--all')
    expect((await said(repo))[0]).toMatch(/^warn schema-without-migration/)
  })
})

describe('the configuration', () => {
  test.each([
    ['off', { sync: 'off' }],
    ['left to the push', { sync: { at: 'push' } }],
    [
      'off for the project',
      { projects: [{ config: 'drizzle.config.ts', families: ['history', 'migration'] }] },
    ],
    ['off by its rule', { rules: { 'schema-without-migration': 'off' } }],
  ])('%s', async (_name, migrationLint) => {
    const repo = repository({ 'migration-lint.config.json': JSON.stringify(migrationLint) })
    repo.write('schema.ts', ADDED)
    repo.git('add', '--all')
    expect(await said(repo)).toEqual([])
    if ('sync' in migrationLint && migrationLint.sync !== 'off') {
      const { findings } = await checkIn(repo.path)
      expect(findings.map(({ rule }) => rule)).toEqual(['schema-without-migration'])
    }
  })
})

describe('a project without migrations', () => {
  const bare = (): Repository => {
    const repo = made.create()
    install(KIT, repo.path)
    write(repo.path, { '.gitignore': 'node_modules\n', ...BASE_PROJECT })
    return repo
  }

  test('brings its schema to the database in another way', async () => {
    const repo = bare()
    repo.git('add', '--all')
    expect(await said(repo)).toEqual([])
  })

  test('whose first migration is not staged', async () => {
    const repo = bare()
    repo.commit('base')
    write(repo.path, { 'schema.ts': `// one\n${BASE}`, ...first })
    repo.git('add', 'schema.ts')
    const all = await said(repo)
    expect(all).toHaveLength(1)
    expect(all[0]).toContain('git add drizzle/')
  })
})

describe('several projects', () => {
  const shared = (schema: string): Files => ({
    '.gitignore': 'node_modules\n',
    'shared/schema.ts': schema,
    ...Object.fromEntries(
      ['a', 'b'].flatMap((name) => [
        [`${name}/drizzle.config.ts`, config(`schema: '../shared/schema.ts'`)],
        ...Object.entries(first).map(([path, content]) => [`${name}/${path}`, content]),
      ]),
    ),
  })

  test('of one schema: each needs its migration', async () => {
    const repo = made.create()
    install(KIT, repo.path)
    write(repo.path, shared(BASE))
    repo.commit('base')
    repo.write('shared/schema.ts', ADDED)
    write(join(repo.path, 'a'), second)
    repo.git('add', '--all')
    const all = await said(repo)
    expect(all).toHaveLength(1)
    expect(all[0]).toMatch(MISSING)
    expect(all[0]).toContain('cd b && npx drizzle-kit generate && git add drizzle')
  })
})

describe('real commits', () => {
  /** A hook as it is installed, but for where the command line is. */
  function withHook(repo: Repository): Repository {
    const hook = `#!/bin/sh\nexec '${process.execPath}' '${builtCli()}' --staged\n`
    const hooks = join(repo.path, repo.git('rev-parse', '--git-path', 'hooks'))
    mkdirSync(hooks, { recursive: true })
    writeFileSync(join(hooks, 'pre-commit'), hook, { mode: 0o755 })
    return repo
  }
  const commits = ({ git }: Repository, ...args: string[]): boolean => {
    try {
      git('commit', '--quiet', '-m', 'next', ...args)
      return true
    } catch (error) {
      expect(String((error as { stderr: unknown }).stderr)).toContain('posts.body')
      return false
    }
  }

  test('git commit -a takes the schema, and not the new files of the migration', () => {
    const repo = withHook(repository())
    write(repo.path, { 'schema.ts': ADDED, ...second })
    expect(commits(repo, '-a')).toBe(false)
    repo.git('add', 'drizzle')
    expect(commits(repo, '-a')).toBe(true)
  })

  test('git commit FILE takes the file as it is on disk', () => {
    const repo = withHook(repository())
    write(repo.path, { 'schema.ts': ADDED, ...second })
    repo.git('add', '--all')
    expect(commits(repo, 'schema.ts')).toBe(false)
    expect(commits(repo, 'schema.ts', 'drizzle')).toBe(true)
  })

  test('amending that adds the migration passes, that takes it away does not', () => {
    const repo = withHook(repository())
    repo.git('checkout', '--quiet', '-b', 'feature')
    write(repo.path, { 'schema.ts': ADDED })
    repo.git('commit', '--quiet', '--no-verify', '-am', 'without')
    write(repo.path, second)
    repo.git('add', '--all')
    expect(commits(repo, '--amend')).toBe(true)
    repo.git('rm', '--quiet', '--cached', sql, snapshot)
    write(repo.path, { [journal]: first[journal]! })
    repo.git('add', journal)
    expect(commits(repo, '--amend')).toBe(false)
  })

  test('a linked worktree', () => {
    const repo = withHook(repository())
    const place = join(made.folder(), 'linked')
    repo.git('worktree', 'add', '--quiet', '-b', 'linked', place)
    symlinkSync(join(repo.path, 'node_modules'), join(place, 'node_modules'))
    appendFileSync(join(repo.path, '.git/info/exclude'), 'node_modules\n')
    const git = (...args: string[]) => repo.git('-C', place, ...args)
    write(place, { 'schema.ts': ADDED })
    git('add', 'schema.ts')
    expect(commits({ ...repo, git })).toBe(false)
    write(place, second)
    git('add', '--all')
    expect(commits({ ...repo, git })).toBe(true)
  })
})

describe('what Node reads of package.json', () => {
  // `#columns` is one file or another, by what package.json says.
  const imports = (file: string) =>
    JSON.stringify({ type: 'module', imports: { '#columns': `./${file}` } })
  const files = {
    'package.json': imports('a.ts'),
    'a.ts': 'export const more = {}\n',
    'b.ts': `import { text } from 'drizzle-orm/pg-core'\nexport const more = { body: text('body') }\n`,
    'schema.ts': `import { more } from '#columns'\n${edit(BASE, [`  title: text`, `  ...more,\n  title: text`])}`,
  }

  test('is part of what an answer depends on', async () => {
    const repo = repository(files)
    const run = () => builtRun(repo.path)
    repo.write('note.ts', '// to be committed\n')
    repo.write('schema.ts', `${files['schema.ts']}// seen\n`)
    repo.git('add', '--all')
    expect(run()).toMatchObject({ status: 0 })
    repo.write('package.json', imports('b.ts'))
    repo.git('add', '--all')
    expect(run()).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('posts.body added') as string,
    })
  })

  test('is what is staged, or nothing is said', async () => {
    const repo = repository(files)
    repo.write('schema.ts', `${files['schema.ts']}// seen\n`)
    repo.git('add', '--all')
    repo.write('package.json', imports('b.ts'))
    expect(await said(repo)).toEqual([
      expect.stringMatching(
        /^problem: .*Node resolves its imports by the package\.json on disk, and the index has another \(imports\)/,
      ),
    ])
  })

  test('may differ in everything else', async () => {
    const repo = repository(files)
    repo.write('schema.ts', `${files['schema.ts']}// seen\n`)
    repo.git('add', '--all')
    repo.write('package.json', JSON.stringify({ ...JSON.parse(imports('a.ts')), version: '2.0.0' }))
    expect(await said(repo)).toEqual([])
  })

  test('a new file in place of the one that production imports is news to production', async () => {
    const repo = repository({
      'columns/index.ts': 'export const more = {}\n',
      'schema.ts': `import { more } from './columns'\n${edit(BASE, [`  title: text`, `  ...more,\n  title: text`])}`,
    })
    const run = () => builtRun(repo.path)
    repo.write('columns.ts', files['b.ts'])
    repo.git('add', '--all')
    const expected = { status: 1, stdout: expect.stringContaining('posts.body added') as string }
    expect(run()).toMatchObject(expected)
    expect(run()).toMatchObject(expected)
  })
})

/** The built command line has a cache. */
function builtRun(cwd: string): { status: number | null; stdout: string } {
  return spawnSync(process.execPath, [builtCli(), '--staged'], {
    cwd,
    env: isolatedEnvironment(),
    encoding: 'utf8',
  })
}
