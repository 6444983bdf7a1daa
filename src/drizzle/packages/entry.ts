import type { Tree } from '../../git/tree.ts'
import { within } from '../find/paths.ts'
import type { WorkspacePackage } from './workspacePackages.ts'

const ENDS = [
  '',
  '.ts',
  '.mts',
  '.cts',
  '.tsx',
  '.js',
  '.mjs',
  '.cjs',
  '.jsx',
  '/index.ts',
  '/index.js',
]

/** The file that an import leads to; TypeScript is imported by the names of its output too. */
export function moduleAt(tree: Tree, path: string | null): string | null {
  if (path === null) return null
  const candidates = ENDS.map((end) => path + end)
  const source = path.replace(/\.([mc]?)js(x?)$/, '.$1ts$2')
  return [...candidates, source].find((name) => tree.read(name) !== undefined) ?? null
}

/** The file in the tree that a package exports for an import; null where it is yet to be built. */
export function entryOf(
  tree: Tree,
  { folder, manifest, name }: WorkspacePackage,
  request: string,
): string | null {
  const sub = `.${request.slice(name.length)}`
  const exported = targetsIn(exportOf(manifest.exports, sub))
  const named = sub === '.' ? [manifest.main, manifest.module] : [sub]
  const targets = [...exported, ...(manifest.exports === undefined ? named : [])].filter(
    (one): one is string => typeof one === 'string',
  )
  for (const target of targets.length > 0 ? targets : ['index']) {
    const path = moduleAt(tree, within(folder, target))
    if (path !== null) return path
  }
  return null
}

/** What `exports` has for a sub-path; a pattern with one `*` counts. */
function exportOf(exports: unknown, sub: string): unknown {
  if (exports === null || typeof exports !== 'object' || Array.isArray(exports)) {
    return sub === '.' ? exports : undefined
  }
  const entries = Object.entries(exports)
  if (!entries.some(([key]) => key.startsWith('.'))) return sub === '.' ? exports : undefined
  for (const [key, value] of entries) {
    if (key === sub) return value
    const [before = '', after] = key.split('*')
    if (after === undefined || !sub.startsWith(before) || !sub.endsWith(after)) continue
    const middle = sub.slice(before.length, sub.length - after.length)
    return JSON.parse(JSON.stringify(value ?? null).replaceAll('*', middle)) as unknown
  }
  return undefined
}

/** Every file that a conditional export names, in their order; types are no code. */
function targetsIn(value: unknown): readonly unknown[] {
  if (value === null || typeof value !== 'object') return [value]
  return Object.entries(value)
    .filter(([condition]) => condition !== 'types')
    .flatMap(([, one]) => targetsIn(one))
}
