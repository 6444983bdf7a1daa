import type { Tree } from '../../git/tree.ts'
import { below } from '../migrations/layout.ts'
import { type PackageManager, packageManagerOf } from './packageManager.ts'
import { folderOf } from './paths.ts'
import type { Project } from './project.ts'
import { type KitCall, type Script, configOf, scriptsOf } from './scripts.ts'

type Task = 'generate' | 'migrate'

/**
 * The command by which a project generates or applies its migrations, to be run in the tree's top
 * folder: its own package script if one does just that for this drizzle config, else drizzle-kit,
 * each through the project's package manager. `cd packages/db && pnpm db:generate`
 *
 * @param tree - where package.json files, lock files and configs are looked for
 * @param project - which one of the drizzle projects of the tree
 */
export function projectCommand(
  tree: Tree,
  { config, out }: Pick<Project, 'config' | 'out'>,
  task: Task,
): string {
  const isFile = lookUp(tree)
  const start = folderOf(config ?? out)
  const packages = packagesAround(start, isFile)
  for (const folder of packages) {
    const text = tree.read(below(folder, 'package.json'))?.toString('utf8') ?? ''
    const scripts = scriptsOf(text, folder)
    const own =
      scripts.find((script) => doesJust(task, script, folder, config, isFile)) ??
      (task === 'migrate' ? scripts.find(isOwnMigrator) : undefined)
    if (own) return inFolder(folder, runScript(packageManagerOf(tree, folder), own.name))
  }
  const folder = packages[0] ?? start
  const isDefault = config === null || config === defaultConfig(folder, isFile)
  const kit = `${runKit(packageManagerOf(tree, folder))} ${task}`
  return inFolder(
    folder,
    isDefault
      ? kit
      : `${kit} --config ${quoted(config.slice(folder === '' ? 0 : folder.length + 1))}`,
  )
}

function lookUp(tree: Tree): (path: string) => boolean {
  const files = new Set(tree.list('').map(({ path }) => path))
  return (path) => files.has(path)
}

/** Folders with a package.json, from the nearest upwards. */
function packagesAround(start: string, isFile: (path: string) => boolean): readonly string[] {
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
  if (!call || others.length > 0 || !isCall(call, task)) return false
  const used =
    call.config === null
      ? (defaultConfig(call.folder, isFile) ?? null)
      : (configOf(call, folder, isFile)?.config ?? null)
  return used === config
}

/** Options that replace the config, or make it another command. */
const OTHERWISE = /--(?:custom|explain|schema|dialect|out|help)\b/

/** `generate:pg` and its like were the command up to drizzle-kit 0.20. */
function isCall({ args }: KitCall, task: Task): boolean {
  const [word = ''] = args.split(/\s/)
  return (word === task || word.startsWith(`${task}:`)) && !OTHERWISE.test(args)
}

/** Many projects apply migrations by a program of their own, which drizzle-orm's migrator is for. */
function isOwnMigrator({ name, calls }: Script): boolean {
  return (
    calls.length === 0 && /^(?:(?:db|drizzle|database)[:-])?migrate(?:[:-](?:up|run))?$/.test(name)
  )
}

function runScript(manager: PackageManager, name: string): string {
  const takesName = manager === 'pnpm' || manager === 'yarn'
  return `${manager}${takesName ? '' : ' run'} ${quoted(name)}`
}

function runKit(manager: PackageManager): string {
  const runner = { npm: 'npx', pnpm: 'pnpm', yarn: 'yarn', bun: 'bunx' }[manager]
  return `${runner} drizzle-kit`
}

function inFolder(folder: string, command: string): string {
  return folder === '' ? command : `cd ${quoted(folder)} && ${command}`
}

/** A word of a command line; in single quotes where a shell would take it apart. */
function quoted(word: string): string {
  return /^[\w./:@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}
