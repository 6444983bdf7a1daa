import { relative, resolve, sep } from 'node:path'
import type { Places } from '../finding/places.ts'

/** A path relative to the root, shown relative to the working directory, with `/`. */
export function shownPath(file: string, { root, cwd }: Places): string {
  return relative(cwd, resolve(root, file)).split(sep).join('/') || '.'
}
