import { resolve } from 'node:path'
import { relativePath } from '../finding/relativePath.ts'
import type { Places } from '../finding/places.ts'

/** A path relative to the root, shown relative to the working directory, with `/`. */
export function shownPath(file: string, { root, cwd }: Places): string {
  return relativePath(cwd, resolve(root, file)) || '.'
}
