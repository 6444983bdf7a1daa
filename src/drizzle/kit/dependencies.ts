import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { relativePath } from '../../finding/relativePath.ts'
import type { Tree } from '../../git/tree.ts'
import { folderOf } from '../find/paths.ts'
import { blobId } from '../migrations/blobId.ts'
import { onDisk } from './onDisk.ts'
import type { KitTrace } from './request.ts'

/** Characters of a folder's names that are kept as they are; more are kept as a hash. */
const MOST_NAMES = 4000

/** What an answer depends on besides the question itself, each with what it was then. */
export interface Dependencies {
  /** Content of each file that was read, by path relative to the root. */
  readonly files: Readonly<Record<string, string | null>>
  readonly absent: readonly string[]
  /** The names in each folder where imports were looked for: a new file may come first now. */
  readonly folders: Readonly<Record<string, string>>
  /** Of each variable a hash of its value, salted: nobody shall find a password in a cache. */
  readonly env: Readonly<Record<string, string | null>>
  readonly salt: string
  readonly packages: Readonly<Record<string, string | null>>
}

/**
 * Answers what files are and where they are, as a process sees them that is shown a tree: its files,
 * and what else lies on disk. A file that git knows but that is not in the tree is hidden from it
 * (`overlayOf`).
 */
export class ProjectFiles {
  private readonly blobs: ReadonlyMap<string, string | undefined>
  private readonly children = new Map<string, Set<string>>()
  private hiddenPaths: ReadonlySet<string> | undefined
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
    const inTree = this.has(path)
    const content = inTree ? this.tree.read(path) : onDisk(join(this.root, path))
    if (content === undefined || (!inTree && this.isHidden(path))) return null
    return blobId(content, '')
  }

  isThere(path: string): boolean {
    return this.has(path) || (existsSync(join(this.root, path)) && !this.isHidden(path))
  }

  /**
   * Whether a file lies on disk that the tree does not have. Asked last: where git has to tell, it
   * takes two processes, a twentieth of a run.
   */
  private isHidden(path: string): boolean {
    if (this.tree.mayHide?.(path) === false) return false
    this.hiddenPaths ??= new Set(
      (this.tree.changedOnDisk?.() ?? []).filter((changed) => !this.has(changed)),
    )
    return this.hiddenPaths.has(path)
  }

  /** A fingerprint of the names in a folder, in the tree and on disk. */
  namesIn(folder: string): string {
    if (this.children.size === 0) this.readChildren()
    const names = new Set(this.children.get(folder))
    try {
      for (const name of readdirSync(join(this.root, folder))) {
        if (names.has(name)) continue
        if (!this.isHidden(folder === '' ? name : `${folder}/${name}`)) names.add(name)
      }
    } catch {
      // It may be in the tree only.
    }
    const all = [...names].sort().join('\0')
    return all.length <= MOST_NAMES ? all : crypto().createHash('sha1').update(all).digest('hex')
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
  const inRoot = (path: string) => relativePath(root, path)
  const reads = trace.reads.map(inRoot)
  const absent = trace.absent.map(inRoot)
  const folders = new Set([inRoot(cwd), ...[...reads, ...absent].map(folderOf)])
  const salt = crypto().randomBytes(16).toString('hex')
  return {
    files: record(reads, (path) => around.contentId(path)),
    absent,
    folders: record([...folders], (folder) => around.namesIn(folder)),
    env: record(Object.keys(trace.env), (name) => salted(salt, name, trace.env[name])),
    salt,
    packages: record(trace.packages, packageStamp),
  }
}

/** Whether everything is still as it was noted. */
export function areUnchanged(noted: Dependencies, around: ProjectFiles): boolean {
  const { files, absent, folders, env, salt, packages } = noted
  const all = <T>(values: Readonly<Record<string, T>>, now: (name: string) => T): boolean =>
    Object.entries(values).every(([name, value]) => now(name) === value)
  return (
    all(env, (name) => salted(salt, name, process.env[name])) &&
    all(files, (path) => around.contentId(path)) &&
    absent.every((path) => !around.isThere(path)) &&
    all(folders, (folder) => around.namesIn(folder)) &&
    all(packages, packageStamp)
  )
}

/** Loaded when it is needed: it takes 5 % of a hook's run, and most answers depend on no variable. */
function crypto(): typeof import('node:crypto') {
  return process.getBuiltinModule('node:crypto')
}

/** Null for a variable that is not set. */
function salted(salt: string, name: string, value: string | null | undefined): string | null {
  if (value === null || value === undefined) return null
  return crypto().createHash('sha256').update(`${salt}\0${name}\0${value}`).digest('hex')
}

/** Installing another version writes a new package.json. */
function packageStamp(folder: string): string | null {
  const stats = statSync(join(folder, 'package.json'), { throwIfNoEntry: false })
  return stats === undefined ? null : `${stats.size} ${stats.mtimeMs} ${stats.ino}`
}

function record<T>(names: readonly string[], value: (name: string) => T): Record<string, T> {
  return Object.fromEntries(names.map((name) => [name, value(name)]))
}
