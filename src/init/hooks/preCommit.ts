import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { HOOKS, type HookName, hookCommand } from '../../setup/hookLines.ts'
import { type Setup, withBins } from '../../setup/setup.ts'
import { Refusal } from '../refusal.ts'
import type { Step } from '../step.ts'
import { readYaml, withEntry, withoutEntry } from '../yaml.ts'

const FILE = '.pre-commit-config.yaml'

/** Which hooks `pre-commit install` is to install; without it, pre-commit alone. */
const TYPES = ['default_install_hook_types:', ...HOOKS.map((name) => `  - ${name}`)]

/** A local repository of three hooks in the configuration of the pre-commit framework. */
export const preCommit: Step = {
  add({ setup, files, notes }) {
    const text = files.read(FILE) ?? ''
    let next = text
    const missing = HOOKS.filter((name) => !isThere(text, name))
    if (missing.length > 0)
      next = edited(setup, next, ['repos'], repositoryLines(setup, missing, isOldVersion(setup)))
    const value = readYaml(text) as Record<string, unknown> | undefined
    const types = value?.default_install_hook_types
    if (types === undefined) next = edited(setup, next, [], TYPES)
    else if (Array.isArray(types) && HOOKS.some((name) => !types.includes(name))) {
      notes.leave(
        FILE,
        `${FILE} installs other hooks than those it needs`,
        `Add to default_install_hook_types: ${HOOKS.join(', ')}`,
      )
    }
    if (next !== text) files.write(FILE, next, 'runs migration-lint')
    if (isRunning(setup)) return
    notes.task({
      what: 'let git run the framework',
      command: `pre-commit install ${TYPE_OPTIONS.join(' ')}`,
      run: () => installHooks(setup),
    })
  },
  remove({ setup, files, notes }) {
    const text = files.read(FILE) ?? ''
    let next = withoutEntry(text, [], TYPES)
    for (const names of subsets()) {
      for (const isOld of [false, true]) {
        next = withoutEntry(next, ['repos'], repositoryLines(setup, names, isOld))
      }
    }
    if (next !== text) files.write(FILE, next, 'no longer runs migration-lint')
    if (next.includes('migration-lint')) {
      notes.leave(
        FILE,
        `${FILE} still names migration-lint in lines that are not as init writes them`,
      )
    }
  },
}

const TYPE_OPTIONS = HOOKS.flatMap((name) => ['--hook-type', name])

/** Which of the hooks may have been missing when they were added. */
function subsets(): readonly (readonly HookName[])[] {
  const all = [0, 1, 2, 3, 4, 5, 6, 7].map((bits) => HOOKS.filter((_, i) => (bits >> i) % 2 === 1))
  return all.filter((names) => names.length > 0).toSorted((a, b) => b.length - a.length)
}

/** Up to 3.1 the framework knew its stages by other names. */
const OLD_STAGES: Partial<Record<HookName, string>> = { 'pre-commit': 'commit', 'pre-push': 'push' }

function isOldVersion(setup: Setup): boolean {
  const { stdout } = spawnSync('pre-commit', ['--version'], {
    env: withBins(setup),
    encoding: 'utf8',
  })
  const [, major, minor] = /(\d+)\.(\d+)/.exec(stdout ?? '') ?? []
  return major !== undefined && (Number(major) < 3 || (major === '3' && Number(minor) < 2))
}

function repositoryLines(
  setup: Setup,
  names: readonly HookName[],
  isOld: boolean,
): readonly string[] {
  const own = names.flatMap((name) => {
    const stage = (isOld ? OLD_STAGES[name] : undefined) ?? name
    return hookLines(setup, name, stage).map((line) => `    ${line}`)
  })
  return ['- repo: local', '  hooks:', ...own]
}

function hookLines({ packageFolder }: Setup, name: HookName, stage: string): readonly string[] {
  const isCommit = name === 'pre-commit'
  return [
    `- id: migration-lint${isCommit ? '' : `-${name}`}`,
    `  name: migration-lint${isCommit ? '' : ` (${name})`}`,
    `  entry: ${hookCommand(name, packageFolder, '')}`,
    '  language: system',
    `  stages: [${stage}]`,
    '  pass_filenames: false',
    '  always_run: true',
    // The framework keeps what a passing hook prints to itself.
    ...(name === 'post-merge' ? ['  verbose: true'] : []),
  ]
}

function isThere(text: string, name: HookName): boolean {
  const value = readYaml(text) as { repos?: unknown } | undefined
  const repos = Array.isArray(value?.repos) ? (value.repos as Record<string, unknown>[]) : []
  const hooks = repos.flatMap(({ hooks }) => (Array.isArray(hooks) ? (hooks as unknown[]) : []))
  return hooks.some((hook) => {
    const { id, entry } = (hook ?? {}) as Record<string, unknown>
    if (name === 'pre-commit' && id === 'migration-lint') return true
    return String(entry).includes(`migration-lint/hooks/${name}`)
  })
}

function edited(
  setup: Setup,
  text: string,
  path: readonly string[],
  lines: readonly string[],
): string {
  const next = withEntry(text, path, lines)
  if (next !== null) return next
  const all = [
    ...TYPES,
    'repos:',
    ...repositoryLines(setup, HOOKS, isOldVersion(setup)).map((line) => `  ${line}`),
  ]
  throw new Refusal(
    FILE,
    `${FILE} cannot be edited without rewriting it`,
    `Add to it:\n${all.join('\n')}`,
  )
}

function isRunning({ hookPlaces }: Setup): boolean {
  return HOOKS.every((name) => {
    const file = join(hookPlaces.folder, name)
    return existsSync(file) && /pre-commit/.test(readFileSync(file, 'utf8'))
  })
}

function installHooks(setup: Setup): void {
  const options = { cwd: setup.root, env: withBins(setup), encoding: 'utf8' } as const
  const { error, status, stderr, stdout } = spawnSync(
    'pre-commit',
    ['install', ...TYPE_OPTIONS],
    options,
  )
  if (error) throw new Refusal(FILE, 'pre-commit was not found on the PATH')
  if (status !== 0)
    throw new Refusal(FILE, `pre-commit install failed: ${(stdout || stderr).trim()}`)
}
