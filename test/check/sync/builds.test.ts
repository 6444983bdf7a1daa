import { cpSync, existsSync, mkdirSync, symlinkSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CheckResult } from '../../../src/check/result.ts'
import { builtCli } from '../../built.ts'
import { generated, install, type Files, write } from '../../drizzle/kit/kits.ts'
import { BASE_PROJECT } from '../../drizzle/kit/scenarios.ts'
import { BASE, config, edit } from '../../drizzle/kit/schemas.ts'
import { useRepositories } from '../../git/fixtures.ts'
import type { Repository } from '../../git/repository.ts'
import { checkIn } from '../projects.ts'

// Monorepos whose drizzle config names what a build writes, and whose schemas import what one writes.

const made = useRepositories()
const KIT = '0.31.11'
const ADDED = edit(BASE, [`  title: text`, `  body: text('body'),\n  title: text`])
const STAGED = { kind: 'staged' } as const
const PACKAGE = JSON.stringify({ name: '@acme/db', type: 'module', scripts: { build: 'tsc' } })

let repo: Repository

beforeAll(() => {
  builtCli()
})

function monorepo(files: Files): Repository {
  const repository = made.create()
  install(KIT, repository.path)
  const migrations = generated(KIT, BASE_PROJECT)
  write(repository.path, {
    '.gitignore': 'node_modules\ndist\n',
    'package.json': '{ "private": true, "workspaces": ["packages/*"] }',
    'package-lock.json': '{ "lockfileVersion": 3 }',
    ...Object.fromEntries(
      Object.entries(migrations).map(([path, text]) => [`packages/db/${path}`, text]),
    ),
    ...files,
  })
  return repository
}

/** `rule message`, of problems the message; then the notices. */
function said({ findings, problems, notices = [] }: CheckResult): string[] {
  return [
    ...problems.map(({ message, help }) => `problem: ${message} ${help}`),
    ...findings.map(({ severity, file, message }) => `${severity} ${file} ${message}`),
    ...notices.map((notice) => `notice: ${notice}`),
  ]
}

async function staging(files: Files): Promise<string[]> {
  write(repo.path, files)
  repo.git('add', '--all')
  return said(await checkIn(repo.path, STAGED, { only: ['sync'] }))
}

/** The schema as a compiler leaves it; types are all that it takes away. */
function build(schema: string, at = Date.now() / 1000 + 60): void {
  const file = join(repo.path, 'packages/db/dist/src/schema.js')
  mkdirSync(join(file, '..'), { recursive: true })
  write(repo.path, { 'packages/db/dist/src/schema.js': schema })
  utimesSync(file, at, at)
}

describe('a schema that a build writes and git ignores', () => {
  beforeEach(() => {
    repo = monorepo({
      'packages/db/package.json': PACKAGE,
      'packages/db/drizzle.config.ts': config(`schema: './dist/src/schema.js'`),
      'packages/db/src/schema.ts': BASE,
      'packages/web/package.json': '{ "name": "web" }',
    })
    build(BASE)
    repo.commit('base')
  })

  it('is compared as it lies on disk, and placed at what it is made of', async () => {
    build(ADDED)
    const [finding, notice] = await staging({ 'packages/db/src/schema.ts': ADDED })
    expect(finding).toMatch(
      /^error packages\/db\/src\/schema\.ts The schema has changes that no migration makes: posts\.body added/,
    )
    expect(notice).toBe(
      'notice: packages/db/drizzle.config.ts: the schema is a build that git ignores (packages/db/dist/src/schema.js) and was compared as it is on disk, which may be stale. Build it (npm run build --workspace packages/db) and check again.',
    )
  })

  it('is never passed in silence where it is older than its source', async () => {
    build(BASE, 1_700_000_000)
    expect(await staging({ 'packages/db/src/schema.ts': ADDED })).toEqual([
      expect.stringContaining(
        'the schema was compared with the build in packages/db/dist/src/schema.js, which is older than packages/db/src/schema.ts.',
      ),
    ])
  })

  it('is no matter for a commit of another package', async () => {
    build(ADDED)
    expect(await staging({ 'packages/web/page.ts': 'export {}' })).toEqual([])
  })

  it('stops a commit of its package where it is not built, and names the build', async () => {
    repo.git('clean', '-qfdX', 'packages/db/dist')
    expect(await staging({ 'packages/db/src/schema.ts': ADDED })).toEqual([
      expect.stringMatching(
        /^problem: .*packages\/db\/dist\/src\/schema\.js matches no file in the index.*run that first: npm run build --workspace packages\/db\./,
      ),
    ])
  })

  it('leaves no commit to the hook alone: git does not know what a build is made of', async () => {
    const list = join(repo.path, '.git/migration-lint.paths')
    expect(await checkIn(repo.path, STAGED)).toMatchObject({ problems: [] })
    expect(existsSync(list)).toBe(false)
    write(repo.path, { 'packages/db/drizzle.config.ts': config(`schema: './src/schema.ts'`) })
    repo.commit('sources')
    await checkIn(repo.path, STAGED)
    expect(existsSync(list)).toBe(true)
  })

  it('is compared in the working directory too', async () => {
    repo.git('checkout', '-qb', 'feature')
    build(ADDED)
    repo.write('packages/db/src/schema.ts', ADDED)
    const base = { kind: 'base', ref: 'main' } as const
    expect(said(await checkIn(repo.path, base, { only: ['sync'] }))[0]).toContain('posts.body')
  })
})

