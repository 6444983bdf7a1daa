import type { Tree } from './tree.ts'

/** A state without files: what is deployed before the first commit. */
export function createEmptyTree(label: string): Tree {
  return {
    label,
    list: () => [],
    readAll: () => new Map(),
    read: () => undefined,
  }
}
