import type { Engine } from '../dialect.ts'
import { createEngine } from './engine.ts'
import { loadParserSync } from './sql/loadParserSync.ts'

let engine: Engine | undefined

/** PostgreSQL's engine; its parser is loaded once, for the first SQL there is. */
export function loadEngineSync(): Engine {
  return (engine ??= createEngine(loadParserSync()))
}
