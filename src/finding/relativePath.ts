import path, { type PlatformPath } from 'node:path'

/**
 * How git, drizzle's journal and our findings name a file: relative, with `/` on every system.
 *
 * @param platform - for tests: `path.win32`
 * @returns on Windows absolute where the file is on another drive; {@link leavesFolder} knows it
 */
export function relativePath(from: string, to: string, platform: PlatformPath = path): string {
  return platform.relative(from, to).split(platform.sep).join('/')
}

/**
 * Whether a relative path leads out of the folder it is relative to.
 *
 * @param path - with `/`, as {@link relativePath} gives it
 */
export function leavesFolder(path: string): boolean {
  return path === '..' || path.startsWith('../') || /^(\/|[a-z]:)/i.test(path)
}

/**
 * A file as somebody names it who stands in a folder of the checkout.
 *
 * @param here - that folder; relative to the root, '' for the root
 * @param file - relative to the root, too
 */
export function pathFrom(here: string, file: string): string {
  return path.posix.relative(`/${here}`, `/${file}`) || '.'
}
