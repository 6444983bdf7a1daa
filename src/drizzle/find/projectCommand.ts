import type { Tree } from '../../git/tree.ts'
import { below } from '../migrations/layout.ts'
import { type PackageManager, packageManagerOf } from './packageManager.ts'
import { pathFrom } from '../../finding/relativePath.ts'
import { shellWord } from '../../finding/shellWord.ts'
import { folderOf } from './paths.ts'
import type { Project } from './project.ts'
import { type KitCall, type Script, configOf, scriptsOf } from './scripts.ts'

type Task = 'generate' | 'migrate'

/** A command that can be pasted into a shell. */
export interface ShellCommand {
  readonly line: string
  /** Where the shell stands after it, relative to the root. */
  readonly endsIn: string
}

/**
 * The command by which a project generates or applies its migrations: its own package script if one
 * does just that for this drizzle config, else drizzle-kit, each through the project's package
 * manager. `pnpm -C packages/db db:generate`
 *
 * @param tree - where package.json files, lock files and configs are looked for
 * @param project - which one of the drizzle projects of the tree
 * @param here - the folder it is run in, relative to the root
 * @param more - options for drizzle-kit
 */
export function projectCommand(
  tree: Tree,
  { config, out }: Pick<Project, 'config' | 'out'>,
  task: Task,
  here: string,
  more = '',
): ShellCommand {
  const options = more === '' ? '' : ` ${more}`
  const isFile = lookUp(tree)
  const start = folderOf(config ?? out)
  const packages = packagesAround(start, isFile)
  for (const folder of packages) {
    const text = tree.read(below(folder, 'package.json'))?.toString('utf8') ?? ''
    const scripts = scriptsOf(text, folder)
    const own =
      scripts.find((script) => doesJust(task, script, folder, config, isFile)) ??
      (task === 'migrate' ? scripts.find(isOwnMigrator) : undefined)
    if (own) {
      const manager = packageManagerOf(tree, folder)
      const through = manager === 'npm' && more !== '' ? ' --' : ''
      const line = runScript(manager, own.name, folder, here)
      return { line: `${line}${through}${options}`, endsIn: here }
    }
  }
  const folder = packages[0] ?? start
  const isDefault = config === null || config === defaultConfig(folder, isFile)
  const choice = isDefault
    ? ''
    : ` --config ${shellWord(config.slice(folder === '' ? 0 : folder.length + 1))}`
  return runKit(
    packageManagerOf(tree, folder),
    `drizzle-kit ${task}${choice}${options}`,
    folder,
    here,
  )
}

function lookUp(tree: Tree): (path: string) => boolean {
  const files = new Set(tree.list('').map(({ path }) => path))
  return (path) => files.has(path)
}

/** Folders with a package.json, from the nearest upwards. */
export function packagesAround(
  start: string,
  isFile: (path: string) => boolean,
): readonly string[] {
  const found: string[] = []
  for (let at = start; ; at = folderOf(at)) {
    if (isFile(below(at, 'package.json'))) found.push(at)
    if (at === '') return found
  }
}

/** The config drizzle-kit 0.x and 1.0 take in a folder if they are told none. */
function defaultConfig(folder: string, isFile: (path: string) => boolean): string | undefined {
  return ['ts', 'js', 'json'].map((end) => below(folder, `drizzle.config.${end}`)).find(isFile)
}

/** A script that also pushes, or writes an empty migration, is another one. */
function doesJust(
  task: Task,
  { calls }: Script,
  folder: string,
  config: string | null,
  isFile: (path: string) => boolean,
): boolean {
  const [call, ...others] = calls
  if (!call || others.length > 0 || !isCall(call, task, config === null)) return false
  const used =
    call.config === null
      ? (defaultConfig(call.folder, isFile) ?? null)
      : (configOf(call, folder, isFile)?.config ?? null)
  return used === config
}

/** Options that replace the config, or make it another command. */
const OTHERWISE = /--(?:custom|explain|schema|dialect|out|help)\b/

/** The same where the project has no config: then the flags stand for it. */
const ANOTHER = /--(?:custom|explain|help)\b/

/** `generate:pg` and its like were the command up to drizzle-kit 0.20. */
function isCall({ args }: KitCall, task: Task, byFlags: boolean): boolean {
  const [word = ''] = args.split(/\s/)
  return (
    (word === task || word.startsWith(`${task}:`)) && !(byFlags ? ANOTHER : OTHERWISE).test(args)
  )
}

/** Many projects apply migrations by a program of their own, which drizzle-orm's migrator is for. */
function isOwnMigrator({ name, calls }: Script): boolean {
  return (
    calls.length === 0 && /^(?:(?:db|drizzle|database)[:-])?migrate(?:[:-](?:up|run))?$/.test(name)
  )
}

function runScript(manager: PackageManager, name: string, folder: string, here: string): string {
  const place = folder === here ? '' : ` ${FOLDER_OPTION[manager]} ${pathWord(here, folder)}`
  const word = shellWord(name)
  return {
    npm: `npm${place} run ${word}`,
    pnpm: `pnpm${place} ${word}`,
    yarn: `yarn${place} ${word}`,
    bun: `bun run${place} ${word}`,
  }[manager]
}

function runKit(
  manager: PackageManager,
  command: string,
  folder: string,
  here: string,
): ShellCommand {
  if (folder === here) {
    const runner = { npm: 'npx', pnpm: 'pnpm', yarn: 'yarn', bun: 'bunx' }[manager]
    return { line: `${runner} ${command}`, endsIn: here }
  }
  const path = pathWord(here, folder)
  // `npx -C` finds a program there, but runs it here.
  if (manager === 'npm') return { line: `cd ${path} && npx ${command}`, endsIn: folder }
  const runner = {
    pnpm: `pnpm -C ${path} exec`,
    yarn: `yarn --cwd ${path}`,
    bun: `bun x --cwd ${path}`,
  }
  return { line: `${runner[manager]} ${command}`, endsIn: here }
}

/** How each package manager is told to work in another folder. */
const FOLDER_OPTION: Readonly<Record<PackageManager, string>> = {
  npm: '-C',
  pnpm: '-C',
  yarn: '--cwd',
  bun: '--cwd',
}

function pathWord(here: string, path: string): string {
  return shellWord(pathFrom(here, path))
}
