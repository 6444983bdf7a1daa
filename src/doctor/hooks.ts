import { ownCommand } from '../finding/ownCommand.ts'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { HOOKS, type HookName, runsHook } from '../setup/hookLines.ts'
import type { HookManager } from '../setup/hookManager.ts'
import type { Setup } from '../setup/setup.ts'
import { type Diagnosis, advice, broken, fine } from './diagnosis.ts'

/** Whether git reaches our hooks here, and in the other worktrees. */
export function hookDiagnoses(setup: Setup): readonly Diagnosis[] {
  const found = HOOKS.map((name) => diagnose(setup, name))
  return [...found.filter((one) => one !== null), ...worktrees(setup)]
}

function diagnose(setup: Setup, name: HookName): Diagnosis | null {
  const problem = whyNot(setup, name)
  if (problem === null) return fine(name, `${name} runs migration-lint (${setup.hooks.kind})`)
  // Without post-merge nobody is told to apply what a pull brought; that is all.
  if (name === 'post-merge') return null
  const { message, fix } = problem
  if (name === 'pre-commit') return broken(name, message, fix)
  return advice(name, `${message}; rebase and cherry-pick run no pre-commit`, fix)
}

const SET_UP = ownCommand(process.cwd(), 'init')

interface Trouble {
  readonly message: string
  readonly fix: string
}

/** What keeps git from running a hook; null where nothing does. */
function whyNot(setup: Setup, name: HookName): Trouble | null {
  const { hooks, hookPlaces, tree } = setup
  const script = join(hookPlaces.folder, name)
  switch (hooks.kind) {
    case 'none':
      return { message: `nothing runs at ${name}`, fix: SET_UP }
    case 'own':
      return existsSync(script)
        ? null
        : {
            message: `core.hooksPath names ${hookPlaces.hooksPath}, where no ${name} is`,
            fix: install(setup),
          }
    case 'scripts':
      return inScript(setup, script, name)
    case 'husky': {
      const text = tree.read(`${hooks.folder}/${name}`)?.toString('utf8')
      if (text === undefined || !runsHook(text, name))
        return noLine(`${hooks.folder}/${name}`, name)
      return huskyRuns(setup, hooks, name)
    }
    case 'lefthook':
      return (
        inLefthook(setup, hooks.file, name) ??
        notInstalled(script, /lefthook/i, 'lefthook', 'npx lefthook install')
      )
    case 'simple-git-hooks': {
      const text = tree.read(hooks.file)?.toString('utf8') ?? ''
      if (!runsHook(text.replaceAll(String.raw`\"`, '"'), name)) return noLine(hooks.file, name)
      return notInstalled(script, /migration-lint/, 'simple-git-hooks', 'npx simple-git-hooks')
    }
    case 'pre-commit': {
      const text = tree.read(hooks.file)?.toString('utf8') ?? ''
      const isThere =
        runsHook(text, name) || (name === 'pre-commit' && /id:\s*migration-lint\b/.test(text))
      if (!isThere) return noLine(hooks.file, name)
      const command = `pre-commit install --hook-type ${name}`
      return notInstalled(script, /pre-commit/, 'the pre-commit framework', command)
    }
  }
}

function noLine(file: string, name: HookName): Trouble {
  return { message: `${file} does not run our ${name}`, fix: SET_UP }
}

function install({ manager }: Setup): string {
  return `${manager} install`
}

function inScript({ root }: Setup, script: string, name: HookName): Trouble | null {
  const shown = script.startsWith(`${root}/`) ? script.slice(root.length + 1) : script
  if (!existsSync(script) || !runsHook(readFileSync(script, 'utf8'), name))
    return noLine(shown, name)
  if ((statSync(script).mode & 0o111) !== 0) return null
  return { message: `${shown} is not executable, so git does not run it`, fix: `chmod +x ${shown}` }
}

function huskyRuns(
  { root, hookPlaces, ask }: Setup,
  { folder }: Extract<HookManager, { kind: 'husky' }>,
  name: HookName,
): Trouble | null {
  const { hooksPath } = hookPlaces
  const expected = [`${folder}/_`, folder]
  if (hooksPath === null) {
    return {
      message: `husky has not been started in this clone, so git does not run ${folder}/${name}`,
      fix: `npx husky${folder === '.husky' ? '' : ` ${folder}`}`,
    }
  }
  const isHusky = expected.some((path) => hooksPath === path || hooksPath === join(root, path))
  if (!isHusky) {
    const where = ask('config', '--show-origin', '--get', 'core.hooksPath')?.split('\t')[0]
    return {
      message: `core.hooksPath is ${hooksPath} (${where ?? 'unknown origin'}), so git does not run ${folder}/${name}`,
      fix: `git config core.hooksPath ${folder}/_`,
    }
  }
  const place = isAbsolute(hooksPath) ? hooksPath : join(root, hooksPath)
  if (existsSync(join(place, name))) return null
  return {
    message: `${hooksPath}/${name} is missing, so git does not run ${folder}/${name}`,
    fix: 'npx husky',
  }
}

function inLefthook({ tree }: Setup, file: string, name: HookName): Trouble | null {
  const text = tree.read(file)?.toString('utf8') ?? ''
  if (!runsHook(text.replaceAll(String.raw`\"`, '"'), name)) return noLine(file, name)
  if (name !== 'pre-push' || /use_stdin["']?\s*[:=]\s*true/.test(text)) return null
  return {
    message: `${file} does not pass stdin to our pre-push hook, so it checks nothing`,
    fix: `Add to that command in ${file}: use_stdin: true`,
  }
}

function notInstalled(script: string, mark: RegExp, manager: string, fix: string): Trouble | null {
  if (existsSync(script) && mark.test(readFileSync(script, 'utf8'))) return null
  return { message: `${manager} is not installed in this clone, so git does not run it`, fix }
}

/** A relative `core.hooksPath` leads to another folder in each worktree. */
function worktrees({ ask, root, hookPlaces }: Setup): readonly Diagnosis[] {
  const { hooksPath } = hookPlaces
  if (hooksPath === null || isAbsolute(hooksPath)) return []
  const listed = ask('worktree', 'list', '--porcelain') ?? ''
  const others = [...listed.matchAll(/^worktree (.+)$/gm)].map(([, path]) => path!)
  return others
    .filter((path) => path !== root && existsSync(path) && !existsSync(join(path, hooksPath)))
    .map((path) =>
      advice(
        'worktrees',
        `git runs no hooks in ${path}: ${hooksPath} is not there`,
        `cd ${path} && npx husky`,
      ),
    )
}
