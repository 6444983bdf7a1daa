import { postgresEffects } from './effects/effects.ts'
import { splitAtBreakpoints } from '../breakpoints.ts'
import { readDirectives } from './sql/directives.ts'
import { fold } from './sql/fold.ts'
import { locate } from './sql/locate.ts'
import type { Parser } from './sql/parser.ts'
import { sqlReaders } from './sql/reader.ts'
import { replayMigration } from './sql/replay.ts'
import type { Engine } from '../dialect.ts'

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
