import type { Engine } from '../dialects/dialect.ts'
import { engineSync } from '../dialects/loadSync.ts'
import type { DialectName } from '../dialects/names.ts'

/**
 * The engine of a dialect that an editor judges; its parser is loaded for the first SQL there is.
 *
 * @throws Error for a dialect that cannot be loaded at once
 */
export function sqlEngine(dialect: DialectName): Engine {
  const engine = engineSync(dialect)
  if (engine === null) throw new Error(`${dialect} cannot be judged in an editor`)
  return engine
}
