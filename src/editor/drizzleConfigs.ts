import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { readRegularFile } from '../disk/readRegularFile.ts'
import { readDrizzleConfigSync } from '../drizzle/find/readConfigSync.ts'
import type { DrizzleConfigReading } from '../drizzle/find/reading.ts'
import { looksLikeConfig } from '../drizzle/find/scan.ts'

/** The drizzle configs that stand nearest above a file. */
export interface NearestConfigs {
  readonly folder: string
  readonly readings: readonly DrizzleConfigReading[]
}

/**
 * Finds the drizzle configs of a file, as far as their text tells.
 *
 * @param file - absolute
 * @returns null where there is none up to the repository's top
 */
export function nearestConfigs(file: string): NearestConfigs | null {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const names = existsSync(folder) ? readdirSync(folder).filter(looksLikeConfig) : []
    if (names.length > 0)
      return { folder, readings: names.map((name) => readConfig(join(folder, name))) }
    if (folder === dirname(folder) || existsSync(join(folder, '.git'))) return null
  }
}

/** Where drizzle-kit may be run: in the config's folder, or in a package or repository around it. */
export function basesOf(folder: string): readonly string[] {
  const bases = [folder]
  for (let at = folder; at !== dirname(at) && !existsSync(join(at, '.git'));) {
    at = dirname(at)
    if (existsSync(join(at, 'package.json')) || existsSync(join(at, '.git'))) bases.push(at)
  }
  return bases
}

const readings = new Map<
  string,
  { readonly changed: number; readonly reading: DrizzleConfigReading }
>()

/** Reads a config, once for as long as it does not change. */
export function readConfig(path: string): DrizzleConfigReading {
  const changed = statSync(path).mtimeMs
  const kept = readings.get(path)
  if (kept?.changed === changed) return kept.reading
  // Paths are told from its own folder.
  const name = basename(path)
  const reading = readDrizzleConfigSync(readRegularFile(path).toString('utf8'), name)
  readings.set(path, { changed, reading })
  return reading
}
