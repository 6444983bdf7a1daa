import { posix } from 'node:path'
import type { Tree } from '../../git/tree.ts'
import { moduleCandidates } from '../../static/moduleCandidates.ts'
import { folderOf, within } from '../find/paths.ts'

/** What follows `from`, `import` or `require`; comments and texts that look like it do no harm. */
const SPECIFIER = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*(['"`])([^'"`\n]+)\1/g

const MODULE = /\.[mc]?[jt]sx?$/

/**
 * The files that some modules import, and what those import in turn, as far as their text tells:
 * relative paths for certain; what goes by an alias or by the name of a package of the repository is
 * taken to mean every file that it may mean, where `aliases` count.
 *
 * @param entries - modules of the tree
 * @returns paths of the tree, the entries included, and every path at which a relative import that
 *   leads nowhere may be meant: one of them may just have been deleted
 */
export function moduleImports(
  tree: Tree,
  entries: readonly string[],
  aliases: 'aliases' | 'no aliases',
): readonly string[] {
  const paths = tree.list('').map(({ path }) => path)
  const known = new Set(paths)
  const found = new Set<string>(entries)
  const missing = new Set<string>()
  let next = [...found]
  while (next.length > 0) {
    const imported = new Set<string>()
    for (const [path, content] of tree.readAll(next.filter((one) => MODULE.test(one)))) {
      for (const [, , specifier = ''] of content.toString('utf8').matchAll(SPECIFIER)) {
        if (!specifier.startsWith('.')) {
          if (aliases === 'no aliases') continue
          for (const target of aliasTargets(specifier, paths)) imported.add(target)
          continue
        }
        const candidates = relativeCandidates(folderOf(path), specifier)
        const targets = candidates.filter((candidate) => known.has(candidate))
        for (const target of targets.length > 0 ? targets : candidates) imported.add(target)
        if (targets.length === 0) for (const candidate of candidates) missing.add(candidate)
      }
    }
    next = [...imported].filter((path) => !found.has(path))
    for (const path of next) found.add(path)
  }
  return [...found].filter((path) => known.has(path) || missing.has(path))
}

/** `./a` is `a.ts` or `a/index.ts`; `./a.js` may be `a.ts`. */
function relativeCandidates(folder: string, specifier: string): readonly string[] {
  const target = within(folder, specifier)
  return target === null ? [] : moduleCandidates(target)
}

/** `@/db/users` may be any `db/users.ts`, `@acme/db` anything in a folder `db`. */
function aliasTargets(specifier: string, paths: readonly string[]): readonly string[] {
  const parts = specifier.split('/')
  if (parts.length < 2 || specifier.startsWith('drizzle-orm/') || specifier.startsWith('node:')) {
    return []
  }
  const tail = posix.normalize(parts.slice(1).join('/')).replace(/\.[mc]?[jt]sx?$/, '')
  const isPackage = specifier.startsWith('@') && parts.length === 2 && parts[0] !== '@'
  return paths.filter((path) => {
    if (!MODULE.test(path)) return false
    const stem = `/${path.replace(/(?:\/index)?\.[^./]+$/, '')}`
    return stem.endsWith(`/${tail}`) || (isPackage && stem.includes(`/${tail}/`))
  })
}
