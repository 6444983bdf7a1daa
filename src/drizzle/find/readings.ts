import type { Tree } from '../../git/tree.ts'
import { readDrizzleConfig } from './readConfig.ts'
import { spreadConfigs, inherited } from './inherit.ts'
import type { DrizzleConfigReading } from './reading.ts'
import type { Scan } from './scan.ts'

/** Keeps answers between runs; the values are plain data. */
export interface Cache {
  get(key: string): unknown
  set(key: string, value: unknown): void
}

/** Changes whenever the same config text would be read differently. */
const FORMAT = 2

/** How many configs may stand on each other's shoulders. */
const LEVELS = 4

/**
 * Reads several drizzle configs of one tree. With a cache, a config that was read before costs no
 * parser: its key is git's blob id where the tree knows it, else the content.
 *
 * Other configs that a config spreads (`...base`) are read along with it.
 *
 * @param paths - of the configs, relative to the root
 * @returns by path; a config that is not in the tree is missing
 */
export async function readConfigs(
  tree: Tree,
  paths: readonly string[],
  scan: Scan,
  cache?: Cache,
): Promise<ReadonlyMap<string, DrizzleConfigReading>> {
  const own = new Map<string, DrizzleConfigReading>()
  let wanted = new Set(paths)
  for (let level = 0; level < LEVELS && wanted.size > 0; level++) {
    const read = await readOwn(tree, [...wanted], scan.blob, cache)
    wanted = new Set()
    for (const [path, reading] of read) {
      own.set(path, reading)
      for (const base of spreadConfigs(reading, path, scan)) if (!own.has(base)) wanted.add(base)
    }
  }
  const readings = new Map<string, DrizzleConfigReading>()
  for (const path of paths) {
    const reading = own.get(path)
    if (reading) readings.set(path, inherited(reading, path, own, scan))
  }
  return readings
}

async function readOwn(
  tree: Tree,
  paths: readonly string[],
  blob: Scan['blob'],
  cache: Cache | undefined,
): Promise<ReadonlyMap<string, DrizzleConfigReading>> {
  const readings = new Map<string, DrizzleConfigReading>()
  for (const [path, content] of tree.readAll(paths)) {
    const source = content.toString('utf8')
    if (!cache || path.endsWith('.json')) {
      readings.set(path, await readDrizzleConfig(source, path))
      continue
    }
    const key = `drizzle-config:${FORMAT}:${path}:${blob(path) ?? source}`
    const cached = cache.get(key) as DrizzleConfigReading | undefined
    const reading = cached ?? (await readDrizzleConfig(source, path))
    if (!cached) cache.set(key, reading)
    readings.set(path, reading)
  }
  return readings
}
