import { realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readRegularFile } from '../../disk/readRegularFile.ts'

/** The packages a project's schema is compared with. */
export interface KitInstallation {
  /** Real folder of drizzle-kit. */
  readonly folder: string
  readonly version: string
  /** Of drizzle-orm; null where it is not found from the same place. */
  readonly orm: string | null
}

/** How a version of drizzle-kit is asked; null for one that cannot be. */
export type KitInterface = 'api' | 'explain' | null

/**
 * The drizzle-kit a project would run: the nearest one above its folder.
 *
 * @param from - absolute folder
 * @returns null where none is installed
 */
export function findKit(from: string): KitInstallation | null {
  const kit = findPackage(from, 'drizzle-kit')
  if (kit === null) return null
  return {
    folder: kit.folder,
    version: kit.version,
    orm: findPackage(from, 'drizzle-orm')?.version ?? null,
  }
}

/**
 * Which interface a version has: 0.24 to 0.31 export functions, 1.0 answers in JSON since rc.4
 * (facts on drizzle, sections 3 and 4). Anything between asks at a terminal or exits with 0 where it
 * failed.
 */
export function interfaceOf(version: string): KitInterface {
  const [, major, minor, stage, count] =
    /^(\d+)\.(\d+)\.\d+(?:-([a-z]+)\.(\d+))?/.exec(version) ?? []
  if (major === '0') return Number(minor) >= 24 ? 'api' : null
  if (major === undefined) return null
  if (stage === undefined) return version.includes('-') ? null : 'explain'
  return stage === 'rc' && Number(count) >= 4 ? 'explain' : null
}

function findPackage(from: string, name: string): { folder: string; version: string } | null {
  for (let at = from; ; at = dirname(at)) {
    try {
      const folder = realpathSync(join(at, 'node_modules', name))
      const { version } = JSON.parse(
        readRegularFile(join(folder, 'package.json')).toString('utf8'),
      ) as {
        version?: unknown
      }
      return { folder, version: String(version) }
    } catch {
      if (dirname(at) === at) return null
    }
  }
}
