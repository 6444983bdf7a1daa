import { loadModuleParserSync } from '../../static/parser.ts'
import { readJson } from './readConfig.ts'
import type { DrizzleConfigReading } from './reading.ts'
import { readWith } from './readConfigWith.ts'

/**
 * Reads a drizzle config from its text, for callers that cannot wait: ESLint shows a file in one step.
 *
 * @param path - relative to the tree's root; its extension says how to parse
 */
export function readDrizzleConfigSync(source: string, path: string): DrizzleConfigReading {
  if (path.endsWith('.json')) return readJson(source)
  return readWith(loadModuleParserSync(), source, path)
}
