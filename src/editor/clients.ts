import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Clients, clientsOf } from '../check/migrations/client.ts'
import type { DialectName } from '../dialects/names.ts'
import { dialectOf } from '../dialects/registry.ts'
import { relativePath } from '../finding/relativePath.ts'
import { createWorkingTree, walk } from '../git/workingTree.ts'
import { nearestConfigs } from './drizzleConfigs.ts'
import { stampsOf } from './stamps.ts'

const NOBODY: Clients = { certain: null, search: () => null, switchesKeysOff: () => false }

const kept = new Map<string, { readonly stamps: string; readonly clients: Clients }>()

/**
 * Who runs the migrations that a file belongs to, as the command line finds it out. The answer is kept
 * until a manifest around the file changes; what the code imports is looked at once.
 *
 * @param file - absolute; a migration or a schema file
 * @param told - what the configuration says, if it does
 */
export function clientsAround(
  file: string,
  dialect: DialectName,
  told: string | undefined,
): Clients {
  if (dialectOf(dialect).clients.length === 0) return NOBODY
  const folder = dirname(file)
  const home = homeOf(folder)
  const stamps = stampsOf(MANIFESTS.map((name) => join(home, name)))
  const key = `${dialect}\0${folder}\0${told ?? ''}`
  const known = kept.get(key)
  if (known?.stamps === stamps) return known.clients
  const drivers = (nearestConfigs(file)?.readings ?? []).flatMap(({ driver }) =>
    driver.kind === 'value' ? [driver.value] : [],
  )
  const [driver = null, ...others] = new Set(drivers)
  const out = relativePath(home, folder)
  const project = {
    dialect,
    client: told ?? null,
    driver: others.length === 0 ? driver : null,
    config: null,
    out: out === '.' ? '' : out,
  }
  const found = clientsOf(project, createWorkingTree(home, walk(home)))
  let searched: string | null | undefined
  const clients: Clients = {
    ...found,
    search: () => (searched === undefined ? (searched = found.search()) : searched),
  }
  kept.set(key, { stamps, clients })
  return clients
}

const MANIFESTS = ['package.json', 'wrangler.toml', 'wrangler.json', 'wrangler.jsonc']

/** The folder of the nearest package.json, within the repository. */
function homeOf(folder: string): string {
  for (let at = folder; at !== dirname(at); at = dirname(at)) {
    if (existsSync(join(at, 'package.json')) || existsSync(join(at, '.git'))) return at
  }
  return folder
}
