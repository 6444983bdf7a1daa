import { existsSync, rmSync, rmdirSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { HOOKS } from '../../setup/hookLines.ts'
import type { Setup } from '../../setup/setup.ts'
import { manifestPath } from '../dependencies.ts'
import { setJson, valueAt } from '../../json/edit.ts'
import { Refusal } from '../refusal.ts'
import type { Plan, Step } from '../step.ts'
import { type ScriptKind, withHook, withoutHook } from './shellScript.ts'

/** Our line in husky's scripts, and husky itself where nobody manages hooks. */
export const husky: Step = {
  add(plan) {
    const { setup, files, notes } = plan
    const { folder, style } = placeOf(setup)
    if (style === 'package.json') throw tooOld(setup)
    for (const name of HOOKS) {
      const path = `${folder}/${name}`
      const text = files.read(path)
      const next = withHook(text, name, setup.packageFolder, kindOf(style), path)
      if (next !== text) files.write(path, next, `runs migration-lint`, modeOf(style))
    }
    if (setup.hooks.kind === 'none') {
      addScript(plan)
      const { hooksPath } = setup.hookPlaces
      if (hooksPath !== null) {
        notes.fact(
          `git runs the hooks in ${hooksPath} now; in this repository it will run those of husky`,
        )
      }
    }
    if (isRunning(setup, folder)) return
    notes.task({
      what: 'let git run the hooks of husky',
      command: `npx husky${folder === '.husky' ? '' : ` ${folder}`}`,
      run: () => startHusky(setup, folder),
    })
  },
  remove(plan) {
    const { setup, files, notes, added } = plan
    const { folder, style } = placeOf(setup)
    for (const name of HOOKS) {
      const path = `${folder}/${name}`
      const text = files.read(path)
      if (text === null) continue
      const rest = withoutHook(text, name, setup.packageFolder, kindOf(style))
      if (rest !== text) files.write(path, rest, `no longer runs migration-lint`)
      if (rest?.includes('migration-lint')) {
        notes.leave(path, `${path} still names migration-lint in a line that was changed since`)
      }
    }
    if (added.includes('husky')) removeHusky(plan, folder)
  },
}

function placeOf({ hooks }: Setup) {
  return hooks.kind === 'husky' ? hooks : ({ folder: '.husky', style: 'plain' } as const)
}

type Style = ReturnType<typeof placeOf>['style']

/** husky 9 runs `sh -e`; up to version 8 git starts each script by itself. */
function kindOf(style: Style): ScriptKind {
  const header =
    style === 'sourced' ? ['#!/usr/bin/env sh', '. "$(dirname -- "$0")/_/husky.sh"', ''] : []
  return { stopsAtFailure: true, header }
}

function modeOf(style: Style): number | null {
  return style === 'sourced' ? 0o755 : null
}

/** The script that turns husky on wherever the packages are installed. */
function scriptOf({ packageFolder }: Setup): string {
  if (packageFolder === '') return 'husky || true'
  const up = packageFolder.replaceAll(/[^/]+/g, '..')
  return `cd ${up} && husky || true`
}

/** Yarn 2 and later run no `prepare` when they install. */
function scriptName({ manager, manifest, tree }: Setup): 'prepare' | 'postinstall' {
  const isBerry = manager === 'yarn' && tree.read('.yarnrc.yml') !== undefined
  return isBerry && manifest.private === true ? 'postinstall' : 'prepare'
}

function addScript({ setup, files }: Plan): void {
  const path = manifestPath(setup)
  const text = files.read(path) ?? '{}\n'
  const name = scriptName(setup)
  const script = scriptOf(setup)
  const there = valueAt(text, ['scripts', name])
  if (typeof there === 'string' && /\bhusky\b/.test(there)) return
  const next = typeof there === 'string' ? `${there} && (${script})` : script
  files.write(path, setJson(text, ['scripts', name], next), `"${name}" turns husky on`)
}

function removeHusky({ setup, files, notes }: Plan, folder: string): void {
  const path = manifestPath(setup)
  const text = files.read(path)
  const name = scriptName(setup)
  const script = scriptOf(setup)
  const there = text === null ? undefined : valueAt(text, ['scripts', name])
  const suffix = ` && (${script})`
  if (text !== null && there === script) {
    files.write(path, setJson(text, ['scripts', name], undefined), `"${name}" is gone`)
  } else if (text !== null && typeof there === 'string' && there.endsWith(suffix)) {
    const next = there.slice(0, -suffix.length)
    files.write(path, setJson(text, ['scripts', name], next), `"${name}" no longer turns husky on`)
  }
  notes.task({
    what: 'let git run its own hooks again',
    command: 'git config --unset core.hooksPath',
    run() {
      if (setup.ask('config', '--local', '--get', 'core.hooksPath') === `${folder}/_`) {
        setup.ask('config', '--local', '--unset', 'core.hooksPath')
      }
      rmSync(join(setup.root, folder, '_'), { recursive: true, force: true })
      removeIfEmpty(join(setup.root, folder))
    },
  })
}

/** Whether git runs the scripts of this folder: those of version 9 through a folder in it. */
function isRunning({ hookPlaces, root }: Setup, folder: string): boolean {
  const { hooksPath } = hookPlaces
  if (hooksPath === `${folder}/_`) return existsSync(join(root, folder, '_', 'h'))
  return hooksPath === folder && existsSync(join(root, folder, '_', 'husky.sh'))
}

function startHusky(setup: Setup, folder: string): void {
  const modules = join(setup.root, setup.packageFolder, 'node_modules/husky')
  const bin = join(modules, 'bin.js')
  const oldBin = join(modules, 'lib/bin.js')
  const call = existsSync(bin) ? [bin, folder] : [oldBin, 'install', folder]
  if (!existsSync(call[0]!)) throw new Refusal(folder, 'husky is not installed in node_modules')
  const { root, env } = setup
  const { status, stderr, stdout } = spawnSync(process.execPath, call, {
    cwd: root,
    env: { ...env, HUSKY: '' },
    encoding: 'utf8',
  })
  if (status !== 0) throw new Refusal(folder, `husky failed: ${(stderr || stdout).trim()}`)
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // Something of the user's is left in it.
  }
}

function tooOld({ packageFolder }: Setup): Refusal {
  return new Refusal(
    'package.json',
    'husky up to version 4 keeps its hooks in package.json',
    `Upgrade husky (https://typicode.github.io/husky) and run this again, or add to "husky.hooks": "pre-commit": "sh ${packageFolder === '' ? '' : `${packageFolder}/`}node_modules/migration-lint/hooks/pre-commit"`,
  )
}
