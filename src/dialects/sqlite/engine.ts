import { type Catalog, EMPTY_CATALOG } from '../../catalog/catalog.ts'
import { SharedSet } from '../../catalog/sharedSet.ts'
import { type Source, splitAtBreakpoints } from '../breakpoints.ts'
import { readDirectives } from '../directives.ts'
import type { Engine, SqlStatement } from '../dialect.ts'
import type { DialectName } from '../names.ts'
import { sqliteEffects } from './effects/effects.ts'
import { fold } from './fold/fold.ts'
import { readChunk } from '../ddl/readChunk.ts'
import { planned } from './plan.ts'
import { sqlReader } from './reader.ts'
import { replayMigration } from '../ddl/replay.ts'
import { reversalOf } from './reversal.ts'
import { SQLITE_SCRIPT } from './script.ts'
import { sqliteSnapshots } from './snapshot/reader.ts'
import { translate } from './translate/translate.ts'

/** Tables stand in no schema, and what names one outlives it. */
const EMPTY: Catalog = {
  ...EMPTY_CATALOG,
  schemas: SharedSet.from(['']),
  boundByName: true,
  namesInAnyCase: true,
}

/** The engine of SQLite, in one of its two dialects. */
export function createEngine(dialect: DialectName): Engine {
  const commentsIn = (text: string) =>
    splitAtBreakpoints(text).flatMap((source) => readChunk(source, SQLITE_SCRIPT).comments)
  return {
    dialect,
    emptyCatalog: EMPTY,
    replay: (...run) => replayMigration({ script: SQLITE_SCRIPT, translate }, ...run),
    fold,
    plan: planned,
    effects: sqliteEffects,
    reversal: reversalOf,
    directives: (text) => readDirectives(text, commentsIn),
    statements: (text) => splitAtBreakpoints(text).flatMap(statementsIn),
    comments: commentsIn,
    looksForeign: () => false,
    reader: () => sqlReader,
    snapshots: () => sqliteSnapshots(EMPTY),
  }
}

function statementsIn(source: Source): readonly SqlStatement[] {
  return readChunk(source, SQLITE_SCRIPT).statements.map(({ kind, start, end }) => ({
    start,
    end,
    command: kind === 'refused' ? null : kind,
  }))
}
