import type { Engine } from '../dialect.ts'
import { createEngine } from './engine.ts'
import { loadParser } from './sql/loadParser.ts'

/** PostgreSQL: its own parser, and effects measured on versions 12 to 18. */
export async function loadEngine(): Promise<Engine> {
  return createEngine(await loadParser())
}
