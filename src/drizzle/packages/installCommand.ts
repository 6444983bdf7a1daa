import type { Tree } from '../../git/tree.ts'
import { pathFrom } from '../../finding/relativePath.ts'
import { shellWord } from '../../finding/shellWord.ts'
import { LOCK_FILES, packageManagerOf } from '../find/packageManager.ts'
import { folderOf } from '../find/paths.ts'

/**
 * The command that installs what a package of a repository depends on.
 *
 * @param folder - of the package, relative to the root
 * @param here - where it is run, likewise
 */
export function installCommand(tree: Tree, folder: string, here: string): string {
  const manager = packageManagerOf(tree, folder)
  const top = lockedFolder(tree, folder)
  if (top === here) return `${manager} install`
  const place = shellWord(pathFrom(here, top))
  const option = manager === 'npm' || manager === 'pnpm' ? '-C' : '--cwd'
  return manager === 'bun'
    ? `bun install ${option} ${place}`
    : `${manager} ${option} ${place} install`
}

/** Where the lock file lies that a package is installed by; the top where there is none. */
function lockedFolder(tree: Tree, folder: string): string {
  const files = new Set(tree.list('').map(({ path }) => path))
  for (let at = folder; at !== ''; at = folderOf(at)) {
    if (Object.keys(LOCK_FILES).some((name) => files.has(`${at}/${name}`))) return at
  }
  return ''
}
