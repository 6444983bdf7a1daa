import { lstatSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { leavesFolder, relativePath } from '../finding/relativePath.ts'
import { Refusal } from './refusal.ts'

/** What is to be written to one file, or that it is to go. */
export interface Edit {
  /** Relative to the root. */
  readonly path: string
  /** Null where there is no file. */
  readonly before: string | null
  /** Null where the file is to be deleted. */
  readonly after: string | null
  /** Permissions of a file that is made; null: as files usually have. */
  readonly mode: number | null
  /** What changes in it, for people; several where several steps edit it. */
  readonly what: readonly string[]
}

/**
 * The files of a repository as they will be: steps read and write them here, and nothing is on disk
 * until all of it is.
 */
export class Files {
  readonly root: string
  private readonly edits = new Map<string, Edit>()

  /** @param root - absolute, without symbolic links */
  constructor(root: string) {
    this.root = root
  }

  /**
   * The text of a file as it will be; null where there is none.
   *
   * @throws Refusal where it is no text, lies outside of the repository, or cannot be read
   */
  read(path: string): string | null {
    const edit = this.edits.get(this.inside(path))
    return edit === undefined ? this.onDisk(path) : edit.after
  }

  /**
   * @param text - null deletes the file
   * @param what - what changes in it, in a few words
   * @throws Refusal as `read` does
   */
  write(path: string, text: string | null, what: string, mode: number | null = null): void {
    const real = this.inside(path)
    const known = this.edits.get(real)
    const before = known === undefined ? this.onDisk(path) : known.before
    this.edits.set(real, {
      path: real,
      before,
      after: text,
      mode: mode ?? known?.mode ?? null,
      what: [...(known?.what ?? []), what],
    })
  }

  /** Makes a file what it was before anything of ours was in it. */
  restore(path: string, text: string | null): void {
    const known = this.edits.get(path)
    if (known) this.edits.set(path, { ...known, after: text, what: ['as it was before'] })
  }

  /** What differs from what is on disk. */
  changes(): readonly Edit[] {
    return [...this.edits.values()].filter(({ before, after }) => before !== after)
  }

  private onDisk(path: string): string | null {
    const bytes = readBytes(join(this.root, this.inside(path)), path)
    if (bytes === null) return null
    const text = bytes.toString('utf8')
    if (!Buffer.from(text).equals(bytes)) throw new Refusal(path, `${path} is not UTF-8 text`)
    return text
  }

  /** The path without symbolic links, relative to the root. */
  private inside(path: string): string {
    const real = relativePath(this.root, realPlace(join(this.root, path)))
    if (leavesFolder(real)) {
      throw new Refusal(path, `${path} is a link to a place outside of the repository`)
    }
    if (real === '.git' || real.startsWith('.git/')) {
      if (path !== real) throw new Refusal(path, `${path} is a link into the git directory`)
    }
    return real
  }
}

/** Where a path leads; also for one that does not exist yet. */
function realPlace(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    const isBrokenLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true
    if (isBrokenLink) throw new Refusal(path, `${path} is a link that leads nowhere`)
    const parent = dirname(path)
    return parent === path ? path : join(realPlace(parent), path.slice(parent.length))
  }
}

function readBytes(absolute: string, path: string): Buffer | null {
  try {
    return readFileSync(absolute)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable'
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw new Refusal(path, `${path} cannot be read (${code})`)
  }
}
