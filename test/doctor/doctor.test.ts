import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { doctor } from '../../src/commands/doctor.ts'
import { useRepositories } from '../git/fixtures.ts'
import {
  type Repository,
  createRepository,
  isolatedEnvironment,
  openRepository,
} from '../git/repository.ts'
import { alsoInstalled, cleanPath, drizzleProject, projectIn, runInit } from '../init/setUp.ts'

const made = useRepositories()

interface Told {
  readonly code: number
  readonly checks: readonly {
    readonly check: string
    readonly state: string
    readonly message: string
    readonly fix: string
  }[]
}

async function ask(
  { path: cwd }: { readonly path: string },
  env: NodeJS.ProcessEnv = {},
): Promise<Told> {
  const given = {
    cwd,
    config: null,
    env: isolatedEnvironment({ PATH: cleanPath(), ...env }),
    json: true,
  }
  const { code, text } = await doctor(given, (_, plain) => plain)
  return { code, checks: JSON.parse(text).checks }
}

/** What is not fine, in short. */
const troubles = ({ checks }: Told) =>
  checks
    .filter(({ state }) => state !== 'fine')
    .map(({ check, state, message, fix }) => `${state} ${check}: ${message} | ${fix}`)

let prepared: string

beforeAll(async () => {
  const project = createRepository()
  prepared = project.path
  projectIn(project)
  project.git('remote', 'add', 'origin', 'git@github.com:a/shop.git')
  project.git('update-ref', 'refs/remotes/origin/main', 'HEAD')
  alsoInstalled(project, 'husky', '9.1.7')
  await runInit(project)
  project.commit('set up')
})

afterAll(() => rmSync(prepared, { recursive: true, force: true }))

/** A repository as init leaves it, with more files in its last commit. */
function protectedProject(files: Record<string, string> = {}): Repository {
  const project = openRepository(made.folder())
  cpSync(prepared, project.path, { recursive: true, verbatimSymlinks: true })
  for (const [file, text] of Object.entries(files)) project.write(file, text)
  if (Object.keys(files).length > 0) project.commit('more')
  return project
}

