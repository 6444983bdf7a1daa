import { ProblemError } from '../finding/problem.ts'
import { shellWord } from '../finding/shellWord.ts'
import type { BlobReader } from './blobs.ts'
import type { Git } from './git.ts'
import {
  createObjectTree,
  isRegularFile,
  listUnwatched,
  namesOnly,
  splitRecords,
} from './objectTree.ts'
import type { Tree, TreeFile } from './tree.ts'

/**
 * What would be committed: the index git has given the hook, never the working directory. Files
 * added with `--intent-to-add` are not in it.
 *
 * `list` and `readAll` throw a ProblemError naming the file where one has merge conflicts.
 */
export function createIndexTree(git: Git, blobs: BlobReader): Tree {
  // Symbolic links, submodules, and what is only intended to be added.
  let others: ReadonlySet<string> | undefined
  let changed: readonly string[] | undefined
  const tree = createObjectTree('the index', blobs, (paths) => {
    const output = git.run(['ls-files', '-s', '-z', '--full-name', '--', ...paths])
    const besides = new Set<string>()
    const files = splitRecords(output).flatMap((record): TreeFile[] => {
      const [, mode, blob, stage, path] = /^(\d+) ([0-9a-f]+) (\d)\t([^]+)$/.exec(record)!
      if (stage !== '0') throw unmerged(path!)
      if (isRegularFile(mode!)) return [{ path: path!, blob: blob! }]
      besides.add(path!)
      return []
    })
    const real = withoutIntentToAdd(git, files)
    if (paths.length > 0) return real
    if (real.length < files.length) {
      const kept = new Set(real)
      for (const file of files) if (!kept.has(file)) besides.add(file.path)
    }
    others = besides
    return real
  })
  return {
    ...tree,
    mayHide(path) {
      tree.list('')
      return others?.has(path) !== false
    },
    changedOnDisk: () =>
      (changed ??= [
        ...new Set([...splitRecords(git.run(['diff-files', ...namesOnly])), ...listUnwatched(git)]),
      ]),
    strays: listStrays(git),
  }
}

/** Those of some paths that git neither tracks nor ignores. */
export function listStrays(git: Git): (paths: readonly string[]) => readonly string[] {
  return (paths) =>
    splitRecords(
      git.run(['ls-files', '--others', '--exclude-standard', '-z', '--full-name', '--', ...paths]),
    )
}

/**
 * The paths that committing the index would change, deleted ones included.
 *
 * User settings that change what diff prints (renames, relative paths, external programs) are
 * overruled.
 */
export function listStagedPaths(git: Git): ReadonlySet<string> {
  return new Set(splitRecords(git.run([...diffIndex, ...namesOnly])))
}

const diffIndex = ['diff', '--cached', '--ita-invisible-in-index']

/**
 * A file that is only intended to be added is listed as an empty one. Whether an empty file is
 * really there, only diff tells: compared with nothing at all, it shows what was added.
 */
function withoutIntentToAdd(git: Git, files: readonly TreeFile[]): readonly TreeFile[] {
  const empty = files.filter(({ blob }) => emptyBlobs.has(blob!))
  if (empty.length === 0) return files
  const nothing = empty[0]!.blob!.length === 40 ? emptyTree.sha1 : emptyTree.sha256
  // Given many paths the command line grows too long; all paths are always a right question.
  const paths = empty.length > 100 ? [] : empty.map(({ path }) => path)
  const added = new Set(
    splitRecords(git.run([...diffIndex, ...namesOnly, nothing, '--', ...paths])),
  )
  return files.filter((file) => !emptyBlobs.has(file.blob!) || added.has(file.path))
}

const emptyBlobs = new Set([
  'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391',
  '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813',
])
const emptyTree = {
  sha1: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  sha256: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
}

function unmerged(file: string): ProblemError {
  return new ProblemError({
    message: `${file} has merge conflicts, so what would be committed is not decided yet`,
    file,
    help: `Resolve the conflicts and run git add ${shellWord(`:/${file}`)}`,
  })
}
