import { loadParser } from '../sql/postgres/loadParser.ts'
import type { Engine } from './engine.ts'
import { engineWith } from './engineWith.ts'

/** PostgreSQL: its own parser, and effects measured on versions 12 to 18. */
export async function postgresEngine(): Promise<Engine> {
  return engineWith(await loadParser())
}
