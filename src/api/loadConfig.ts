import { resolve } from 'node:path'
import { rules } from '../../rules/index.ts'
import { findPlaces } from '../check/places.ts'
import type { Config } from '../config/config.ts'
import { loadConfig as load } from '../config/load.ts'

/** See `loadConfig` of the package's entry. */
export async function loadConfig(
  cwd: string,
  file: string | null,
): Promise<{ readonly config: Config; readonly file: string | null }> {
  const folder = resolve(cwd)
  const { root } = findPlaces(folder, process.env)
  const explicit = file === null ? null : resolve(folder, file)
  const { config, source } = await load(root, explicit, rules)
  return { config, file: source === null ? null : resolve(root, source) }
}
