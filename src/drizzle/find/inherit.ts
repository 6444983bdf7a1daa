import { folderOf, within } from './paths.ts'
import type { DrizzleConfigReading, Reading } from './reading.ts'
import type { Scan } from './scan.ts'

const EXTENSIONS = ['', '.ts', '.mts', '.cts', '.js', '.mjs', '.cjs', '.json']

/** The modules of the tree whose default export a config spreads or exports again. */
export function spreadConfigs(
  reading: DrizzleConfigReading,
  config: string,
  scan: Scan,
): readonly string[] {
  const bases = Object.values(reading as unknown as Record<string, Reading<unknown>>).flatMap(
    (key) => spreadConfig(key, config, scan) ?? [],
  )
  return [...new Set(bases)]
}

/**
 * A config's reading with what it takes over from the configs it spreads.
 *
 * @param own - readings of single files; a base that is missing there stays unreadable
 */
export function inherited(
  reading: DrizzleConfigReading,
  config: string,
  own: ReadonlyMap<string, DrizzleConfigReading>,
  scan: Scan,
  seen: readonly string[] = [],
): DrizzleConfigReading {
  const take = <K extends keyof DrizzleConfigReading>(key: K): DrizzleConfigReading[K] => {
    const path = spreadConfig(reading[key], config, scan)
    const base = path !== null && !seen.includes(path) ? own.get(path) : undefined
    if (path === null || !base) return reading[key]
    return inherited(base, path, own, scan, [...seen, config])[key]
  }
  return {
    dialect: take('dialect'),
    driver: take('driver'),
    out: take('out'),
    schema: take('schema'),
    casing: take('casing'),
    prefix: take('prefix'),
    migrationsTable: take('migrationsTable'),
    migrationsSchema: take('migrationsSchema'),
    tablesFilter: take('tablesFilter'),
    schemaFilter: take('schemaFilter'),
    breakpoints: take('breakpoints'),
  }
}

function spreadConfig(key: Reading<unknown>, config: string, scan: Scan): string | null {
  if (key.kind !== 'unreadable' || !key.defaultOf?.startsWith('.')) return null
  const target = within(folderOf(config), key.defaultOf)
  if (target === null) return null
  // TypeScript sources may import each other by the name of the output.
  const stem = target.replace(/\.([mc]?)js$/, '.$1ts')
  return [...EXTENSIONS.map((ext) => target + ext), stem].find(scan.isFile) ?? null
}
