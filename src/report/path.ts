import { relative, resolve, sep } from 'node:path'

/** Where a report's paths start and where they are shown from; both absolute. */
export interface Places {
  readonly root: string
  readonly cwd: string
}

/** A path relative to the root, shown relative to the working directory, with `/`. */
export function shownPath(file: string, { root, cwd }: Places): string {
  return relative(cwd, resolve(root, file)).split(sep).join('/') || '.'
}
