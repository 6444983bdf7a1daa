import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setJson, valueAt } from '../../json/edit.ts'
import { HOOKS, type HookName, hookCommand, runsHook } from '../../setup/hookLines.ts'
import { type Setup, withBins } from '../../setup/setup.ts'
import { Refusal } from '../refusal.ts'
import type { Step } from '../step.ts'
import { readYaml, withEntry, withoutEntry } from '../yaml.ts'

/** A command of lefthook for each hook (https://lefthook.dev/configuration/). */
export const lefthook: Step = {
  add(plan) {
    const { setup, files, notes } = plan
    const path = fileOf(setup)
    if (path.endsWith('.toml')) throw byHand(setup, path)
    const text = files.read(path)!
    let next = text
    for (const name of HOOKS) {
      const commands = commandsIn(path, next, name)
      const known = commands.find((command) => runsHook(command.run, name))
      if (known === undefined) next = added(setup, path, next, name)
      else if (name === 'pre-push' && !known.hasInput) {
        notes.leave(
          path,
          `${path} runs our pre-push without stdin, so it checks nothing`,
          'Add to that command: use_stdin: true',
        )
      }
    }
    if (next !== text) files.write(path, next, 'runs migration-lint')
    if (isRunning(setup)) return
    notes.task({
      what: 'let git run lefthook',
      command: 'npx lefthook install',
      run: () => installHooks(setup),
    })
  },
  remove(plan) {
    const { setup, files, notes } = plan
    const path = fileOf(setup)
    const text = files.read(path)!
    let next = text
    for (const name of HOOKS) next = removed(setup, path, next, name)
    if (next !== text) files.write(path, next, 'no longer runs migration-lint')
    if (next.includes('migration-lint')) {
      notes.leave(path, `${path} still names migration-lint in lines that were changed since`)
    }
  },
}

interface Command {
  readonly run: string
  readonly hasInput: boolean
}

function fileOf({ hooks }: Setup): string {
  return hooks.kind === 'lefthook' ? hooks.file : 'lefthook.yml'
}

/** What lefthook puts in place of a hook's arguments. */
const ARGUMENTS = { 'pre-commit': '', 'pre-push': '{1} {2}', 'post-merge': '{1}' } as const

function commandOf(name: HookName, packageFolder: string): string {
  return hookCommand(name, packageFolder, ARGUMENTS[name])
}

function isJson(path: string): boolean {
  return /\.jsonc?$/.test(path)
}

function hookAt(path: string, text: string, name: HookName): Record<string, unknown> {
  const all = isJson(path) ? valueAt(text, []) : readYaml(text)
  const hook = (all as Record<string, unknown> | null | undefined)?.[name]
  return hook !== null && typeof hook === 'object' ? (hook as Record<string, unknown>) : {}
}

function commandsIn(path: string, text: string, name: HookName): readonly Command[] {
  const { commands, jobs } = hookAt(path, text, name)
  return [
    ...Object.values(commands ?? {}),
    ...(Array.isArray(jobs) ? (jobs as unknown[]) : []),
  ].map((one) => {
    const { run, use_stdin } = (one ?? {}) as Record<string, unknown>
    return { run: String(run ?? ''), hasInput: use_stdin === true }
  })
}

function added(setup: Setup, path: string, text: string, name: HookName): string {
  const { packageFolder } = setup
  if (isJson(path)) {
    const value = {
      run: commandOf(name, packageFolder),
      ...(name === 'pre-push' ? { use_stdin: true } : {}),
    }
    const { jobs } = hookAt(path, text, name)
    if (Array.isArray(jobs))
      return setJson(text, [name, 'jobs', -1], { name: 'migration-lint', ...value })
    return setJson(text, [name, 'commands', 'migration-lint'], value)
  }
  const { jobs } = hookAt(path, text, name)
  const next = Array.isArray(jobs)
    ? withEntry(text, [name, 'jobs'], jobLines(name, packageFolder))
    : withEntry(text, [name, 'commands'], commandLines(name, packageFolder))
  if (next === null) throw byHand(setup, path)
  return next
}

function removed(setup: Setup, path: string, text: string, name: HookName): string {
  const { packageFolder } = setup
  if (path.endsWith('.toml')) return text
  if (!isJson(path)) {
    const without = withoutEntry(text, [name, 'jobs'], jobLines(name, packageFolder))
    return withoutEntry(without, [name, 'commands'], commandLines(name, packageFolder))
  }
  const run = commandOf(name, packageFolder)
  const { jobs, commands } = hookAt(path, text, name)
  const own = (commands as Record<string, { run?: unknown } | undefined> | undefined)?.[
    'migration-lint'
  ]
  if (own?.run === run) return setJson(text, [name, 'commands', 'migration-lint'], undefined)
  const job = Array.isArray(jobs) ? jobs.findIndex((one: { run?: unknown }) => one.run === run) : -1
  return job < 0 ? text : setJson(text, [name, 'jobs', job], undefined)
}

function commandLines(name: HookName, packageFolder: string): readonly string[] {
  const lines = [`  run: ${commandOf(name, packageFolder)}`]
  if (name === 'pre-push') lines.push('  use_stdin: true')
  return ['migration-lint:', ...lines]
}

function jobLines(name: HookName, packageFolder: string): readonly string[] {
  const [, ...lines] = commandLines(name, packageFolder)
  return ['- name: migration-lint', ...lines]
}

function isRunning({ hookPlaces }: Setup): boolean {
  return HOOKS.every((name) => {
    const file = join(hookPlaces.folder, name)
    return existsSync(file) && /lefthook/i.test(readFileSync(file, 'utf8'))
  })
}

function installHooks(setup: Setup): void {
  const options = { cwd: setup.root, env: withBins(setup), encoding: 'utf8' } as const
  const { error, status, stderr } = spawnSync('lefthook', ['install'], options)
  if (error) throw new Refusal(fileOf(setup), 'lefthook was not found')
  if (status !== 0) throw new Refusal(fileOf(setup), `lefthook install failed: ${stderr.trim()}`)
}

function byHand({ packageFolder }: Setup, path: string): Refusal {
  const lines = HOOKS.map((name) => {
    const input = name === 'pre-push' ? ', with use_stdin: true' : ''
    return `${name}: ${commandOf(name, packageFolder)}${input}`
  })
  return new Refusal(
    path,
    `${path} cannot be edited without rewriting it`,
    `Add a command to each of these hooks:\n${lines.join('\n')}`,
  )
}
