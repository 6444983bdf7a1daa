import type { BlobReader } from './blobs.ts'
import type { Git } from './git.ts'
import type { KeptObjects } from './keptObjects.ts'
import { foldersAround, normalFolder, rememberListings } from './listing.ts'
import type { Tree, TreeFile } from './tree.ts'

/**
 * A tree whose files git stores as blobs. Listing and contents are read once.
 *
 * @param label - see `Tree.label`
 * @param blobs - where contents come from
 * @param load - lists the regular files at or below the given paths; without paths, all of them
 */
export function createObjectTree(
  label: string,
  blobs: BlobReader,
  load: (paths: readonly string[]) => readonly TreeFile[],
): Tree {
  const found = new Map<string, string | undefined>()
  const listed = new Set<string>()
  const list = rememberListings((folder) => {
    if (folder !== '' && !liesInside(folder)) return []
    const files = load(folder === '' ? [] : [`${folder}/`])
    for (const { path, blob } of files) found.set(path, blob)
    listed.add(folder)
    return files
  })

  const locate = (paths: readonly string[]): void => {
    const unknown = paths.filter(
      (path) =>
        liesInside(path) &&
        !found.has(path) &&
        !foldersAround(path).some((folder) => listed.has(folder)),
    )
    if (unknown.length === 0) return
    if (unknown.length > mostPathsPerCommandLine) {
      list('')
      return
    }
    for (const path of unknown) found.set(path, undefined)
    for (const { path, blob } of load(unknown)) found.set(path, blob)
  }

  const readAll = (paths: readonly string[]): ReadonlyMap<string, Buffer> => {
    locate(paths)
    const located = paths.flatMap((path) => {
      const blob = found.get(path)
      return blob === undefined ? [] : [{ path, blob }]
    })
    const contents = blobs.readAll(located.map(({ blob }) => blob))
    return new Map(located.map(({ path, blob }) => [path, contents.get(blob)!]))
  }

  return {
    label,
    list: (folder) => list(normalFolder(folder)),
    readAll,
    read: (path) => readAll([path]).get(path),
  }
}

/** Git dies of paths outside of the checkout; here they are just not in the tree. */
function liesInside(path: string): boolean {
  return path !== '' && !path.startsWith('/') && !path.split('/').includes('..')
}

const mostPathsPerCommandLine = 100

/**
 * The tree of a commit.
 *
 * @param commit - its id
 * @param kept - what an earlier run has listed
 */
export function createCommitTree(
  git: Git,
  blobs: BlobReader,
  commit: string,
  label: string,
  kept: KeptObjects | null = null,
): Tree {
  const tree = createObjectTree(label, blobs, (paths) => {
    const question = [commit, ...paths].join('\0')
    const known = kept?.listing(question)
    if (known !== undefined) return known
    const output = git.run(['ls-tree', '-r', '-z', '--full-tree', commit, '--', ...paths])
    const files = splitRecords(output).flatMap((record) => {
      const [, mode, blob, path] = /^(\d+) \w+ ([0-9a-f]+)\t([^]+)$/.exec(record)!
      return isRegularFile(mode!) ? [{ path: path!, blob: blob! }] : []
    })
    kept?.keepListing(question, files)
    return files
  })
  return {
    ...tree,
    changedOnDisk: () => [
      ...new Set([
        ...splitRecords(git.run(['diff-index', ...namesOnly, commit])),
        ...listUnwatched(git),
      ]),
    ],
  }
}

/**
 * The files that git does not compare with those on disk: assume-unchanged (a small letter) and
 * skip-worktree (S; in a sparse checkout what is not there).
 */
export function listUnwatched(git: Pick<Git, 'run'>): readonly string[] {
  return splitRecords(git.run(['ls-files', '-v', '-z', '--full-name'])).flatMap((record) =>
    /^(?:[a-z]|S) /.test(record) ? [record.slice(2)] : [],
  )
}

/** Options of git's diffs; user settings that change what they print are overruled. */
export const namesOnly = [
  '--name-only',
  '-z',
  '--no-renames',
  '--no-relative',
  '--no-ext-diff',
  '--no-color',
  '--ignore-submodules=none',
]

/** The paths at which two commits differ, in either. */
export function listChangedPaths(git: Git, from: string, to: string): ReadonlySet<string> {
  const output = git.run(['diff-tree', '-r', ...namesOnly, from, to])
  return new Set(splitRecords(output))
}

/** The paths at which the working directory differs from a commit, with what git does not know yet. */
export function listChangedOnDisk(git: Git, commit: string): ReadonlySet<string> {
  const untracked = ['ls-files', '--others', '--exclude-standard', '-z', '--full-name']
  return new Set([
    ...splitRecords(git.run(['diff-index', ...namesOnly, commit])),
    ...splitRecords(git.run(untracked)),
  ])
}

/** Symbolic links (120000) and submodules (160000) are not files of the project. */
export function isRegularFile(mode: string): boolean {
  return mode.startsWith('100')
}

/** Splits what git prints with `-z`. */
export function splitRecords(output: Buffer): string[] {
  return output.toString('utf8').split('\0').slice(0, -1)
}
