import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { useRepositories } from '../git/fixtures.ts'
import { MANIFEST, plannedFor, projectIn } from './setUp.ts'

const made = useRepositories()

/** What init would write into a repository of these files. */
const planned = (files: Record<string, string>, origin = 'git@github.com:a/shop.git') => {
  const project = projectIn(made.create(), files)
  project.git('remote', 'add', 'origin', origin)
  return plannedFor(project)
}

const WORKFLOW = '.github/workflows/migration-lint.yml'

const managers: Record<string, { files: Record<string, string>; runs: readonly string[] }> = {
  npm: { files: { 'package-lock.json': '{}' }, runs: ['npm ci', 'npx migration-lint'] },
  'npm without a lock file': { files: {}, runs: ['npm install', 'npx migration-lint'] },
  pnpm: {
    files: { 'pnpm-lock.yaml': '' },
    runs: ['pnpm install --frozen-lockfile', 'pnpm exec migration-lint'],
  },
  'yarn 1': {
    files: { 'yarn.lock': '' },
    runs: ['yarn install --frozen-lockfile', 'yarn migration-lint'],
  },
  'yarn 4': {
    files: { 'yarn.lock': '', '.yarnrc.yml': 'nodeLinker: node-modules\n' },
    runs: ['yarn install --immutable', 'yarn migration-lint'],
  },
  bun: {
    files: { 'bun.lock': '' },
    runs: ['bun install --frozen-lockfile', 'bunx migration-lint'],
  },
}

const hooks: Record<string, { files: Record<string, string>; edited: string }> = {
  none: { files: {}, edited: '.husky/pre-commit' },
  husky: { files: { '.husky/pre-commit': 'true\n' }, edited: '.husky/pre-commit' },
  lefthook: { files: { 'lefthook.yml': '' }, edited: 'lefthook.yml' },
  'simple-git-hooks': {
    files: { '.simple-git-hooks.json': '{}' },
    edited: '.simple-git-hooks.json',
  },
  'the pre-commit framework': {
    files: { '.pre-commit-config.yaml': 'repos:\n  - repo: local\n    hooks: []\n' },
    edited: '.pre-commit-config.yaml',
  },
}

describe('every pair of package manager and hooks', () => {
  const pairs = Object.keys(managers).flatMap((manager) =>
    Object.keys(hooks).map((hook) => [manager, hook] as const),
  )

  it.each(pairs)('%s with %s', async (manager, hook) => {
    const { edits, text, notes } = await planned({
      ...managers[manager]!.files,
      ...hooks[hook]!.files,
    })
    expect(notes.leftovers).toEqual([])
    expect(text(hooks[hook]!.edited)).toContain('sh node_modules/migration-lint/hooks/pre-commit')
    const own = JSON.parse(text('package.json')) as Record<string, Record<string, string>>
    expect(own.devDependencies?.husky).toBe(hook === 'none' ? '^9.1.7' : undefined)
    const starts = manager === 'yarn 4' ? 'postinstall' : 'prepare'
    expect(own.scripts?.[starts]).toBe(hook === 'none' ? 'husky || true' : undefined)
    const steps = parse(text(WORKFLOW)).jobs.migrations.steps as { run?: string }[]
    expect(steps.flatMap(({ run }) => run ?? [])).toEqual(managers[manager]!.runs)
    expect([...edits.keys()].filter((path) => path.includes('lock'))).toEqual([])
  })
})

