import { existsSync, readFileSync, readdirSync, realpathSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { leavesFolder, relativePath } from '../finding/relativePath.ts'
import type { Tree } from '../git/tree.ts'
import { below } from '../drizzle/migrations/layout.ts'
import { folderOf, within } from '../drizzle/find/paths.ts'
import type { AskGit } from './askGit.ts'
import { type Manifest, manifestOf } from '../drizzle/packages/manifest.ts'

/** Who runs the git hooks of a repository, and where their lines stand. */
export type HookManager =
  | {
      readonly kind: 'husky'
      /** Folder with its hook scripts, relative to the root. */
      readonly folder: string
      /** Up to 4 the hooks stood in package.json; up to 8 each file sources husky.sh. */
      readonly style: 'package.json' | 'sourced' | 'plain'
    }
  | { readonly kind: 'lefthook'; readonly file: string }
  | {
      readonly kind: 'simple-git-hooks'
      readonly file: string
      /** Whether the hooks are one key of a package.json. */
      readonly inManifest: boolean
    }
  | { readonly kind: 'pre-commit'; readonly file: string }
  /** Scripts in a folder of the repository that `core.hooksPath` names, or in the git directory. */
  | { readonly kind: 'scripts'; readonly folder: string; readonly shared: boolean }
  /** `core.hooksPath` names our own hooks. */
  | { readonly kind: 'own' }
  | { readonly kind: 'none' }

const LEFTHOOK_FILES = ['', '.config/'].flatMap((folder) =>
  ['lefthook', '.lefthook'].flatMap((name) =>
    ['yml', 'yaml', 'json', 'jsonc', 'toml'].map((end) => `${folder}${name}.${end}`),
  ),
)

const SIMPLE_GIT_HOOKS_FILES = ['.simple-git-hooks', 'simple-git-hooks'].flatMap((name) =>
  ['json', 'cjs', 'js', 'mjs'].map((end) => `${name}.${end}`),
)

/** What git says about its hooks. */
export interface HookPlaces {
  /** `core.hooksPath` as it is set; null where it is not. */
  readonly hooksPath: string | null
  /** The folder git takes hooks from; absolute. */
  readonly folder: string
}

/** Where git looks for hooks. */
export function hookPlaces(root: string, ask: AskGit): HookPlaces {
  const hooksPath = ask('config', '--get', 'core.hooksPath')
  const folder = ask('rev-parse', '--git-path', 'hooks') ?? '.git/hooks'
  return { hooksPath, folder: isAbsolute(folder) ? folder : join(root, folder) }
}

/**
 * Finds who manages the hooks: what git really runs decides, then what is configured.
 *
 * @param packageFolder - the folder of the package.json that tools are installed with
 */
export function findHookManager(
  root: string,
  tree: Tree,
  packageFolder: string,
  { hooksPath, folder }: HookPlaces,
): HookManager {
  const inside = insideOf(root, folder)
  if (inside !== null && /(?:^|\/)node_modules\/migration-lint\/hooks$/.test(inside)) {
    return { kind: 'own' }
  }
  const manifest = manifestOf(tree, packageFolder)
  const configured = [
    husky(tree, manifest, hooksPath),
    lefthook(tree),
    simpleGitHooks(tree, packageFolder, manifest),
    tree.read('.pre-commit-config.yaml') === undefined
      ? null
      : ({ kind: 'pre-commit', file: '.pre-commit-config.yaml' } as const),
  ].filter((one) => one !== null)
  const running = installedManager(folder)
  const active = configured.find(({ kind }) => kind === running) ?? configured[0]
  if (active !== undefined) return active
  if (inside !== null && hooksPath !== null) {
    return { kind: 'scripts', folder: inside, shared: true }
  }
  if (hooksPath === null && hasOwnScripts(folder)) {
    return { kind: 'scripts', folder: inside ?? folder, shared: false }
  }
  return { kind: 'none' }
}

function husky(
  tree: Tree,
  manifest: Manifest | null,
  hooksPath: string | null,
): HookManager | null {
  const old = manifest?.husky
  if (typeof old === 'object' && old !== null && 'hooks' in old) {
    return { kind: 'husky', folder: '.husky', style: 'package.json' }
  }
  const fromPath = /^(?!\/)(.*\.husky)(?:\/_)?$/.exec(hooksPath ?? '')?.[1]
  const said = /(?:^|\s)husky(?:\s+install)?\s+([\w./-]+)/.exec(
    Object.values(manifest?.scripts ?? {}).find((script) => /\bhusky\b/.test(script)) ?? '',
  )?.[1]
  const folder = fromPath ?? (said === undefined ? null : within('', said)) ?? '.husky'
  const files = tree.list(folder).filter(({ path }) => folderOf(path) === folder)
  const isInstalled = manifest?.dependencies.husky !== undefined
  if (!isInstalled && files.length === 0 && fromPath === undefined) return null
  const sourced = files.some(({ path }) => tree.read(path)?.includes('/_/husky.sh') === true)
  return { kind: 'husky', folder, style: sourced ? 'sourced' : 'plain' }
}

function lefthook(tree: Tree): HookManager | null {
  const file = LEFTHOOK_FILES.find((name) => tree.read(name) !== undefined)
  return file === undefined ? null : { kind: 'lefthook', file }
}

function simpleGitHooks(
  tree: Tree,
  packageFolder: string,
  manifest: Manifest | null,
): HookManager | null {
  const file = SIMPLE_GIT_HOOKS_FILES.find((name) => tree.read(name) !== undefined)
  if (file !== undefined) return { kind: 'simple-git-hooks', file, inManifest: false }
  const isThere =
    manifest?.['simple-git-hooks'] !== undefined ||
    manifest?.dependencies['simple-git-hooks'] !== undefined
  const own = below(packageFolder, 'package.json')
  return isThere ? { kind: 'simple-git-hooks', file: own, inManifest: true } : null
}

const GENERATED: readonly (readonly [HookManager['kind'], RegExp])[] = [
  ['husky', /husky/i],
  ['lefthook', /lefthook/i],
  ['simple-git-hooks', /SIMPLE_GIT_HOOKS/],
  ['pre-commit', /pre-commit\.com|pre_commit/],
]

/** The manager that has put scripts where git runs them. */
function installedManager(folder: string): HookManager['kind'] | null {
  for (const name of ownScripts(folder)) {
    const text = contentOf(join(folder, name))
    const known = GENERATED.find(([, mark]) => mark.test(text))
    if (known !== undefined) return known[0]
  }
  return null
}

function hasOwnScripts(folder: string): boolean {
  return ownScripts(folder).some((name) => {
    const text = contentOf(join(folder, name))
    return !GENERATED.some(([, mark]) => mark.test(text))
  })
}

function ownScripts(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder).filter((name) => /^[a-z-]+$/.test(name))
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function insideOf(root: string, folder: string): string | null {
  const isLink = existsSync(folder) && !folder.startsWith(root)
  const path = relativePath(root, isLink ? realpathSync(folder) : folder)
  return leavesFolder(path) ? null : path
}
