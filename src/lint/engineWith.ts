import { postgresEffects } from '../effects/postgres/effects.ts'
import { splitAtBreakpoints } from '../sql/breakpoints.ts'
import { readDirectives } from '../sql/postgres/directives.ts'
import { fold } from '../sql/postgres/fold.ts'
import { locate } from '../sql/postgres/locate.ts'
import type { Parser } from '../sql/postgres/parser.ts'
import { sqlReaders } from '../sql/postgres/reader.ts'
import { replayMigration } from '../sql/postgres/replay.ts'
import type { Engine } from './engine.ts'

/** The engine of PostgreSQL with a parser that is loaded. */
export function engineWith(parser: Parser): Engine {
  return {
    replay: (catalog, migration, first, autocommit) =>
      replayMigration(parser, catalog, migration, first, autocommit),
    fold,
    effects: postgresEffects,
    locate: (origin, part) => locate(parser, origin, part),
    directives: (text) => readDirectives(parser, splitAtBreakpoints(text)),
    reader: sqlReaders(parser),
  }
}
