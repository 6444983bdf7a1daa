import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
import { init } from '../../src/commands/init.ts'
import type { Edit } from '../../src/init/files.ts'
import { planInit } from '../../src/init/plan.ts'
import type { InitOptions } from '../../src/init/step.ts'
import { readSetup } from '../../src/setup/setup.ts'
import { builtCli } from '../built.ts'
import { type Files, generated, install } from '../drizzle/kit/kits.ts'
import { BASE_PROJECT } from '../drizzle/kit/scenarios.ts'
import { BASE, edit } from '../drizzle/kit/schemas.ts'
import { writeFiles } from '../check/projects.ts'
import { type Repository, isolatedEnvironment } from '../git/repository.ts'
import { installed } from '../installed.ts'

const top = path.join(import.meta.dirname, '../..')

/** A file of the base project as a developer would change it without making a migration. */
export const WITH_COLUMN = edit(BASE, [
  "  title: text('title')",
  "  body: text('body'),\n  title: text('title')",
])

export const MANIFEST = `{
  "name": "shop",
  "private": true,
  "type": "module",
  "scripts": {
    "db:generate": "drizzle-kit generate",
    "db:migrate": "drizzle-kit migrate"
  },
  "devDependencies": {
    "drizzle-kit": "^0.31.11"
  }
}
`

/** A Drizzle project with one migration, below a folder of the repository. */
export function drizzleProject(folder = ''): Files {
  const files = { ...BASE_PROJECT, ...generated('0.31.11', BASE_PROJECT) }
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [path.posix.join(folder, name), text]),
  )
}

/**
 * Makes a committed repository with a Drizzle project in which drizzle-kit and migration-lint lie in
 * `node_modules`, as its package manager would put them there.
 *
 * @param modules - the folder of `node_modules`
 */
export function projectIn(repository: Repository, files: Files = {}, modules = ''): Repository {
  install('0.31.11', path.join(repository.path, modules))
  link(repository, path.join(modules, 'node_modules/migration-lint'), top)
  link(repository, path.join(modules, 'node_modules/.bin/migration-lint'), builtCli())
  writeFiles(repository.path, {
    '.gitignore': 'node_modules\n',
    'package.json': MANIFEST,
    ...drizzleProject(),
    ...files,
  })
  repository.commit('what production has')
  return repository
}

export function link(repository: Repository, at: string, to: string): void {
  const file = path.join(repository.path, at)
  mkdirSync(path.dirname(file), { recursive: true })
  symlinkSync(to, file)
}

/** Installs a package beside it, once for all tests. */
export function alsoInstalled(
  repository: Repository,
  name: string,
  version: string,
  bins: Files = {},
): void {
  const modules = path.join(installed({ [name]: version }), 'node_modules')
  link(repository, `node_modules/${name}`, path.join(modules, name))
  for (const [bin, to] of Object.entries(bins)) {
    link(repository, `node_modules/.bin/${bin}`, path.join(modules, to))
  }
}

/**
 * A folder for the PATH with package managers that do nothing but leave a line.
 *
 * @param also - what they do besides, in sh
 */
export function packageManagers(folder: string, also = ''): string {
  for (const name of ['npm', 'pnpm', 'yarn', 'bun']) {
    const script = `#!/bin/sh\necho "${name} $*" >>'${folder}/calls'\n${also}\n`
    writeFileSync(path.join(folder, name), script, { mode: 0o755 })
  }
  return folder
}

/** The PATH without what the test run itself has put there. */
export function cleanPath(...first: string[]): string {
  const entries = (process.env.PATH ?? '').split(':')
  return [...first, ...entries.filter((entry) => !entry.includes('node_modules'))].join(':')
}

export interface InitOutcome {
  readonly code: number
  readonly text: string
}

/** Runs `init --yes` as the command line would. */
export async function runInit(
  { path: cwd }: { readonly path: string },
  more: {
    remove?: boolean
    json?: boolean
    vscode?: boolean
    downtime?: boolean
    yes?: boolean
    PATH?: string
    env?: NodeJS.ProcessEnv
  } = {},
): Promise<InitOutcome> {
  const {
    remove = false,
    json = false,
    vscode = false,
    downtime = false,
    yes = true,
    PATH = cleanPath(),
    env = {},
  } = more
  let shown = ''
  const arguments_ = {
    cwd,
    config: null,
    env: isolatedEnvironment({ PATH, ...env }),
    remove,
    yes,
    json,
    vscode,
    downtime,
  }
  const { code, text } = await init(arguments_, {
    version: '0.1.0',
    paint: (_, plain) => plain,
    show: (part) => {
      shown += part
      return Promise.resolve()
    },
    ask: null,
  })
  return { code, text: shown + text }
}

/** What init would write, without writing it. */
export async function plannedFor(
  { path: cwd }: { readonly path: string },
  options: InitOptions = { vscode: false, downtime: false },
) {
  const setup = await readSetup(cwd, isolatedEnvironment(), () =>
    Promise.resolve({ config: {}, source: null }),
  )
  const schemaRules = ['require-primary-key']
  const plan = await planInit(setup, {
    options,
    version: '0.1.0',
    schemaRules,
    baselines: new Map(),
  })
  const edits = new Map<string, Edit>(plan.files.changes().map((edit) => [edit.path, edit]))
  return { edits, text: (file: string) => edits.get(file)?.after ?? '', notes: plan.notes }
}

/** Runs git as its user would, hooks and all. */
export function git(
  repository: { readonly path: string },
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
) {
  const { status, stdout, stderr } = spawnSync('git', args, {
    cwd: repository.path,
    env: isolatedEnvironment({ PATH: cleanPath(), ...env }),
    encoding: 'utf8',
  })
  return { status, output: stdout + stderr }
}

export function read(repository: Repository, file: string): string | null {
  const full = path.join(repository.path, file)
  return existsSync(full) ? readFileSync(full, 'utf8') : null
}

/** One commit that is refused, and one that goes through. */
export function expectProtected(
  repository: Repository,
  schema = 'schema.ts',
  env: NodeJS.ProcessEnv = {},
): void {
  repository.write(schema, WITH_COLUMN)
  repository.git('add', '--all')
  const refused = git(repository, ['commit', '--quiet', '-m', 'a column'], env)
  expect(refused.output).toContain('schema-without-migration  posts.body')
  expect(refused.status).not.toBe(0)
  repository.write(schema, BASE)
  repository.write('a.txt', 'a')
  repository.git('add', '--all')
  const passed = git(repository, ['commit', '--quiet', '-m', 'another file'], env)
  expect(passed.output).not.toMatch(/schema-without|could not|error/)
  expect(passed.status).toBe(0)
  repository.git('reset', '--quiet', '--hard', 'HEAD~1')
}

/** After `--remove` nothing differs from what was committed before `init`. */
export async function expectRemoved(
  repository: Repository,
  before: string,
  PATH = cleanPath(),
): Promise<void> {
  repository.commit('set up')
  const { code, text } = await runInit(repository, { remove: true, PATH })
  expect({ code, text }).toMatchObject({ code: 0 })
  repository.git('add', '--all')
  expect(repository.git('diff', '--cached', '--stat', before)).toBe('')
}
