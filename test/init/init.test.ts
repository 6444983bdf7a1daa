import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { problemOf, useRepositories } from '../git/fixtures.ts'
import {
  MANIFEST,
  alsoInstalled,
  cleanPath,
  drizzleProject,
  expectProtected,
  expectRemoved,
  packageManagers,
  plannedFor,
  projectIn,
  read,
  runInit,
} from './setUp.ts'

const made = useRepositories()

function repository(files: Record<string, string> = {}) {
  const one = projectIn(made.create(), files)
  alsoInstalled(one, 'husky', '9.1.7')
  return one
}

describe('a repository without hooks', () => {
  it('is protected by one command, and is as it was after --remove', async () => {
    const project = repository()
    const before = project.git('rev-parse', 'HEAD')
    const { code, text } = await runInit(project)
    expect(text).toContain(
      'Proof: the pre-commit hook refuses schema.ts with one more nullable column',
    )
    expect(code).toBe(0)
    // Nothing is staged, and the proof leaves nothing.
    expect(project.git('diff', '--cached', '--stat')).toBe('')
    expect(project.git('count-objects')).toBe(project.git('count-objects'))
    expect(JSON.parse(read(project, 'package.json')!)).toMatchObject({
      scripts: { 'db:lint': 'migration-lint', prepare: 'husky || true' },
      devDependencies: { husky: '^9.1.7', 'migration-lint': '^0.1.0' },
    })
    expect(read(project, '.husky/pre-push')).toBe(
      'sh node_modules/migration-lint/hooks/pre-push "$@"\n',
    )
    project.commit('set up')
    expectProtected(project)
    await expectRemoved(project, before)
    expect(project.git('config', '--default', 'none', 'core.hooksPath')).toBe('none')
  })

  it('is told what leaves out locks and running code, and takes it', async () => {
    const project = repository()
    const offer = expect.stringContaining('add --downtime')
    expect((await plannedFor(project)).notes.facts).toContainEqual(offer)
    const { text, notes } = await plannedFor(project, { vscode: false, downtime: true })
    expect(notes.facts).not.toContainEqual(offer)
    expect(JSON.parse(text('migration-lint.config.json'))).toMatchObject({
      projects: [{ config: 'drizzle.config.ts', downtime: true }],
    })
  })

  it('changes nothing a second time', async () => {
    const project = repository()
    await runInit(project)
    project.commit('set up')
    const { code, text } = await runInit(project)
    expect(text).toContain('Everything is set up already.')
    expect(code).toBe(0)
    expect(project.git('status', '--porcelain')).toBe('')
  })

  it('asks first, and without a terminal wants --yes', async () => {
    const project = repository()
    const problem = await problemOf(() => runInit(project, { yes: false }))
    expect(problem).toMatchObject({ help: 'Add --yes to write it.' })
    expect(project.git('status', '--porcelain')).toBe('')
  })

  it('installs with the package manager; where that fails, all is as it was', async () => {
    const project = projectIn(made.create(), { 'pnpm-lock.yaml': '' })
    const failing = packageManagers(made.folder(), 'echo no network >&2; exit 1')
    const problem = await problemOf(() => runInit(project, { PATH: cleanPath(failing) }))
    expect(problem.message).toMatch(
      /^pnpm install failed; all files are as they were: [^]*no network/,
    )
    expect(project.git('status', '--porcelain')).toBe('')
    expect(existsSync(join(project.path, '.git/migration-lint.init.json'))).toBe(false)

    const husky = join(project.path, 'node_modules/husky')
    const tools = made.folder()
    alsoInstalled({ ...project, path: tools }, 'husky', '9.1.7')
    const working = packageManagers(made.folder(), `ln -s '${tools}/node_modules/husky' '${husky}'`)
    expect(await runInit(project, { PATH: cleanPath(working) })).toMatchObject({ code: 0 })
    expect(project.git('config', 'core.hooksPath')).toBe('.husky/_')
  })
})

