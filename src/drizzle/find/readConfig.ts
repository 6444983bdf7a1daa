import { ROOT } from '../../static/paths.ts'
import { toReading, unreadableConfig } from './reading.ts'
import type { DrizzleConfigReading } from './reading.ts'
import { loadModuleParser } from '../../static/parser.ts'
import { unreadable } from '../../static/value.ts'
import type { Value } from '../../static/value.ts'

/**
 * Reads a drizzle config from its text. It is never run: most configs throw without their
 * environment, and running code in a pre-commit hook is slow.
 *
 * The parser is loaded on the first config that is no JSON.
 *
 * @param source - the config's text
 * @param path - relative to the tree's root; its extension says how to parse
 */
export async function readDrizzleConfig(
  source: string,
  path: string,
): Promise<DrizzleConfigReading> {
  if (path.endsWith('.json')) return readJson(source)
  const [parse, { readWith }] = await Promise.all([
    loadModuleParser(),
    import('./readConfigWith.ts'),
  ])
  return readWith(parse, source, path)
}

/**
 * Reads a drizzle config that was run.
 *
 * @param config - what it exports
 * @param root - absolute path of the top folder: paths below it are told from there
 */
export function readJsonConfig(config: unknown, root: string): DrizzleConfigReading {
  const text = JSON.stringify(config).replaceAll(JSON.stringify(root).slice(1, -1), ROOT)
  return toReading(fromJson(JSON.parse(text)))
}

/** Reads a drizzle config that is JSON. */
export function readJson(source: string): DrizzleConfigReading {
  try {
    return toReading(fromJson(JSON.parse(source.replace(/^\uFEFF/, ''))))
  } catch {
    return unreadableConfig(unreadable('it is not valid JSON'))
  }
}

function fromJson(json: unknown): Value {
  if (Array.isArray(json)) return { kind: 'array', items: json.map(fromJson) }
  if (json !== null && typeof json === 'object') {
    const entries = new Map(Object.entries(json).map(([key, value]) => [key, fromJson(value)]))
    return { kind: 'object', entries, others: null }
  }
  return { kind: 'literal', value: json as string | number | boolean | null }
}
