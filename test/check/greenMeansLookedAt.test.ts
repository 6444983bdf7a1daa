import { rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Selection } from '../../src/check/options.ts'
import type { CheckResult } from '../../src/check/result.ts'
import { builtCli } from '../built.ts'
import { type Files, generated, install } from '../drizzle/kit/kits.ts'
import { BASE_PROJECT } from '../drizzle/kit/scenarios.ts'
import { BASE, config, edit } from '../drizzle/kit/schemas.ts'
import { useRepositories } from '../git/fixtures.ts'
import type { Repository } from '../git/repository.ts'
import { CREATE_USERS, checkIn, drizzleConfig, journalFolder, writeFiles } from './projects.ts'

// Ways to pass the guard without being looked at, each in a real repository.
const made = useRepositories()
const KIT = '0.31.11'
const ADDED = edit(BASE, [`  title: text`, `  body: text('body'),\n  title: text`])
const TAGS = `import { pgTable, serial } from 'drizzle-orm/pg-core'
export const tags = pgTable('tags', { id: serial('id') })
`
const STAGED: Selection = { kind: 'staged' }

let migrations: Files

beforeAll(() => {
  builtCli()
  migrations = generated(KIT, BASE_PROJECT)
})

/** A repository whose only commit is clean: production has it. */
function repository(files: Files = {}, kit = true): Repository {
  const repo = made.create()
  if (kit) install(KIT, repo.path)
  writeFiles(repo.path, {
    '.gitignore': 'node_modules\n',
    'package.json': '{}',
    ...BASE_PROJECT,
    ...migrations,
    ...files,
  })
  repo.commit('base')
  return repo
}

/** Stages some files and says what a commit of them is told. */
async function staging(repo: Repository, files: Files): Promise<string[]> {
  writeFiles(repo.path, files)
  repo.git('add', '--all')
  return said(await checkIn(repo.path, STAGED, { only: ['sync'] }))
}

function said({ findings, problems }: CheckResult): string[] {
  return [
    ...problems.map(({ message }) => `problem: ${message}`),
    ...findings.map(({ rule, severity, message }) => `${severity} ${rule}: ${message}`),
  ]
}

const MISSING = /^error schema-without-migration: The schema has changes that no migration makes/

describe('an edit of the drizzle config is held against the config that production has', () => {
  test('another schema file', async () => {
    const repo = repository({ 'more.ts': TAGS })
    const [one] = await staging(repo, {
      'drizzle.config.ts': config(`schema: ['./schema.ts', './more.ts']`),
    })
    expect(one).toMatch(MISSING)
    expect(one).toContain('table tags added')
  })

  test('a casing that names columns anew', async () => {
    const plain = edit(BASE, [`text('display_name')`, 'text()'])
    const first = generated(KIT, { ...BASE_PROJECT, 'schema.ts': plain })
    const repo = made.create()
    install(KIT, repo.path)
    const files = { '.gitignore': 'node_modules\n', ...BASE_PROJECT, 'schema.ts': plain, ...first }
    writeFiles(repo.path, files)
    repo.commit('base')
    const all = await staging(repo, {
      'drizzle.config.ts': config(`schema: './schema.ts', casing: 'snake_case'`),
    })
    expect(all.some((line) => line.startsWith('error '))).toBe(true)
  })

  test('what production lacks by its own config stays one warning', async () => {
    const repo = repository({ 'schema.ts': ADDED })
    const [one, ...more] = await staging(repo, {
      'drizzle.config.ts': `// about the database\n${config()}`,
    })
    expect(one).toMatch(/^warn schema-without-migration: The schema in HEAD already has changes/)
    expect(more).toEqual([])
  })
})

describe('a drizzle config that is gone', () => {
  test.each([
    ['spelled', {}],
    [
      'computed',
      {
        'paths.ts': `export const schema = './schema.ts'\n`,
        'drizzle.config.ts': `import { schema } from './paths'\n${config('schema')}`,
      },
    ],
  ])(
    'with a schema that is %s, while its migrations remain, cannot be passed over',
    async (_, files) => {
      const repo = repository(files)
      repo.git('rm', '--quiet', 'drizzle.config.ts')
      const result = await checkIn(repo.path, STAGED)
      expect(said(result)).toEqual([
        expect.stringMatching(/^problem: drizzle\.config\.ts is gone, but drizzle is still there/),
      ])
    },
  )

  test('with everything else is one line', async () => {
    const other = Object.fromEntries(
      Object.entries(journalFolder({ '0000_users': CREATE_USERS }, 'other/drizzle')),
    )
    const repo = repository(other as Files)
    repo.git('rm', '--quiet', '-r', 'drizzle.config.ts', 'schema.ts', 'drizzle')
    const result = await checkIn(repo.path, STAGED, { only: ['sync'] })
    expect(said(result)).toEqual([])
    expect(result.notices).toEqual([
      'drizzle.config.ts is gone, with its schema and its migrations.',
    ])
  })

  test('for another name is followed', async () => {
    const repo = repository()
    repo.git('mv', 'drizzle.config.ts', 'drizzle.config.mts')
    expect(await staging(repo, { 'schema.ts': ADDED })).toEqual([expect.stringMatching(MISSING)])
  })
})

