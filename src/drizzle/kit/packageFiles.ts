import { join } from 'node:path'
import type { Tree } from '../../git/tree.ts'
import { isRecord } from '../../json/isRecord.ts'
import { onDisk } from './onDisk.ts'

/** What of a package.json decides which module an import means and what kind of module it is. */
const RESOLVED_BY = ['name', 'type', 'main', 'imports', 'exports'] as const

/** A package.json that says something else on disk than in a tree. */
export interface PackageApart {
  /** Relative to the root. */
  readonly file: string
  readonly keys: readonly string[]
}

/**
 * Node reads package.json from disk by itself, where nothing can be put in its place: an answer that
 * rests on one is none about a tree that has another.
 *
 * @param root - absolute path of the top folder
 * @param looked - where it was looked for, found or not; relative to the root
 */
export function packageApart(
  root: string,
  tree: Tree,
  looked: readonly string[],
): PackageApart | null {
  const packages = looked.filter(isPackage)
  if (packages.length === 0) return null
  const changed = new Set([...(tree.changedOnDisk?.() ?? []), ...(tree.strays?.(packages) ?? [])])
  for (const file of packages.filter((path) => changed.has(path))) {
    const [here, there] = [onDisk(join(root, file)), tree.read(file)].map(saidBy)
    const keys = RESOLVED_BY.filter((key) => here![key] !== there![key])
    if (keys.length > 0) return { file, keys }
  }
  return null
}

/** Whether a path names a package.json. */
export function isPackage(path: string): boolean {
  return path === 'package.json' || path.endsWith('/package.json')
}

/** The values of those keys, to be compared. */
function saidBy(content: Buffer | undefined): Readonly<Record<string, string | undefined>> {
  try {
    const value = JSON.parse(content?.toString('utf8').replace(/^\uFEFF/, '') ?? '{}') as unknown
    const said = isRecord(value) ? value : {}
    return Object.fromEntries(RESOLVED_BY.map((key) => [key, JSON.stringify(said[key])]))
  } catch {
    return { name: 'not JSON' }
  }
}
