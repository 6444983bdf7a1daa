import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { below } from '../drizzle/migrations/layout.ts'
import { folderOf } from '../drizzle/find/paths.ts'
import type { Tree } from '../git/tree.ts'

/** A linter's configuration that holds for a file. */
export interface LinterConfig {
  readonly kind: 'eslint' | 'eslintrc' | 'oxlint'
  /** Relative to the root. */
  readonly file: string
}

const FLAT = ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((end) => `eslint.config.${end}`)
const OLD = ['', '.json', '.js', '.cjs', '.yml', '.yaml'].map((end) => `.eslintrc${end}`)
const OXLINT = ['.oxlintrc.json', 'oxlintrc.json']

/** The configurations of ESLint and oxlint that are nearest to a file; none where there is none. */
export function linterConfigs(tree: Tree, path: string): readonly LinterConfig[] {
  const found: LinterConfig[] = []
  const kinds = [
    ['eslint', FLAT],
    ['oxlint', OXLINT],
  ] as const
  for (const [kind, names] of kinds) {
    const file = nearest(tree, path, names)
    if (file !== null) found.push({ kind, file })
  }
  const old = nearest(tree, path, OLD)
  if (old !== null && !found.some(({ kind }) => kind === 'eslint')) {
    found.push({ kind: 'eslintrc', file: old })
  }
  return found
}

function nearest(tree: Tree, path: string, names: readonly string[]): string | null {
  for (let at = folderOf(path); ; at = folderOf(at)) {
    const file = names.map((name) => below(at, name)).find((name) => tree.read(name) !== undefined)
    if (file !== undefined) return file
    if (at === '') return null
  }
}

/** An installed package as a folder's files would import it. */
export interface InstalledPackage {
  readonly version: string
  /** Absolute. */
  readonly folder: string
}

/** @param from - absolute folder */
export function installedPackage(from: string, name: string): InstalledPackage | null {
  try {
    const manifest = createRequire(join(from, 'package.json')).resolve(`${name}/package.json`)
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version?: unknown }
    return { version: String(version), folder: dirname(manifest) }
  } catch {
    return null
  }
}
