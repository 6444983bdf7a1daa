import type { Tree } from '../../git/tree.ts'
import { below } from '../migrations/layout.ts'
import { folderOf } from './paths.ts'

export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'bun'

/** The files by which package managers are told apart, each the first that is found. */
export const LOCK_FILES: Readonly<Record<string, PackageManager>> = {
  'pnpm-lock.yaml': 'pnpm',
  'yarn.lock': 'yarn',
  'bun.lock': 'bun',
  'bun.lockb': 'bun',
  'package-lock.json': 'npm',
  'npm-shrinkwrap.json': 'npm',
}

/**
 * The package manager of a folder: what the nearest package.json or lock file says, going upwards.
 * The `packageManager` field is Corepack's (https://nodejs.org/api/packages.html#packagemanager).
 *
 * @returns npm where nothing tells
 */
export function packageManagerOf(tree: Tree, folder: string): PackageManager {
  const files = new Set(tree.list('').map(({ path }) => path))
  for (let at = folder; ; at = folderOf(at)) {
    const named = namedIn(tree.read(below(at, 'package.json'))?.toString('utf8'))
    if (named !== null) return named
    const lock = Object.entries(LOCK_FILES).find(([name]) => files.has(below(at, name)))
    if (lock !== undefined) return lock[1]
    if (at === '') return 'npm'
  }
}

function namedIn(text: string | undefined): PackageManager | null {
  if (text?.includes('packageManager') !== true) return null
  try {
    const { packageManager } = JSON.parse(text) as { packageManager?: unknown }
    const name = /^(npm|pnpm|yarn|bun)@/.exec(String(packageManager))?.[1]
    return (name as PackageManager | undefined) ?? null
  } catch {
    return null
  }
}
