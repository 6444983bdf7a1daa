import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { readSealed, writeSealed } from './sealedFile.ts'

/** Answers of earlier runs. A key names everything the answer depends on. */
export interface Store {
  get(key: string): unknown
  set(key: string, value: unknown): void
}

/** Set by the build to a hash of the sources; absent where they run unbuilt. */
declare const BUILD_ID: string | undefined

/** How many answers there are at most; the oldest go first. */
const MOST = 64

/**
 * The cache of a checkout: below its git directory, where nobody commits or lints it; outside of
 * git in `node_modules/.cache`. Unbuilt sources get none, or an edit would not show.
 *
 * @returns null where there is no place for it
 */
export function openStore(root: string, gitDir: string | null): Store | null {
  if (typeof BUILD_ID === 'undefined') return null
  const modules = join(root, 'node_modules')
  const place = gitDir ?? (existsSync(modules) ? join(modules, '.cache') : null)
  if (place === null) return null
  const folder = join(place, 'migration-lint')
  removeLegible(folder)
  return folderStore(join(folder, 'answers'), BUILD_ID)
}

/** A cache in a folder. What cannot be read or written is as if it were not there. */
export function folderStore(folder: string, version: string): Store {
  const build = `${version} ${process.version}`
  const fileOf = (key: string) => join(folder, nameOf(`${build}\0${key}`))
  return {
    get(key) {
      try {
        const content = readSealed(fileOf(key), build)
        if (content === undefined) return undefined
        const cached = deserialize(content) as { key: string; value: unknown }
        return cached.key === key ? cached.value : undefined
      } catch {
        return undefined
      }
    },
    set(key, value) {
      try {
        writeSealed(fileOf(key), build, serialize({ key, value }))
        prune(folder)
      } catch {
        return
      }
    },
  }
}

/**
 * A file name for a key (FNV-1a, 32 bits). Two keys may share one: the whole key stands beside the
 * answer. A cryptographic hash would cost more to load than the answer to read.
 */
function nameOf(key: string): string {
  let hash = 0x811c9dc5
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}

function prune(folder: string): void {
  const names = readdirSync(folder)
  if (names.length <= MOST) return
  const aged = names
    .map((name) => ({ name, time: statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => b.time - a.time)
  for (const { name } of aged.slice(MOST / 2)) rmSync(join(folder, name), { force: true })
}

/** Removes what earlier versions left: values of the environment for everybody to read. */
function removeLegible(folder: string): void {
  try {
    for (const name of readdirSync(folder)) {
      if (/^[0-9a-f]{8}(?:\.\d+)?$/.test(name)) rmSync(join(folder, name), { force: true })
    }
  } catch {
    return
  }
}
