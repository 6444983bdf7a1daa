import type { Tree } from '../../git/tree.ts'
import { below } from '../migrations/layout.ts'

/** What of a package.json matters here; every key may be missing or of another type. */
export interface Manifest {
  readonly name?: string
  readonly private?: boolean
  readonly packageManager?: string
  readonly workspaces?: unknown
  readonly scripts: Readonly<Record<string, string>>
  /** All kinds of dependencies, by name. */
  readonly dependencies: Readonly<Record<string, string>>
  readonly main?: unknown
  readonly exports?: unknown
  readonly engines?: { readonly node?: unknown }
  readonly [key: string]: unknown
}

const EMPTY: Manifest = { scripts: {}, dependencies: {} }

/**
 * The package.json of a folder.
 *
 * @param folder - relative to the tree's root
 * @returns null where there is none; an empty one where it is broken: that is for its package manager
 *   to say
 */
export function manifestOf(tree: Tree, folder: string): Manifest | null {
  const text = tree.read(below(folder, 'package.json'))?.toString('utf8')
  return text === undefined ? null : parseManifest(text)
}

/** Reads the text of a package.json. */
export function parseManifest(text: string): Manifest {
  try {
    const value = JSON.parse(text.replace(/^\uFEFF/, '')) as Record<string, unknown>
    if (value === null || typeof value !== 'object') return EMPTY
    const kinds = ['dependencies', 'devDependencies', 'optionalDependencies']
    return {
      ...value,
      scripts: strings(value.scripts),
      dependencies: Object.assign({}, ...kinds.map((kind) => strings(value[kind]))) as Record<
        string,
        string
      >,
    }
  } catch {
    return EMPTY
  }
}

function strings(value: unknown): Record<string, string> {
  if (value === null || typeof value !== 'object') return {}
  const entries = Object.entries(value).filter(([, one]) => typeof one === 'string')
  return Object.fromEntries(entries) as Record<string, string>
}
