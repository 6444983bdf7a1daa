import { toReading } from './reading.ts'
import type { DrizzleConfigReading } from './reading.ts'
import { defaultExport } from '../../static/exported.ts'
import type { ParseModule } from '../../static/parser.ts'

/**
 * Reads a drizzle config in JavaScript or TypeScript with a parser that is loaded.
 *
 * @param path - relative to the tree's root
 */
export function readWith(parse: ParseModule, source: string, path: string): DrizzleConfigReading {
  return toReading(defaultExport(parse, source, path, 'usual'))
}
