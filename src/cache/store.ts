import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { fileName } from './fileName.ts'
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
 * The folder for what is cached of a checkout: below its git directory, where nobody commits or lints
 * it; outside of git in `node_modules/.cache`. Unbuilt sources get none, or an edit would not show.
 *
 * @returns null where there is no place for it; `version` names the build
 */
export function cacheFolder(
  root: string,
  gitDir: string | null,
): { readonly folder: string; readonly version: string } | null {
  if (typeof BUILD_ID === 'undefined') return null
  const modules = join(root, 'node_modules')
  const place = gitDir ?? (existsSync(modules) ? join(modules, '.cache') : null)
  return place === null ? null : { folder: join(place, 'migration-lint'), version: BUILD_ID }
}

/** The answers that are cached of a checkout; null where there is no place for them. */
export function openStore(root: string, gitDir: string | null): Store | null {
  const place = cacheFolder(root, gitDir)
  if (place === null) return null
  removeLegible(place.folder)
  return folderStore(join(place.folder, 'answers'), place.version)
}

/** A cache in a folder. What cannot be read or written is as if it were not there. */
export function folderStore(folder: string, version: string): Store {
  const build = `${version} ${process.version}`
  const fileOf = (key: string) => join(folder, fileName(`${build}\0${key}`))
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
