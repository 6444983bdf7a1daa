import type { Engine } from '../dialects/dialect.ts'
import { engineWith } from '../dialects/postgres/dialect.ts'
import { parserInStep } from '../dialects/postgres/sql/parserSync.ts'

let loaded: Engine | undefined

/** PostgreSQL's engine; its parser is loaded for the first SQL there is. */
export function sqlEngine(): Engine {
  return (loaded ??= engineWith(parserInStep()))
}
