import type { Tree } from '../../git/tree.ts'
import { manifestOf } from './manifest.ts'
import { packageManagerOf } from '../find/packageManager.ts'
import { pathFrom } from '../../finding/relativePath.ts'
import { shellWord } from '../../finding/shellWord.ts'
import { type WorkspacePackage, packageFolderOf } from './workspacePackages.ts'

/**
 * The command that builds a package of a repository, with those it depends on where the tool at hand
 * can do that.
 *
 * @param here - where it is run, relative to the root
 */
export function buildCommand(
  tree: Tree,
  { name, folder }: Pick<WorkspacePackage, 'name' | 'folder'>,
  here: string,
): string {
  const word = shellWord(name)
  const manager = packageManagerOf(tree, folder)
  if (tree.read('turbo.json') !== undefined) {
    // turbo finds the top of the repository by itself.
    const runner = { npm: 'npx', pnpm: 'pnpm exec', yarn: 'yarn', bun: 'bunx' }[manager]
    return `${runner} turbo run build --filter=${word}`
  }
  const top = shellWord(pathFrom(here, ''))
  const isPart = folder !== ''
  return {
    npm: `npm${here === '' ? '' : ` -C ${top}`} run build${isPart ? ` --workspace ${shellWord(folder)}` : ''}`,
    pnpm: isPart
      ? `pnpm --filter ${shellWord(`${name}...`)} run build`
      : `pnpm${here === '' ? '' : ` -C ${top}`} run build`,
    yarn: `yarn${here === '' ? '' : ` --cwd ${top}`}${isPart ? ` workspace ${word}` : ''} run build`,
    bun: isPart
      ? `bun run --filter ${word} build`
      : `bun run${here === '' ? '' : ` --cwd ${top}`} build`,
  }[manager]
}

/**
 * The command that builds the package that a file belongs to.
 *
 * @param path - relative to the root
 * @param here - where it is run, relative to the root
 * @returns null where it has no script of that name
 */
export function buildOf(tree: Tree, path: string, here: string): string | null {
  const folder = packageFolderOf(tree, path)
  const manifest = manifestOf(tree, folder)
  if (manifest?.scripts.build === undefined) return null
  return buildCommand(tree, { name: manifest.name ?? '', folder }, here)
}
