import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { Tree } from '../../git/tree.ts'
import { folderOf } from '../find/paths.ts'
import type { KitTrace } from './request.ts'

/** What an answer depends on besides the question itself, each with what it was then. */
export interface Dependencies {
  /** Content of each file that was read, by path relative to the root. */
  readonly files: Readonly<Record<string, string | null>>
  readonly absent: readonly string[]
  /** The names in each folder where imports were looked for: a new file may come first now. */
  readonly folders: Readonly<Record<string, string>>
  readonly env: KitTrace['env']
  readonly packages: Readonly<Record<string, string | null>>
}

/** Answers what files are and where they are: those of a tree, the rest as it lies on disk. */
export class ProjectFiles {
  private readonly blobs: ReadonlyMap<string, string | undefined>
  private readonly children = new Map<string, Set<string>>()
  private readonly root: string
  private readonly tree: Tree

  constructor(root: string, tree: Tree) {
    this.root = root
    this.tree = tree
    this.blobs = new Map(tree.list('').map(({ path, blob }) => [path, blob]))
  }

  has(path: string): boolean {
    return this.blobs.has(path)
  }

  /** Git's id of the content that a process sees under a path; null where there is none. */
  contentId(path: string): string | null {
    const blob = this.blobs.get(path)
    if (blob !== undefined) return blob
    const content = this.has(path) ? this.tree.read(path) : onDisk(join(this.root, path))
    if (content === undefined) return null
    return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex')
  }

  isThere(path: string): boolean {
    return this.has(path) || existsSync(join(this.root, path))
  }

  /** A fingerprint of the names in a folder, in the tree and on disk. */
  namesIn(folder: string): string {
    if (this.children.size === 0) this.readChildren()
    const names = new Set(this.children.get(folder))
    try {
      for (const name of readdirSync(join(this.root, folder))) names.add(name)
    } catch {
      // It may be in the tree only.
    }
    return createHash('sha1')
      .update([...names].sort().join('\0'))
      .digest('hex')
  }

  private readChildren(): void {
    for (const path of this.blobs.keys()) {
      for (let at = path; at !== ''; at = folderOf(at)) {
        const folder = folderOf(at)
        const names = this.children.get(folder) ?? new Set()
        this.children.set(folder, names.add(at.slice(folder === '' ? 0 : folder.length + 1)))
      }
    }
  }
}

/** Notes what an answer depends on. */
export function dependenciesOf(
  trace: KitTrace,
  root: string,
  cwd: string,
  around: ProjectFiles,
): Dependencies {
  const inRoot = (path: string) => relative(root, path).split(sep).join('/')
  const reads = trace.reads.map(inRoot)
  const absent = trace.absent.map(inRoot)
  const folders = new Set([inRoot(cwd), ...[...reads, ...absent].map(folderOf)])
  return {
    files: record(reads, (path) => around.contentId(path)),
    absent,
    folders: record([...folders], (folder) => around.namesIn(folder)),
    env: trace.env,
    packages: record(trace.packages, packageStamp),
  }
}

/** Whether everything is still as it was noted. */
export function areUnchanged(noted: Dependencies, around: ProjectFiles): boolean {
  const { files, absent, folders, env, packages } = noted
  const all = <T>(values: Readonly<Record<string, T>>, now: (name: string) => T): boolean =>
    Object.entries(values).every(([name, value]) => now(name) === value)
  return (
    all(env, (name) => process.env[name] ?? null) &&
    all(files, (path) => around.contentId(path)) &&
    absent.every((path) => !around.isThere(path)) &&
    all(folders, (folder) => around.namesIn(folder)) &&
    all(packages, packageStamp)
  )
}

/** Installing another version writes a new package.json. */
function packageStamp(folder: string): string | null {
  const stats = statSync(join(folder, 'package.json'), { throwIfNoEntry: false })
  return stats === undefined ? null : `${stats.size} ${stats.mtimeMs} ${stats.ino}`
}

function record<T>(names: readonly string[], value: (name: string) => T): Record<string, T> {
  return Object.fromEntries(names.map((name) => [name, value(name)]))
}

function onDisk(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}
