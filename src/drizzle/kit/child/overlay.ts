import fs from 'node:fs'
import Module from 'node:module'
import { dirname, resolve } from 'node:path'
import { moduleCandidates } from '../../../static/moduleCandidates.ts'
import { fsPath } from './fsPath.ts'

/**
 * Makes a process see other contents than those on disk: what is staged instead of what is saved.
 * The loaders of drizzle-kit (esbuild-register, tsx, jiti) all read sources through `fs`.
 *
 * @param overlay - absolute path → file that holds the content; null for a file that is not there
 */
export function installOverlay(overlay: Readonly<Record<string, string | null>>): void {
  if (Object.keys(overlay).length === 0) return
  const contentOf = (given: unknown): string | null | undefined => {
    const path = fsPath(given)
    return path !== null && Object.hasOwn(overlay, path) ? overlay[path] : undefined
  }
  const { readFileSync, existsSync, readFile } = fs
  const substitute = <A extends unknown[]>(args: A): A => {
    const content = contentOf(args[0])
    if (content === null) throw missing(args[0])
    return content === undefined ? args : ([content, ...args.slice(1)] as A)
  }
  Object.assign(fs, {
    readFileSync: (...args: Parameters<typeof readFileSync>) => readFileSync(...substitute(args)),
    existsSync: (path: unknown) => {
      const content = contentOf(path)
      return content === undefined ? existsSync(path as string) : content !== null
    },
    readFile: Object.assign((...args: unknown[]) => {
      ;(readFile as (...all: unknown[]) => void)(...substitute(args))
    }, readFile),
  })
  const { readFile: readPromise } = fs.promises
  fs.promises.readFile = (async (...args: Parameters<typeof readPromise>) =>
    readPromise(...substitute(args))) as typeof readPromise
  resolveAdded(overlay)
}

/** Node's own resolution finds what lies on disk: not what is staged only, and what is not staged. */
function resolveAdded(overlay: Readonly<Record<string, string | null>>): void {
  const { statSync } = fs
  const lies = (path: string) => statSync(path, { throwIfNoEntry: false })
  const added = new Set(
    Object.keys(overlay).filter((path) => overlay[path] !== null && !lies(path)),
  )
  const loader = Module as unknown as {
    _resolveFilename(request: string, parent?: { filename?: string }, ...rest: unknown[]): string
  }
  const original = loader._resolveFilename
  loader._resolveFilename = function (request, parent, ...rest) {
    try {
      const found = original.call(this, request, parent, ...rest)
      if (overlay[found] === null) throw missing(found)
      return found
    } catch (error) {
      if (!/^(?:\.{1,2})?[\\/]/.test(request)) throw error
      const path = resolve(parent?.filename ? dirname(parent.filename) : process.cwd(), request)
      // What Node found first may be hidden, and then the next one counts: an older index.ts, say.
      const isThere = (one: string) =>
        added.has(one) || (overlay[one] !== null && lies(one)?.isFile() === true)
      const found = moduleCandidates(path).find(isThere)
      if (found === undefined) throw error
      return found
    }
  }
}

function missing(path: unknown): Error {
  return Object.assign(new Error(`ENOENT: no such file or directory, open '${String(path)}'`), {
    code: 'ENOENT',
  })
}