test('the flags of drizzle-kit generate in a script are a config', async () => {
  const script = (schema: string) =>
    JSON.stringify({
      scripts: {
        generate: `drizzle-kit generate --dialect postgresql --schema=${schema} --out ./drizzle`,
      },
    })
  const repo = made.create()
  install(KIT, repo.path)
  const files = { '.gitignore': 'node_modules\n', 'schema.ts': BASE, 'more.ts': TAGS }
  writeFiles(repo.path, { ...files, ...migrations, 'package.json': script('./schema.ts') })
  repo.commit('base')
  expect(await staging(repo, { 'package.json': script('./more.ts') })).not.toEqual([])
  const [one] = await staging(repo, { 'package.json': script('./schema.ts'), 'schema.ts': ADDED })
  expect(one).toMatch(MISSING)
  const all = await checkIn(repo.path, STAGED, { only: ['sync'] })
  expect(all.findings[0]?.help).toBe('Run: npm run generate && git add drizzle')
})

describe('an `out` without migrations', () => {
  const moved = () => config().replace('./drizzle', './moved')

  test('is a problem where production has them elsewhere', async () => {
    expect(await staging(repository(), { 'drizzle.config.ts': moved() })).toEqual([
      expect.stringMatching(
        /^problem: drizzle\.config\.ts: .* its migrations lie in drizzle in HEAD, but there are none in moved$/,
      ),
    ])
  })

  test('is said where there never were any, with the key that accepts it', async () => {
    const repo = made.create()
    install(KIT, repo.path)
    writeFiles(repo.path, { '.gitignore': 'node_modules\n', ...BASE_PROJECT })
    repo.commit('base')
    writeFiles(repo.path, { 'schema.ts': ADDED })
    repo.git('add', '--all')
    const { notices, problems, projects } = await checkIn(repo.path, STAGED)
    expect(problems).toEqual([])
    expect(notices).toEqual([
      expect.stringContaining(`families: ['history', 'migration'] }] in the configuration.`),
    ])
    expect(projects?.[0]?.families.sync).toMatchObject({ state: 'nothing' })
  })
})

describe('what lies on disk is not what is committed', () => {
  test.each(['--assume-unchanged', '--skip-worktree'])('with %s', async (flag) => {
    const repo = repository()
    repo.write('schema.ts', ADDED)
    repo.git('add', '--all')
    repo.git('update-index', flag, 'schema.ts')
    repo.write('schema.ts', BASE)
    const result = await checkIn(repo.path, STAGED, { only: ['sync'] })
    expect(said(result)).toEqual([expect.stringMatching(MISSING)])
  })

  test('in a package.json by which Node resolves imports', async () => {
    const imports = (file: string) => JSON.stringify({ imports: { '#tables': file } })
    const repo = repository({
      'package.json': imports('./tables.ts'),
      'tables.ts': BASE,
      'other.ts': ADDED,
      'schema.ts': `export * from '#tables'\n`,
    })
    writeFiles(repo.path, { 'package.json': imports('./other.ts') })
    repo.git('add', '--all')
    writeFiles(repo.path, { 'package.json': imports('./tables.ts') })
    const result = await checkIn(repo.path, STAGED, { only: ['sync'] })
    expect(said(result)).toEqual([
      expect.stringContaining('Node resolves its imports by the package.json on disk'),
    ])
  })
})

