import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setJson, valueAt } from '../../json/edit.ts'
import { HOOKS, type HookName, hookCommand, runsHook } from '../../setup/hookLines.ts'
import { type Setup, withBins } from '../../setup/setup.ts'
import { Refusal } from '../refusal.ts'
import type { Step } from '../step.ts'

/** A command in the configuration of simple-git-hooks, joined to what a hook runs already. */
export const simpleGitHooks: Step = {
  add({ setup, files, notes }) {
    const { path, keys } = placeOf(setup)
    const text = files.read(path) ?? '{}\n'
    let next = text
    for (const name of HOOKS) {
      const command = hookCommand(name, setup.packageFolder)
      const there = valueAt(next, [...keys, name])
      if (typeof there === 'string' && runsHook(there, name)) continue
      next = setJson(next, [...keys, name], joined(path, name, there, command))
    }
    if (next !== text) files.write(path, next, 'runs migration-lint')
    if (isRunning(setup) && next === text) return
    notes.task({
      what: 'let git run them',
      command: 'npx simple-git-hooks',
      run: () => installHooks(setup),
    })
  },
  remove({ setup, files, notes }) {
    const { path, keys } = placeOf(setup)
    const text = files.read(path) ?? '{}\n'
    let next = text
    for (const name of HOOKS) {
      const there = valueAt(next, [...keys, name])
      if (typeof there !== 'string') continue
      const rest = without(there, hookCommand(name, setup.packageFolder))
      if (rest !== there) next = setJson(next, [...keys, name], rest)
      if (rest?.includes('migration-lint')) {
        notes.leave(path, `${name} in ${path} was changed since and stays`)
      }
    }
    if (next === text) return
    files.write(path, next, 'no longer runs migration-lint')
    notes.task({
      what: 'let git run what is left',
      command: 'npx simple-git-hooks',
      run: () => installHooks(setup),
    })
  },
}

/** Where the hooks stand. */
function placeOf(setup: Setup): { readonly path: string; readonly keys: readonly string[] } {
  const { hooks, packageFolder } = setup
  if (hooks.kind !== 'simple-git-hooks') throw new Error(`not simple-git-hooks: ${hooks.kind}`)
  if (hooks.inManifest) return { path: hooks.file, keys: ['simple-git-hooks'] }
  if (hooks.file.endsWith('.json')) return { path: hooks.file, keys: [] }
  const lines = HOOKS.map((name) => `'${name}': '${hookCommand(name, packageFolder)}',`)
  throw new Refusal(
    hooks.file,
    `${hooks.file} is a program and is not edited`,
    `Add to what it exports:\n${lines.join('\n')}`,
  )
}

/**
 * After what is there, since that may change what is staged; but before it in pre-push, where what is on
 * stdin can be read only once.
 */
function joined(path: string, name: HookName, there: unknown, command: string): string {
  if (typeof there !== 'string' || there.trim() === '') return command
  if (name !== 'pre-push') return `${there} && ${command}`
  if (/\blfs\b|\bread\b|\bcat\b/.test(there)) {
    throw new Refusal(
      path,
      `pre-push in ${path} reads stdin, which can be read only once`,
      `Run this with the same input: ${command}`,
    )
  }
  return `${command} && ${there}`
}

function without(there: string, command: string): string | undefined {
  if (there === command) return undefined
  if (there.endsWith(` && ${command}`)) return there.slice(0, -command.length - 4)
  if (there.startsWith(`${command} && `)) return there.slice(command.length + 4)
  return there
}

function isRunning({ hookPlaces }: Setup): boolean {
  return HOOKS.every((name) => {
    const file = join(hookPlaces.folder, name)
    return existsSync(file) && runsHook(readFileSync(file, 'utf8'), name)
  })
}

function installHooks(setup: Setup): void {
  const options = {
    cwd: join(setup.root, setup.packageFolder),
    env: withBins(setup),
    encoding: 'utf8',
  } as const
  const { error, status, stderr, stdout } = spawnSync('simple-git-hooks', [], options)
  if (error) throw new Refusal('package.json', 'simple-git-hooks is not installed in node_modules')
  if (status !== 0)
    throw new Refusal('package.json', `simple-git-hooks failed: ${(stderr || stdout).trim()}`)
}