describe('doctor', () => {
  it('finds a repository that init has set up in order', async () => {
    const told = await ask(protectedProject())
    expect(troubles(told)).toEqual([])
    expect(told.code).toBe(0)
    expect(told.checks.map(({ check }) => check)).toEqual([
      'installation',
      'pre-commit',
      'pre-push',
      'post-merge',
      'CI',
      'base',
      'drizzle-kit',
      'schema',
    ])
  })

  it('says that nothing protects a repository where nothing was set up', async () => {
    const told = await ask(projectIn(made.create()))
    expect(troubles(told)).toEqual([
      expect.stringContaining(
        'broken installation: migration-lint is in node_modules but not in package.json',
      ),
      'broken pre-commit: nothing runs at pre-commit | npx migration-lint init',
      expect.stringContaining('advice pre-push: nothing runs at pre-push; rebase and cherry-pick'),
      expect.stringContaining('advice CI: no CI runs migration-lint'),
    ])
    expect(told.code).toBe(1)
  })

  it('sees hooks that git does not reach', async () => {
    const project = protectedProject()
    project.git('config', '--unset', 'core.hooksPath')
    const [pre] = troubles(await ask(project))
    expect(pre).toBe(
      'broken pre-commit: husky has not been started in this clone, so git does not run .husky/pre-commit | npx husky',
    )
    project.git('config', 'core.hooksPath', '.elsewhere')
    expect(troubles(await ask(project))[0]).toMatch(
      /core\.hooksPath is \.elsewhere \(file:\.git\/config\)/,
    )

    project.git('config', 'core.hooksPath', '.husky/_')
    const linked = join(made.folder(), 'linked')
    project.git('worktree', 'add', '--quiet', '-b', 'other', linked)
    expect(troubles(await ask(project))).toEqual([
      expect.stringContaining(`advice worktrees: git runs no hooks in ${linked}`),
    ])
  })

  it('sees a script that is not executable, and a pre-push of lefthook without stdin', async () => {
    const scripts = projectIn(made.create())
    scripts.write(
      '.git/hooks/pre-commit',
      '#!/bin/sh\nsh node_modules/migration-lint/hooks/pre-commit\n',
    )
    chmodSync(join(scripts.path, '.git/hooks/pre-commit'), 0o644)
    expect(troubles(await ask(scripts))[1]).toBe(
      'broken pre-commit: .git/hooks/pre-commit is not executable, so git does not run it | chmod +x .git/hooks/pre-commit',
    )
    const lefthook = projectIn(made.create(), {
      'lefthook.yml':
        'pre-push:\n  commands:\n    x:\n      run: sh node_modules/migration-lint/hooks/pre-push\n',
    })
    expect(troubles(await ask(lefthook)).join('\n')).toContain(
      'lefthook.yml does not pass stdin to our pre-push hook, so it checks nothing',
    )
  })

  it('sees names in the configuration that match nothing, and a project that it leaves out', async () => {
    const project = protectedProject({
      'migration-lint.config.json': JSON.stringify({
        base: 'production',
        projects: [
          { config: 'drizzle.config.ts', baseline: '0099_gone', smallTables: ['users', 'nowhere'] },
        ],
        acknowledged: [{ migration: '0098_gone', rule: 'drop-column', reason: 'x' }],
      }),
    })
    for (const [file, text] of Object.entries(drizzleProject('second'))) project.write(file, text)
    const told = await ask(project)
    const all = troubles(told).filter((line) => /^\w+ (?:configuration|base):/.test(line))
    expect(all).toEqual([
      expect.stringContaining(
        'broken configuration: drizzle.config.ts: the baseline 0099_gone is not a migration in drizzle',
      ),
      expect.stringContaining(
        'advice configuration: acknowledged: drop-column in 0098_gone, which is not a migration',
      ),
      expect.stringContaining('advice configuration: drizzle.config.ts: smallTables names nowhere'),
      expect.stringContaining(
        'broken configuration: second/drizzle.config.ts is not among the projects',
      ),
      expect.stringContaining('broken base: "production"'),
    ])
  })

  it('sees a schema that does not load, with the variables it names, and a missing drizzle-kit', async () => {
    const project = protectedProject()
    project.write(
      'schema.ts',
      "export const url = process.env.DATABASE_URL\nthrow new Error('no database')\n",
    )
    const [broken] = troubles(await ask(project))
    expect(broken).toMatch(
      /broken schema: drizzle\.config\.ts: .*no database.*variables that are not set: DATABASE_URL/,
    )
    rmSync(join(project.path, 'node_modules/drizzle-kit'))
    expect(troubles(await ask(project)).join('\n')).toContain('drizzle-kit is not installed')
  })

  it('sees migrations that git ignores, a secret in git, and a push to production', async () => {
    const project = protectedProject({
      '.gitignore': 'node_modules\nmeta\n',
      'drizzle.config.ts':
        "export default { dialect: 'postgresql', schema: './schema.ts', out: './drizzle', dbCredentials: { url: process.env.DATABASE_URL } }\n",
      '.env.production': 'DATABASE_URL=postgres://admin:s3cret@db.shop.io/shop\n',
      '.env.example': 'DATABASE_URL=postgres://admin:s3cret@db.shop.io/shop\n',
      'package.json': readFileSync(join(prepared, 'package.json'), 'utf8').replace(
        '"drizzle-kit migrate"',
        '"drizzle-kit migrate",\n    "deploy:prod": "drizzle-kit push"',
      ),
    })
    const told = await ask(project)
    expect(troubles(told)).toEqual([
      expect.stringMatching(
        /broken migrations: .*git ignores drizzle\/meta\/_journal\.json \(\.gitignore:2:meta\)/,
      ),
      expect.stringMatching(/advice secrets: \.env\.production is in git and holds DATABASE_URL/),
      expect.stringMatching(
        /advice deployment: package\.json runs drizzle-kit push in the script "deploy:prod"/,
      ),
    ])
    expect(JSON.stringify(told)).not.toContain('s3cret')
  })

  it('sees a clone that is too shallow for its base', async () => {
    const project = protectedProject()
    project.git('branch', 'feature')
    const shallow = made.clone(project, '--depth=1', '--branch=feature')
    mkdirSync(join(shallow.path, 'node_modules'))
    const told = await ask(shallow)
    expect(told.checks.find(({ check }) => check === 'base')).toMatchObject({
      state: 'broken',
      fix: 'git fetch --unshallow origin',
    })
  })
})
