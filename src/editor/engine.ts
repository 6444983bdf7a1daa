import type { Engine } from '../dialects/dialect.ts'
import { engineSync } from '../dialects/loadSync.ts'
import type { DialectName } from '../dialects/names.ts'

/** The dialect whose SQL an editor judges: the language of `.sql` files in ESLint is its own. */
export const EDITOR_DIALECT: DialectName = 'postgresql'

/**
 * The engine of that dialect; its parser is loaded for the first SQL there is.
 *
 * @throws Error for a dialect that cannot be loaded at once, which none of a language is
 */
export function sqlEngine(): Engine {
  const engine = engineSync(EDITOR_DIALECT)
  if (engine === null) throw new Error(`${EDITOR_DIALECT} cannot be judged in an editor`)
  return engine
}
