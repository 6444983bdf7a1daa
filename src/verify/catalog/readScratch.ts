import type { Engine } from '../../dialects/dialect.ts'
import type { TraceClient } from '../trace/client.ts'
import { type Database, readDatabase } from './readDatabase.ts'

/** Reads a database as the catalog of an engine has it; see `readDatabase`. */
export function readScratch(client: TraceClient, engine: Engine): Promise<Database> {
  return readDatabase(client, engine.emptyCatalog, (catalog) => engine.reader(catalog))
}