describe('taking back', () => {
  it('goes by content in another clone, and leaves what was changed since', async () => {
    const project = repository()
    const before = project.git('rev-parse', 'HEAD')
    await runInit(project)
    rmSync(join(project.path, '.git/migration-lint.init.json'))
    project.write('.husky/pre-push', 'sh node_modules/migration-lint/hooks/pre-push --tags "$@"\n')
    project.commit('set up')
    const { text } = await runInit(project, { remove: true })
    expect(text).toContain(
      '.husky/pre-push still names migration-lint in a line that was changed since',
    )
    expect(text).toContain('To remove it: npm uninstall migration-lint')
    project.git('add', '--all')
    const left = project.git('diff', '--cached', '--name-only', before)
    expect(left.split('\n')).toEqual(['.husky/pre-push', 'package.json'])
    // Who has installed husky only the first clone knows.
    expect(JSON.parse(read(project, 'package.json')!).scripts).toEqual({
      ...JSON.parse(MANIFEST).scripts,
      prepare: 'husky || true',
    })
  })

  it('keeps the work that was done on package.json since', async () => {
    const project = repository()
    await runInit(project)
    const text = read(project, 'package.json')!
    project.write(
      'package.json',
      text.replace('"private": true', '"private": true,\n  "license": "MIT"'),
    )
    await runInit(project, { remove: true })
    expect(read(project, 'package.json')).toBe(
      MANIFEST.replace('"private": true', '"private": true,\n  "license": "MIT"'),
    )
  })
})

describe('what init refuses', () => {
  it('a repository without Drizzle, a folder without git, a project without package.json', async () => {
    const plain = made.create()
    plain.write('package.json', '{}')
    expect(await problemOf(() => runInit(plain))).toMatchObject({
      message: expect.stringContaining('no Drizzle project found'),
    })
    const outside = made.folder()
    expect(await problemOf(() => runInit({ path: outside }))).toMatchObject({
      message: expect.stringContaining('is not in a git repository'),
    })
    const bare = made.create()
    for (const [file, text] of Object.entries(drizzleProject())) bare.write(file, text)
    expect(await problemOf(() => runInit(bare))).toMatchObject({
      message: expect.stringContaining('no package.json found'),
    })
  })

  it('Plug’n’Play of Yarn, with what to do instead', async () => {
    const pnp = projectIn(made.create(), { 'yarn.lock': '', '.pnp.cjs': '', '.yarnrc.yml': '' })
    expect(await problemOf(() => runInit(pnp))).toMatchObject({
      message: expect.stringContaining("Yarn Plug'n'Play keeps no node_modules"),
      help: expect.stringContaining('nodeLinker: node-modules'),
    })
    expect(pnp.git('status', '--porcelain')).toBe('')
  })

  it('a read-only file, before anything is written', async () => {
    const project = repository()
    chmodSync(join(project.path, 'package.json'), 0o444)
    const problem = await problemOf(() => runInit(project))
    expect(problem.message).toBe('package.json is read-only; nothing was changed')
    expect(existsSync(join(project.path, '.husky'))).toBe(false)
  })

  it('to follow a link out of the repository', async () => {
    const project = repository()
    const elsewhere = made.folder()
    mkdirSync(join(elsewhere, 'workflows'))
    symlinkSync(elsewhere, join(project.path, '.github'))
    project.git('remote', 'add', 'origin', 'git@github.com:a/shop.git')
    const { text } = await runInit(project)
    expect(text).toContain(
      '.github/workflows/migration-lint.yml is a link to a place outside of the repository',
    )
    expect(existsSync(join(elsewhere, 'workflows/migration-lint.yml'))).toBe(false)
  })
})

it('adds a project that came after the list was written, and draws a baseline where the past has findings', async () => {
  const drop = 'ALTER TABLE "users" DROP COLUMN "display_name";\n'
  const base = drizzleProject()
  const sql = Object.keys(base).find((path) => path.endsWith('.sql'))!
  const project = repository({
    'migration-lint.config.json': '{ "projects": [{ "config": "drizzle.config.ts" }] }\n',
    [sql]: base[sql]! + drop,
  })
  for (const [file, text] of Object.entries(drizzleProject('second'))) project.write(file, text)
  const { text } = await runInit(project)
  expect(text).toContain('in deployed migrations are set aside by "baseline"')
  expect(JSON.parse(read(project, 'migration-lint.config.json')!).projects).toEqual([
    { config: 'drizzle.config.ts', baseline: sql.slice('drizzle/'.length, -'.sql'.length) },
    { config: 'second/drizzle.config.ts' },
  ])
  expect((await runInit(project)).text).toContain('Everything is set up already.')
})

it('finishes what an earlier run has left half done', async () => {
  const project = repository({
    '.husky/pre-commit': 'sh node_modules/migration-lint/hooks/pre-commit\n',
  })
  const { code } = await runInit(project)
  expect(code).toBe(0)
  expect(read(project, '.husky/pre-commit')!.match(/migration-lint/g)).toHaveLength(1)
  project.commit('set up')
  expectProtected(project)
})
