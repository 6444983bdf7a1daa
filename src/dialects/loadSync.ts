import type { Engine } from './dialect.ts'
import type { DialectName } from './names.ts'
import { loadEngineSync } from './postgres/loadSync.ts'

/**
 * The engines for callers that cannot wait, as `SqlSupport.load` is for all others: ESLint parses a
 * file in one step. They stand apart so that the command line does not load them.
 */
const LOADERS: Partial<Readonly<Record<DialectName, () => Engine>>> = {
  postgresql: loadEngineSync,
}

/** The engine of a dialect, loaded at once; null where its SQL is not judged, or not in this way. */
export function engineSync(dialect: DialectName): Engine | null {
  return LOADERS[dialect]?.() ?? null
}
