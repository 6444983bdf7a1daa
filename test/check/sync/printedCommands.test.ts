import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { arrived } from '../../../src/commands/arrived.ts'
import { builtCli } from '../../built.ts'
import { type Files, generated, install, write } from '../../drizzle/kit/kits.ts'
import { BASE_PROJECT } from '../../drizzle/kit/scenarios.ts'
import { BASE, edit } from '../../drizzle/kit/schemas.ts'
import { useRepositories } from '../../git/fixtures.ts'
import { isolatedEnvironment, type Repository } from '../../git/repository.ts'
import { checkIn } from '../projects.ts'

// Every command that a message about the schema prints is pasted into a shell where it was read, and
// the next check must have nothing to say.

const made = useRepositories()
const KIT = '0.31.11'
const ADDED = edit(BASE, [`  title: text`, `  body: text('body'),\n  title: text`])
const SCRIPT = '{ "name": "db", "scripts": { "db:generate": "drizzle-kit generate" } }'

/** A file for each package manager, by which it is recognized. */
const LOCKS = {
  npm: 'package-lock.json',
  pnpm: 'pnpm-lock.yaml',
  yarn: 'yarn.lock',
  bun: 'bun.lock',
}
type Manager = keyof typeof LOCKS

/** npm is everywhere that Node.js is; what else is installed is tried too. */
const MANAGERS = (Object.keys(LOCKS) as Manager[]).filter(
  (name) => spawnSync(name, ['--version'], { shell: true }).status === 0,
)
const SHELLS = ['sh', 'fish', 'pwsh'].filter(
  (name) => spawnSync(name, ['-c', 'exit 0']).status === 0,
)

/** A repository with one package in a folder; all of it is committed. */
function monorepo(folder: string, manager: Manager, manifest = SCRIPT): Repository {
  const repo = made.create()
  install(KIT, repo.path)
  mkdirSync(join(repo.path, 'node_modules/.bin'))
  symlinkSync('../drizzle-kit/bin.cjs', join(repo.path, 'node_modules/.bin/drizzle-kit'))
  write(repo.path, {
    '.gitignore': 'node_modules\n',
    'package.json': JSON.stringify({ private: true, workspaces: [folder || 'x'] }),
    'pnpm-workspace.yaml': `packages: [${JSON.stringify(folder)}]\n`,
    [LOCKS[manager]]: manager === 'npm' ? '{ "lockfileVersion": 3 }' : '',
    ...below(folder, {
      ...BASE_PROJECT,
      ...generated(KIT, BASE_PROJECT),
      'package.json': manifest,
    }),
  })
  repo.commit('base')
  return repo
}

function below(folder: string, files: Files): Files {
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => [join(folder, path), content]),
  )
}

/** What a person who stands in a folder is told to do about what is staged. */
async function helpIn({ path }: Repository, here: string): Promise<string> {
  const env = { GIT_PREFIX: here === '' ? '' : `${here}/` }
  const { findings, problems } = await checkIn(path, { kind: 'staged' }, { env })
  const open = [...findings.filter(({ suppressed }) => !suppressed), ...problems]
  return open.map(({ help }) => help).join('\n')
}

/** Pastes a command. */
function paste(command: string, cwd: string, shell = 'sh'): void {
  const { status, stdout, stderr } = spawnSync(shell, ['-c', command], {
    cwd,
    env: isolatedEnvironment({ npm_config_offline: 'true' }),
    encoding: 'utf8',
  })
  expect(stdout + stderr + String(status), `${shell}: ${command}`).toMatch(/0$/)
}

/** The command in what a person is told. */
async function commandIn(repo: Repository, here: string, where: RegExp): Promise<string> {
  const help = await helpIn(repo, here)
  expect(help).toMatch(where)
  return where.exec(help)![1]!
}

const RUN = /^Run: (.*)$/m

beforeAll(() => {
  builtCli()
})

describe.each(MANAGERS)('%s', (manager) => {
  it.each([
    ['packages/db', 'packages/db'],
    ['packages/my db', ''],
  ])('generates and stages for %s, pasted in "%s"', async (folder, here) => {
    const repo = monorepo(folder, manager)
    repo.write(`${folder}/schema.ts`, ADDED)
    repo.git('add', '--all')
    const command = await commandIn(repo, here, RUN)
    expect(command).toContain('db:generate')
    paste(command, join(repo.path, here), here === '' ? SHELLS.at(-1) : 'sh')
    expect(await helpIn(repo, here)).toBe('')
  })

  it('does so without a script', async () => {
    const here = ''
    const repo = monorepo('packages/my db', manager, '{ "name": "db" }')
    repo.write('packages/my db/schema.ts', ADDED)
    repo.git('add', '--all')
    const command = await commandIn(repo, here, RUN)
    paste(command, join(repo.path, here))
    expect(await helpIn(repo, here)).toBe('')
  })
})

