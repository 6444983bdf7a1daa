import { createRequire } from 'node:module'
import { readdirSync, statSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import type picomatch from 'picomatch'
import { readRegularFile } from '../disk/readRegularFile.ts'
import { fixedPart } from '../drizzle/find/placement.ts'
import { relativePath } from '../finding/relativePath.ts'
import { moduleCandidates } from '../static/moduleCandidates.ts'
import { stampsOf } from './stamps.ts'

/** The files that a `schema` leads to. */
export interface SchemaGraph {
  readonly files: ReadonlySet<string>
  /** Whether these are all: nothing comes from a package or by a path that only a tsconfig knows. */
  readonly isWhole: boolean
}

interface KeptGraph extends SchemaGraph {
  readonly watched: readonly string[]
  readonly stamps: string
}

const graphs = new Map<string, KeptGraph>()

/**
 * Follows what the files of a schema import and export again. A graph is recreated when one of its
 * files, or a folder it was looked for in, has changed.
 *
 * @param base - absolute; what `pattern` is relative to
 * @param pattern - a file, a folder or a glob, as `schema` of a drizzle config names them
 */
export function schemaGraph(base: string, pattern: string): SchemaGraph {
  const key = `${base}\0${pattern}`
  const kept = graphs.get(key)
  if (kept !== undefined && stampsOf(kept.watched) === kept.stamps) return kept
  const made = follow(base, pattern)
  graphs.set(key, made)
  return made
}

/** Whether a file is what a `schema` names, without looking at the disk. */
export function isNamed(file: string, base: string, pattern: string): boolean {
  const place = join(base, pattern)
  if (file === place || file.startsWith(place + sep)) return true
  return (
    isGlob(pattern) && file.startsWith(base + sep) && matcher(pattern)(relativePath(base, file))
  )
}

function isGlob(pattern: string): boolean {
  return /[*?[\]{}()!]/.test(pattern)
}

function matcher(pattern: string): (path: string) => boolean {
  // Loaded for the first glob: most configs name a file or a folder.
  return (createRequire(import.meta.url)('picomatch') as typeof picomatch)(pattern)
}

const MOST_FILES = 2000
const MODULE = /\.[mc]?[jt]sx?$/

function follow(base: string, pattern: string): KeptGraph {
  const files = new Set<string>()
  const watched = new Set<string>()
  let isWhole = true
  const queue = entries(base, pattern, watched)
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (files.has(file)) continue
    if (files.size === MOST_FILES) {
      isWhole = false
      break
    }
    files.add(file)
    watched.add(file)
    for (const { specifier, isExport } of specifiersIn(file)) {
      const next = specifier.startsWith('.') ? moduleAt(join(dirname(file), specifier)) : null
      if (next !== null) queue.push(next)
      else if (specifier.startsWith('.') || isExport || isAlias(specifier)) isWhole = false
    }
  }
  const paths = [...watched]
  return { files, isWhole, watched: paths, stamps: stampsOf(paths) }
}

/** The files that a `schema` names. */
function entries(base: string, pattern: string, watched: Set<string>): string[] {
  const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory()
  const place = join(base, pattern)
  if (!isGlob(pattern) && !isFolder(place)) return [place].filter((path) => MODULE.test(path))
  const top = isFolder(place) ? place : join(base, fixedPart(pattern))
  const found: string[] = []
  const folders = isFolder(top) ? [top] : []
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    watched.add(folder)
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (entry.isDirectory() && !/^(?:node_modules|\..*)$/.test(entry.name)) folders.push(path)
      else if (MODULE.test(entry.name) && isNamed(path, base, pattern)) found.push(path)
    }
  }
  return found
}

const SPECIFIER =
  /\b(import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"\n]+)['"]|\brequire\(\s*['"]([^'"\n]+)/g

/** What a file imports and exports again, as its text looks. */
function specifiersIn(file: string): { readonly specifier: string; readonly isExport: boolean }[] {
  let text: string
  try {
    text = readRegularFile(file).toString('utf8')
  } catch {
    return []
  }
  return [...text.matchAll(SPECIFIER)].map(([, keyword, from, required]) => ({
    specifier: from ?? required ?? '',
    isExport: keyword === 'export',
  }))
}

/** `@/db/users`, `~/db`, `#db`, `src/db`: what a tsconfig or package.json resolves. */
function isAlias(specifier: string): boolean {
  return /^(?:[@~]\/|[~#]|src\/)/.test(specifier)
}

/** The file of a relative import; `./users.js` may be users.ts. */
export function moduleAt(path: string): string | null {
  const isFile = (candidate: string) => statSync(candidate, { throwIfNoEntry: false })?.isFile()
  const candidates = moduleCandidates(path).filter((one) => MODULE.test(one))
  return candidates.find((candidate) => isFile(candidate)) ?? null
}
