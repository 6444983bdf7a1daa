import { existsSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import type { Config } from '../config/config.ts'
import { discoverProjects } from '../drizzle/find/discover.ts'
import { below } from '../drizzle/migrations/layout.ts'
import { type PackageManager, packageManagerOf } from '../drizzle/find/packageManager.ts'
import { folderOf } from '../drizzle/find/paths.ts'
import type { Project } from '../drizzle/find/project.ts'
import type { Tree } from '../git/tree.ts'
import { workingTree } from '../git/workingFiles.ts'
import type { Problem } from '../finding/finding.ts'
import { ProblemError } from '../finding/problem.ts'
import { type AskGit, askGitIn } from './askGit.ts'
import { type HookManager, type HookPlaces, findHookManager, hookPlaces } from './hookManager.ts'
import { type Manifest, manifestOf } from '../drizzle/packages/manifest.ts'

/** What a repository has, as far as setting it up and examining it need to know. */
export interface Setup {
  /** Absolute, without symbolic links. */
  readonly root: string
  /** The git directory that all checkouts share; absolute. */
  readonly commonDir: string
  readonly tree: Tree
  /** Without the variables that git gives its hooks. */
  readonly env: NodeJS.ProcessEnv
  readonly ask: AskGit
  /** The folder of the package.json that tools are installed with; relative to the root. */
  readonly packageFolder: string
  readonly manifest: Manifest
  readonly manager: PackageManager
  readonly hookPlaces: HookPlaces
  readonly hooks: HookManager
  readonly config: Config
  /** Our own configuration, relative to the root; null where there is none. */
  readonly configFile: string | null
  readonly projects: readonly Project[]
  /** What kept a project from being found out about. */
  readonly problems: readonly Problem[]
}

/**
 * Finds out what a repository has.
 *
 * @param loadConfig - reads our own configuration
 * @throws ProblemError outside of a checkout, without a Drizzle project, and without a package.json
 */
export async function readSetup(
  cwd: string,
  given: NodeJS.ProcessEnv,
  loadConfig: (root: string) => Promise<{ config: Config; source: string | null }>,
): Promise<Setup> {
  const env = withoutGit(given)
  const { root, gitDir, tree } = workingTree(cwd, env)
  if (gitDir === null) {
    throw new ProblemError({
      message: `${root} is not in a git repository`,
      file: null,
      help: 'Run it in the repository to protect, or make one first: git init',
    })
  }
  const ask = askGitIn(root, env)
  const { config, source } = await loadConfig(root)
  const { projects, problems } = await discoverProjects(tree, config.projects)
  if (projects.length + problems.length === 0) throw noProject()
  const packageFolder = packageFolderOf(tree, projects)
  if (packageFolder === null) throw noManifest()
  requireModules(root, tree, packageFolder)
  const places = hookPlaces(root, ask)
  return {
    root,
    commonDir: resolve(root, ask('rev-parse', '--git-common-dir') ?? gitDir),
    tree,
    env,
    ask,
    packageFolder,
    manifest: manifestOf(tree, packageFolder)!,
    manager: packageManagerOf(tree, packageFolder),
    hookPlaces: places,
    hooks: findHookManager(root, tree, packageFolder, places),
    config,
    configFile: source,
    projects,
    problems,
  }
}

/** The environment in which package managers run scripts: installed commands are on the PATH. */
export function withBins({ root, packageFolder, env }: Setup): NodeJS.ProcessEnv {
  const bins = join(root, packageFolder, 'node_modules/.bin')
  return { ...env, PATH: `${bins}${delimiter}${env.PATH ?? ''}` }
}

/** The top folder's package, or else the nearest one around the first project that has one. */
function packageFolderOf(tree: Tree, projects: readonly Project[]): string | null {
  const has = (folder: string) => tree.read(below(folder, 'package.json')) !== undefined
  if (has('')) return ''
  for (const { config, out } of projects) {
    for (let at = folderOf(config ?? out); ; at = folderOf(at)) {
      if (has(at)) return at
      if (at === '') break
    }
  }
  return null
}

function withoutGit(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const ambient =
    /^GIT_(?:DIR|WORK_TREE|INDEX_FILE|PREFIX|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|COMMON_DIR|NAMESPACE)$/
  return Object.fromEntries(Object.entries(env).filter(([name]) => !ambient.test(name)))
}

/** Git hooks are shell scripts: they find commands in `node_modules`, and drizzle-kit is found there. */
function requireModules(root: string, tree: Tree, packageFolder: string): void {
  const isThere = (name: string) =>
    [packageFolder, ''].some((folder) => existsSync(join(root, folder, name)))
  const setting = tree.read('.yarnrc.yml')?.toString('utf8') ?? ''
  if (!['.pnp.cjs', '.pnp.js'].some(isThere) || /^nodeLinker:\s*["']?(?!pnp\b)/m.test(setting))
    return
  throw new ProblemError({
    message:
      "Yarn Plug'n'Play keeps no node_modules, in which git hooks find migration-lint and migration-lint finds drizzle-kit",
    file: '.pnp.cjs',
    help: 'Write "nodeLinker: node-modules" into .yarnrc.yml, run yarn install, and this again.',
  })
}

function noProject(): ProblemError {
  return new ProblemError({
    message: 'no Drizzle project found: neither a drizzle config nor a migrations folder',
    file: null,
    help: 'Run it where Drizzle is used; a project begins with a drizzle.config.ts.',
  })
}

function noManifest(): ProblemError {
  return new ProblemError({
    message:
      'no package.json found, neither at the top of the repository nor beside a Drizzle project',
    file: null,
    help: 'Make one with npm init, so that migration-lint can be installed, and run this again.',
  })
}