describe.each(['', 'packages/my db'])('pasted in "%s"', (here) => {
  const folder = 'packages/my db'

  it('a migration that is not staged is staged', async () => {
    const repo = monorepo(folder, 'npm')
    const next = generated(KIT, {
      ...BASE_PROJECT,
      ...generated(KIT, BASE_PROJECT),
      'schema.ts': ADDED,
    })
    write(repo.path, below(folder, { ...next, 'schema.ts': ADDED }))
    repo.git('add', `${folder}/schema.ts`)
    const command = await commandIn(repo, here, RUN)
    paste(command, join(repo.path, here))
    expect(await helpIn(repo, here)).toBe('')

    repo.git('reset', '--quiet', '--', `${folder}/drizzle/meta/_journal.json`)
    const rest = await commandIn(repo, here, RUN)
    paste(rest, join(repo.path, here))
    expect(await helpIn(repo, here)).toBe('')
  })

  it('an import that is not staged is staged', async () => {
    const repo = monorepo(folder, 'npm')
    repo.write(`${folder}/more.ts`, 'export const more = 1\n')
    repo.write(`${folder}/schema.ts`, `import './more'\n${BASE}`)
    repo.git('add', `${folder}/schema.ts`)
    const said = /^Stage it too: (git add .*?)(?:; to skip.*)?$/m
    const command = await commandIn(repo, here, said)
    paste(command, join(repo.path, here))
    expect(await helpIn(repo, here)).toBe('')
  })

  it('migrations that were left behind when `out` was moved are moved too', async () => {
    const repo = monorepo(folder, 'npm')
    const moved = BASE_PROJECT['drizzle.config.ts']!.replace('./drizzle', './db/migrations')
    write(repo.path, { [`${folder}/drizzle.config.ts`]: moved, [`${folder}/db/keep`]: '' })
    repo.git('add', '--all')
    const said = /move the migrations there too: (git mv .*?)(?:; to skip.*)?$/m
    paste(await commandIn(repo, here, said), join(repo.path, here))
    expect(await helpIn(repo, here)).toBe('')
  })

  it('what a merge brought is applied', async () => {
    const scripts = { 'db:migrate': 'node migrate.js' }
    const repo = monorepo(folder, 'npm', JSON.stringify({ name: 'db', scripts }))
    write(repo.path, {
      [`${folder}/migrate.js`]: `require('node:fs').writeFileSync('applied', '')\n`,
    })
    repo.commit('migrator')
    repo.git('checkout', '--quiet', '-b', 'theirs')
    const next = generated(KIT, {
      ...BASE_PROJECT,
      ...generated(KIT, BASE_PROJECT),
      'schema.ts': ADDED,
    })
    write(repo.path, below(folder, { ...next, 'schema.ts': ADDED }))
    repo.commit('a migration')
    repo.git('checkout', '--quiet', 'main')
    repo.git('merge', '--quiet', 'theirs')
    const text = await arrived(repo.path, isolatedEnvironment({ GIT_PREFIX: here && `${here}/` }))
    const [, command = ''] = /^Apply: (.*)$/m.exec(text) ?? []
    expect(command).toContain('db:migrate')
    paste(command, join(repo.path, here))
    expect(existsSync(join(repo.path, folder, 'applied'))).toBe(true)
  })

  it('a question about a renamed column is asked, and its answer staged', async () => {
    const repo = monorepo(folder, 'npm')
    repo.write(`${folder}/schema.ts`, edit(BASE, [`'display_name'`, `'shown_as'`]))
    repo.git('add', '--all')
    const help = await helpIn(repo, here)
    const said = /^In a terminal, run: (.*) \(it asks about each\), then: (.*)$/m
    const [, generate = '', add = ''] = said.exec(help) ?? []
    // Without a terminal drizzle-kit only says that it would ask, and writes nothing.
    const asked = spawnSync('sh', ['-c', `${generate}; ${add}`], {
      cwd: join(repo.path, here),
      env: isolatedEnvironment({ npm_config_offline: 'true' }),
      encoding: 'utf8',
    })
    // It is drizzle-kit that asks, and it says so.
    expect(asked.stdout + asked.stderr).toMatch(/shown_as|Interactive prompts/)
    expect(asked.status).toBe(0)
  })
})
