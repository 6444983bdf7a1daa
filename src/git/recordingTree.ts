import type { Tree } from './tree.ts'

/** A tree that remembers what it was asked for. */
export interface RecordingTree extends Tree {
  /** Files that were read and folders that were listed, also such that are not there. */
  readonly asked: ReadonlySet<string>
}

/** The same tree, remembering every question but those for all files. */
export function recordingTree(tree: Tree): RecordingTree {
  const asked = new Set<string>()
  return {
    ...tree,
    asked,
    list(folder) {
      if (folder !== '') asked.add(folder)
      return tree.list(folder)
    },
    read(path) {
      asked.add(path)
      return tree.read(path)
    },
    readAll(paths) {
      for (const path of paths) asked.add(path)
      return tree.readAll(paths)
    },
    ...(tree.stamp && {
      stamp(path: string) {
        asked.add(path)
        return tree.stamp!(path)
      },
    }),
  }
}
