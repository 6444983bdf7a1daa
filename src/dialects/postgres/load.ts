import { loadParser } from './sql/loadParser.ts'
import type { Engine } from '../dialect.ts'
import { engineWith } from './dialect.ts'

/** PostgreSQL: its own parser, and effects measured on versions 12 to 18. */
export async function postgresEngine(): Promise<Engine> {
  return engineWith(await loadParser())
}
