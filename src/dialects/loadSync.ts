import type { Engine } from './dialect.ts'
import type { DialectName } from './names.ts'
import { createEngine as createMysql } from './mysql/engine.ts'
import { loadEngineSync } from './postgres/loadSync.ts'
import { createEngine as createSqlite } from './sqlite/engine.ts'

/**
 * The engines for callers that cannot wait, as `SqlSupport.load` is for all others: ESLint parses a
 * file in one step. They stand apart so that the command line does not load them.
 */
const LOADERS: Partial<Readonly<Record<DialectName, () => Engine>>> = {
  postgresql: loadEngineSync,
  mysql: createMysql,
  sqlite: () => createSqlite('sqlite'),
  turso: () => createSqlite('turso'),
}

const loaded = new Map<DialectName, Engine>()

/** The engine of a dialect, loaded at once; null where its SQL is not judged, or not in this way. */
export function engineSync(dialect: DialectName): Engine | null {
  const engine = loaded.get(dialect) ?? LOADERS[dialect]?.() ?? null
  if (engine) loaded.set(dialect, engine)
  return engine
}

/** The dialects that `engineSync` knows. */
export const dialectsLoadedSync = Object.keys(LOADERS) as readonly DialectName[]