describe('the workflow', () => {
  it('runs on everything that can be merged, with the whole history and no rights', async () => {
    const { text } = await planned({})
    const workflow = parse(text(WORKFLOW))
    expect(workflow.on).toEqual({
      pull_request: null,
      merge_group: null,
      push: { branches: ['main'] },
    })
    expect(workflow.permissions).toEqual({ contents: 'read' })
    expect(workflow.jobs.migrations.steps[0].with['fetch-depth']).toBe(0)
  })

  it('builds what the schema imports, and gives placeholders for the variables it names', async () => {
    const { text } = await planned({
      'pnpm-lock.yaml': '',
      'packages/env/package.json':
        '{ "name": "@shop/env", "main": "dist/index.js", "scripts": { "build": "tsc" } }',
      'packages/env/src/index.ts': 'export const key = process.env.NOT_SEEN\n',
      'packages/core/package.json':
        '{ "name": "@shop/core", "exports": { ".": { "types": "./x.d.ts", "default": "./src/index.ts" } } }',
      'packages/core/src/index.ts':
        "export const { SCHEMA_NAME } = process.env\nexport { key } from '@shop/env'\n",
      'schema.ts':
        "import { SCHEMA_NAME } from '@shop/core'\nimport type { X } from 'pg'\nimport { pgTable, text } from 'drizzle-orm/pg-core'\nexport const a = pgTable('a', { b: text() })\nexport const url = process.env.DATABASE_URL\n",
    })
    const { steps } = parse(text(WORKFLOW)).jobs.migrations
    expect(steps.map(({ run }: { run?: string }) => run)).toContain(
      "pnpm --filter '@shop/env...' run build",
    )
    expect(steps.at(-1).env).toEqual({
      DATABASE_URL: 'postgres://placeholder:placeholder@localhost:5432/placeholder',
      SCHEMA_NAME: 'placeholder',
    })
    expect(text(WORKFLOW)).not.toContain('secrets')
  })

  it('is not written where another one runs migration-lint', async () => {
    const { edits, notes } = await planned({
      '.github/workflows/ci.yml': 'jobs:\n  a:\n    steps:\n      - run: npx migration-lint\n',
    })
    expect(edits.has(WORKFLOW)).toBe(false)
    expect(notes.facts).toContain('.github/workflows/ci.yml runs migration-lint already')
  })

  it('of another author under its name stays', async () => {
    const { edits, notes } = await planned({ [WORKFLOW]: 'on: push\n' })
    expect(edits.has(WORKFLOW)).toBe(false)
    expect(notes.leftovers).toMatchObject([{ message: `${WORKFLOW} is there and is not ours` }])
  })
})

describe('other services', () => {
  const gitlab = 'git@gitlab.com:a/shop.git'

  it('GitLab gets a file of its own, and one that includes it where there is none', async () => {
    const { text } = await planned({}, gitlab)
    const { migrations } = parse(text('.gitlab/migration-lint.gitlab-ci.yml'))
    expect(migrations.variables.GIT_DEPTH).toBe('0')
    expect(migrations.script).toEqual([
      'npm install',
      'npx migration-lint --format gitlab=gl-code-quality-report.json',
    ])
    expect(migrations.artifacts).toEqual({
      when: 'always',
      reports: { codequality: 'gl-code-quality-report.json' },
    })
    expect(parse(text('.gitlab-ci.yml'))).toEqual({
      include: [{ local: '.gitlab/migration-lint.gitlab-ci.yml' }],
    })
  })

  it('of a user’s own GitLab file the line is told', async () => {
    const { edits, notes } = await planned(
      { '.gitlab-ci.yml': 'test:\n  script: [true]\n' },
      gitlab,
    )
    expect(edits.has('.gitlab-ci.yml')).toBe(false)
    expect(notes.leftovers).toMatchObject([
      { help: expect.stringContaining('include:\n  - local:') },
    ])
  })

  it('of all others the command is told', async () => {
    const { notes } = await planned({ '.circleci/config.yml': 'version: 2.1\n' })
    expect(notes.leftovers).toMatchObject([{ message: expect.stringContaining('CircleCI') }])
  })
})

describe('the configuration', () => {
  it('says which PostgreSQL compose files and CI name, and where', async () => {
    const { text, notes } = await planned({
      'compose.yaml': 'services:\n  db:\n    image: pgvector/pgvector:pg16\n',
    })
    expect(JSON.parse(text('migration-lint.config.json'))).toEqual({
      $schema: './node_modules/migration-lint/schema.json',
      projects: [{ config: 'drizzle.config.ts', postgres: { version: 16 } }],
    })
    expect(notes.facts).toContain('PostgreSQL 16: pgvector/pgvector:pg16 in compose.yaml')
  })

  it('does not choose between two of them', async () => {
    const { edits, notes } = await planned({
      'compose.yaml': 'services:\n  db:\n    image: postgres:16\n',
      '.github/workflows/ci.yml':
        'jobs:\n  a:\n    services:\n      db:\n        image: postgres:15-alpine\n',
    })
    expect(edits.has('migration-lint.config.json')).toBe(false)
    expect(notes.facts.join()).toContain('which PostgreSQL production has is not known')
  })

  it('says that neon-http has no transactions', async () => {
    const { text } = await planned({
      'src/migrate.ts': "import { migrate } from 'drizzle-orm/neon-http/migrator'\n",
    })
    expect(JSON.parse(text('migration-lint.config.json')).projects).toEqual([
      { config: 'drizzle.config.ts', migrator: 'none' },
    ])
  })

  it('is not written where nothing has to be said', async () => {
    const { edits } = await planned({ 'package.json': MANIFEST })
    expect(edits.has('migration-lint.config.json')).toBe(false)
  })
})
