import { EMPTY_CATALOG } from '../../catalog/catalog.ts'
import { splitAtBreakpoints } from '../breakpoints.ts'
import { readDirectives } from '../directives.ts'
import type { Engine } from '../dialect.ts'
import { postgresEffects } from './effects/effects.ts'
import { readComments } from './sql/comments.ts'
import { fold } from './sql/fold.ts'
import type { Parser } from './sql/parser.ts'
import { postgresSnapshots } from './snapshot/reader.ts'
import { reversalOf } from './reversal/reversal.ts'
import { hasBackticks } from './sql/backticks.ts'
import { sqlReaders } from './sql/reader.ts'
import { replayMigration } from './sql/replay.ts'
import { statementsIn } from './sql/statements.ts'

/** The engine of PostgreSQL over a parser that is loaded. */
export function createEngine(parser: Parser): Engine {
  const commentsIn = (text: string) =>
    splitAtBreakpoints(text).flatMap((source) => readComments(parser, source))
  const reader = sqlReaders(parser)
  return {
    dialect: 'postgresql',
    emptyCatalog: EMPTY_CATALOG,
    replay: (catalog, migration, first, autocommit) =>
      replayMigration(parser, catalog, migration, first, autocommit),
    fold,
    effects: postgresEffects,
    reversal: reversalOf,
    directives: (text) => readDirectives(text, commentsIn),
    statements: (text) =>
      splitAtBreakpoints(text).flatMap((source) => statementsIn(parser, source)),
    comments: commentsIn,
    looksForeign: (text) => hasBackticks(parser, text),
    reader,
    snapshots: () => postgresSnapshots(reader),
  }
}