describe('a commit that only touches what the comparison stands on', () => {
  test('the modules that a drizzle config imports', async () => {
    const repo = repository({
      'paths.ts': `export const schema = ['./schema.ts']\n`,
      'more.ts': TAGS,
      'drizzle.config.ts': `import { schema } from './paths'\n${config('schema')}`,
    })
    const all = await staging(repo, {
      'paths.ts': `export const schema = ['./schema.ts', './more.ts']\n`,
    })
    expect(all).toEqual([expect.stringMatching(MISSING)])
  })

  test.each([
    ['that the config names', {}],
    [
      'that a module of the config names',
      {
        'paths.ts': `export const schema = './schema.ts'\n`,
        'drizzle.config.ts': `import { schema } from './paths'\n${config('schema')}`,
      },
    ],
  ])('a file that a schema %s imports and that is no longer there', async (_, files) => {
    const repo = repository({
      'schema.ts': `export * from './tables/users'\n`,
      'tables/users.ts': BASE,
      ...files,
    })
    repo.git('mv', 'tables/users.ts', 'users.ts')
    expect(said(await checkIn(repo.path, STAGED, { only: ['sync'] }))).toEqual([
      expect.stringMatching(/^problem: .*tables\/users/),
    ])
  })

  test('a file behind a barrel, where drizzle-kit is not installed', async () => {
    const repo = repository(
      { 'schema.ts': `export * from './tables/users'\n`, 'tables/users.ts': BASE },
      false,
    )
    expect(await staging(repo, { 'tables/users.ts': ADDED })).toEqual([
      expect.stringMatching(/^problem: .* drizzle-kit is not installed/),
    ])
  })
})

test('an edit of a table that production lacks is not excused by that', async () => {
  const repo = repository({ 'more.ts': TAGS, 'schema.ts': `${BASE}\nexport * from './more'\n` })
  const [one] = await staging(repo, {
    'more.ts': TAGS.replace(`serial('id')`, `serial('id'), added: serial('added')`),
  })
  expect(one).toMatch(MISSING)
})

describe('the account of a run', () => {
  const projectIn = (folder: string): Files =>
    Object.fromEntries([
      [`${folder}/drizzle.config.ts`, drizzleConfig()],
      [`${folder}/package.json`, '{}'],
      ...Object.entries(journalFolder({ '0000_users': CREATE_USERS }, `${folder}/drizzle`)),
    ]) as Files

  /** What was left out, by name. */
  const off = ({ projects = [] }: CheckResult) =>
    projects.flatMap(({ name, families: { sync } }) =>
      sync.state === 'off' ? [`${name}: ${sync.reason}`] : [],
    )

  test('says which projects lie outside of the working directory', async () => {
    const repo = made.create()
    writeFiles(repo.path, {
      ...projectIn('apps/a'),
      ...projectIn('apps/b'),
      'web/package.json': '{}',
    })
    repo.commit('base')
    const from = (folder: string, selection: Selection = { kind: 'default' }) =>
      checkIn(join(repo.path, folder), selection)
    const OTHER = ['apps/b/drizzle.config.ts: the working directory']
    expect(off(await from('apps/a'))).toEqual(OTHER)
    expect(off(await from('apps/a/drizzle/meta'))).toEqual(OTHER)
    for (const folder of ['', 'apps', 'web']) expect(off(await from(folder))).toEqual([])
    expect(off(await from('apps/a', STAGED))).toEqual([])
  })

  test('says which lie in folders that are skipped', async () => {
    const repo = made.create()
    writeFiles(repo.path, { ...projectIn('app'), ...projectIn('templates/next') })
    repo.commit('base')
    expect(off(await checkIn(repo.path))).toEqual([
      'templates/next/drizzle.config.ts: a folder named templates',
    ])
  })

  test('says which our configuration does not list, and which were not asked for', async () => {
    const repo = made.create()
    writeFiles(repo.path, {
      ...projectIn('a'),
      ...projectIn('b'),
      'migration-lint.config.json': JSON.stringify({
        projects: [{ config: 'a/drizzle.config.ts' }],
      }),
    })
    repo.commit('base')
    const listed = await checkIn(repo.path)
    expect(off(listed)).toEqual(['b/drizzle.config.ts: projects in the configuration'])
    rmSync(join(repo.path, 'migration-lint.config.json'))
    const asked = await checkIn(repo.path, undefined, { projects: ['a'] })
    expect(off(asked)).toEqual(['b/drizzle.config.ts: --project'])
  })

  test('tells what was compared and what there was nothing to compare of', async () => {
    const repo = repository()
    rmSync(join(repo.path, 'node_modules'), { recursive: true })
    const whole = await checkIn(repo.path)
    expect(whole.projects).toEqual([
      {
        name: 'drizzle.config.ts',
        dialect: 'postgresql',
        migrations: 1,
        families: {
          sync: { state: 'not-compared', reason: expect.stringContaining('not installed') },
          history: { state: 'compared' },
          migration: { state: 'unchanged' },
        },
      },
    ])
    symlinkSync(join(import.meta.dirname, '../../node_modules'), join(repo.path, 'node_modules'))
    const [again] = (await checkIn(repo.path)).projects!
    expect(again?.families.sync).toEqual({ state: 'compared' })
  })
})
