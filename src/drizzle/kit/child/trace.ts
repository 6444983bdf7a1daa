import fs from 'node:fs'
import Module from 'node:module'
import { dirname, isAbsolute, join, resolve, sep } from 'node:path'
import type { KitTrace } from '../request.ts'
import { watchEnvironment } from './environment.ts'
import { ownFile } from './ownFile.ts'
import { fsPath } from './fsPath.ts'

/** Variables that programs look at whatever the schema says. */
const OF_THE_MACHINE =
  /^(?:NODE_(?!ENV$)|npm_|GIT_|TSX_|ESBUILD_|JITI_|XDG_|LC_|LANG|TERM|COLOR|FORCE_COLOR|NO_COLOR|DEBUG|PATH$|HOME$|PWD$|TMP|TEMP|TMPDIR$|USER$|SHELL$|HOSTNAME$|OSTYPE|MIGRATION_LINT_)/

/**
 * Records what a process reads of a project: files, looks for files that are not there, variables
 * of the environment. Installed packages are recorded as packages.
 *
 * @param root - absolute path of the project's top folder
 * @returns what was recorded up to the time of the call
 */
export function recordReads(root: string): () => KitTrace {
  const reads = new Set<string>()
  const absent = new Set<string>()
  const packages = new Set<string>()
  const env: Record<string, string | null> = {}

  const note = (given: unknown, isThere: boolean): void => {
    const path = fsPath(given)
    if (path === null || !path.startsWith(root + sep)) return
    const installed = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)(?:[\\/]|$)/.exec(path)
    if (installed) {
      if (isThere) packages.add(installed[1]!)
    } else if (!path.slice(root.length).split(sep).includes('.git')) {
      ;(isThere ? reads : absent).add(path)
    }
  }
  const watch = <K extends 'readFileSync' | 'existsSync' | 'statSync'>(name: K): void => {
    const original = fs[name] as (...args: unknown[]) => unknown
    const watched = (...args: unknown[]): unknown => {
      try {
        const result = original(...args)
        // A look at a folder is no read of a file.
        const isMissing = result === undefined || (name === 'existsSync' && result === false)
        if (name === 'readFileSync' || isMissing) note(args[0], !isMissing)
        return result
      } catch (error) {
        note(args[0], false)
        throw error
      }
    }
    Object.assign(fs, { [name]: Object.assign(watched, original) })
  }
  watch('readFileSync')
  watch('existsSync')
  watch('statSync')
  recordResolutions(root, note)
  recordEnvironment(env)
  const endedBy = recordEnd(root)
  return () => ({
    reads: [...reads],
    absent: [...absent].filter((path) => !reads.has(path)),
    env,
    values: valuesOf(Object.keys(env)),
    packages: [...packages],
    endedBy: endedBy(),
  })
}

/**
 * Resolution looks at the disk past `fs`: what it did not find is known from its failure, and which
 * package.json it read from where it was asked and what it found. `type`, `imports` and `exports`
 * decide what a module is and which one is meant.
 */
function recordResolutions(root: string, note: (path: unknown, isThere: boolean) => void): void {
  const { existsSync } = fs
  const known = new Set<string>()
  const notePackages = (folder: string): void => {
    for (let at = folder; at.startsWith(root) && !known.has(at); at = dirname(at)) {
      known.add(at)
      if (at.includes(`${sep}node_modules`)) continue
      const file = join(at, 'package.json')
      note(file, existsSync(file))
    }
  }
  const loader = Module as unknown as {
    _resolveFilename(request: string, parent?: { filename?: string }, ...rest: unknown[]): string
  }
  const original = loader._resolveFilename
  loader._resolveFilename = function (request, parent, ...rest) {
    const from = parent?.filename ? dirname(parent.filename) : process.cwd()
    const isPath = /^\.{0,2}[\\/]/.test(request)
    notePackages(from)
    if (isPath) notePackages(resolve(from, request))
    try {
      const found = original.call(this, request, parent, ...rest)
      if (isAbsolute(found)) notePackages(dirname(found))
      return found
    } catch (error) {
      if (isPath) note(resolve(from, request), false)
      throw error
    }
  }
}

function recordEnvironment(env: Record<string, string | null>): void {
  // What `.env` adds is recorded as that file.
  const initial = { ...process.env }
  watchEnvironment((name, value) => {
    if (!OF_THE_MACHINE.test(name) && !(name in env)) env[name] = initial[name] ?? null
    return value
  })
}

function valuesOf(names: readonly string[]): Record<string, string> {
  const set = names.map((name) => [name, process.env[name]] as const)
  return Object.fromEntries(
    set.filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

/** A schema that ends the process has not been read to its end, whatever it says. */
function recordEnd(root: string): () => string | null {
  let file: string | null = null
  const exit = process.exit
  process.exit = (code) => {
    file ??= ownFile(new Error().stack, root)
    return exit.call(process, code)
  }
  return () => file
}
