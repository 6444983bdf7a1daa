import type { parseSync } from 'oxc-parser'
import { toReading, unreadableConfig } from './reading.ts'
import type { DrizzleConfigReading } from './reading.ts'
import { defaultExport } from '../../static/exported.ts'
import { unreadable } from '../../static/value.ts'

/**
 * Reads a drizzle config in JavaScript or TypeScript with a parser that is loaded.
 *
 * @param path - relative to the tree's root
 */
export function readWith(
  parse: typeof parseSync,
  source: string,
  path: string,
): DrizzleConfigReading {
  const { program, errors } = parse(path, source, { lang: 'ts', sourceType: 'unambiguous' })
  const error = errors.find(({ severity }) => severity === 'Error')
  if (error) return unreadableConfig(unreadable(`syntax error: ${error.message}`))
  return toReading(defaultExport(program, source, path))
}
