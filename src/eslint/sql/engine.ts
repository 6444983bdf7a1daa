import type { Engine } from '../../lint/engine.ts'
import { engineWith } from '../../lint/engineWith.ts'
import { parserInStep } from '../../sql/postgres/parserInStep.ts'

let loaded: Engine | undefined

/** PostgreSQL's engine; its parser is loaded for the first SQL there is. */
export function sqlEngine(): Engine {
  return (loaded ??= engineWith(parserInStep()))
}
