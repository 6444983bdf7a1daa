/**
 * A read-only view of one state of the project's files: a commit, the git index or the working
 * directory. Everything below `git/` reads files through it and knows nothing about git.
 *
 * Paths are relative to the tree's root, with `/`, and never start with `./`.
 */
export interface Tree {
  /** What this state is, for messages: `the index`, `origin/main`, `the working directory`. */
  readonly label: string

  /**
   * The files below a folder, in byte order of their paths.
   *
   * @param folder - relative to the root; `''` lists everything
   */
  list(folder: string): readonly TreeFile[]

  /**
   * The content of several files at once (one process where git is asked).
   *
   * @returns content by path; a path that is not a file in this tree is missing from the map
   */
  readAll(paths: readonly string[]): ReadonlyMap<string, Buffer>

  /**
   * Something that changes whenever the file does, and is cheaper to ask for than its content; only
   * where the tree has no blob ids. Git's index trusts the same facts.
   */
  stamp?(path: string): string | undefined

  /**
   * Files whose content on disk is another than this tree's, or that only one of both has; only
   * where the tree is not what lies on disk.
   */
  changedOnDisk?(): readonly string[]

  /**
   * False for a path that `changedOnDisk` can only name if this tree has it; where that is known
   * without comparing files.
   */
  mayHide?(path: string): boolean

  /** Those of some paths that are on disk, neither in this tree nor ignored by git; likewise. */
  strays?(paths: readonly string[]): readonly string[]

  /** The content of one file, or undefined where this tree has none. */
  read(path: string): Buffer | undefined
}

export interface TreeFile {
  readonly path: string
  /**
   * Git's blob id where the tree knows it without reading the file. The working directory answers
   * undefined.
   */
  readonly blob?: string
}