describe('a schema that imports a package which is not built', () => {
  beforeEach(() => {
    repo = monorepo({
      'packages/db/package.json': JSON.stringify({
        name: '@acme/db',
        dependencies: { '@acme/columns': '*' },
      }),
      'packages/db/drizzle.config.ts': config(`schema: './schema.ts'`),
      'packages/db/schema.ts': edit(BASE, [
        `  title: text`,
        `  ...columns,\n  title: text`,
      ]).replace(/^/, `import { columns } from '@acme/columns'\n`),
      'packages/columns/package.json': JSON.stringify({
        name: '@acme/columns',
        main: './dist/index.js',
        dependencies: { '@acme/base': '*' },
        scripts: { build: 'tsc' },
      }),
      'packages/columns/src/index.ts': 'export const columns = {}\n',
      'packages/base/package.json': '{ "name": "@acme/base" }',
      'packages/base/index.js': '',
      'packages/web/package.json': '{ "name": "web" }',
    })
    mkdirSync(join(repo.path, 'node_modules/@acme'))
    symlinkSync('../../packages/columns', join(repo.path, 'node_modules/@acme/columns'))
    repo.commit('base')
    repo.git('checkout', '-qb', 'feature')
  })

  /** What CI is told of a branch. */
  async function branch(files: Files): Promise<string[]> {
    write(repo.path, files)
    const base = { kind: 'base', ref: 'main' } as const
    return said(await checkIn(repo.path, base, { only: ['sync'] }))
  }

  const unbuilt =
    /could not be compared with the migrations: @acme\/columns, a package of this repository, is not built.* npm run build --workspace packages\/columns/

  it.each([
    ['the schema', 'packages/db/schema.ts', `export * from '@acme/columns'\n`],
    ['a file of its package', 'packages/db/index.ts', 'export {}'],
    ['a package that it depends on', 'packages/columns/src/index.ts', 'export {}'],
    ['one that that depends on', 'packages/base/index.js', 'module.exports = {}'],
    ['the lock file', 'package-lock.json', '{}'],
  ])('stops a branch that changes %s, and says what to build', async (_, path, text) => {
    const all = await branch({ [path]: text })
    expect(all).toEqual([expect.stringMatching(unbuilt)])
    expect(all[0]).toMatch(/^problem/)
  })

  it.each([
    ['another package', 'packages/web/page.ts'],
    ['prose', 'packages/db/README.md'],
  ])('is a warning to a branch that changes %s', async (_, path) => {
    const all = await branch({ [path]: 'x' })
    expect(all).toEqual([expect.stringMatching(/^warn /)])
    expect(all[0]).toContain('@acme/columns')
  })

  it('is the same to a commit', async () => {
    expect(await staging({ 'packages/web/page.ts': 'x' })).toEqual([
      expect.stringMatching(/^warn /),
    ])
    expect(await staging({ 'packages/columns/src/index.ts': 'export {}' })).toEqual([
      expect.stringMatching(unbuilt),
    ])
  })

  it('is said with its age where the build of that package is older than its source', async () => {
    cpSync(join(repo.path, 'packages/columns/src'), join(repo.path, 'packages/columns/dist'), {
      recursive: true,
    })
    const built = join(repo.path, 'packages/columns/dist/index.js')
    write(repo.path, { 'packages/columns/dist/index.js': 'exports.columns = {}\n' })
    utimesSync(built, 1_700_000_000, 1_700_000_000)
    expect(
      await staging({
        'packages/columns/src/index.ts': `import { text } from 'drizzle-orm/pg-core'\nexport const columns = { body: text('body') }\n`,
      }),
    ).toEqual([
      expect.stringContaining(
        'packages/columns/dist/index.js, which is older than packages/columns/src/index.ts. Build it (npm run build --workspace packages/columns)',
      ),
    ])
  })
})
