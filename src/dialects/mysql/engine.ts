import { type Catalog, EMPTY_CATALOG } from '../../catalog/catalog.ts'
import { SharedSet } from '../../catalog/sharedSet.ts'
import { type Source, splitAtBreakpoints } from '../breakpoints.ts'
import { type Replayed, replayMigration } from '../ddl/replay.ts'
import { readChunk } from '../ddl/readChunk.ts'
import type { Engine, SqlStatement } from '../dialect.ts'
import { readDirectives } from '../directives.ts'
import { mysqlEffects } from './effects/effects.ts'
import { fold } from './fold.ts'
import { planned } from './plan.ts'
import { sqlReader } from './reader.ts'
import { reversalOf } from './reversal/reversal.ts'
import { MYSQL_SCRIPT } from './script.ts'
import { settle } from './settle.ts'
import { mysqlSnapshots } from './snapshot/reader.ts'
import type { Statement } from './statements/statement.ts'
import { clausesOf, commits, translate } from './translate/translate.ts'

/** Views outlive what they read; tables of the connection's database stand in no schema. */
const EMPTY: Catalog = {
  ...EMPTY_CATALOG,
  schemas: SharedSet.from(['']),
  boundByName: true,
  namesInAnyCase: true,
}

const REPLAYED: Replayed<Statement> = {
  script: MYSQL_SCRIPT,
  translate,
  settle,
  clauses: clausesOf,
  commits,
}

/** The engine of MySQL and what is compatible with it. */
export function createEngine(): Engine {
  const commentsIn = (text: string) =>
    splitAtBreakpoints(text).flatMap((source) => readChunk(source, MYSQL_SCRIPT).comments)
  return {
    dialect: 'mysql',
    emptyCatalog: EMPTY,
    replay: (...run) => replayMigration(REPLAYED, ...run),
    fold,
    plan: planned,
    effects: mysqlEffects,
    reversal: reversalOf,
    directives: (text) => readDirectives(text, commentsIn),
    statements: (text) => splitAtBreakpoints(text).flatMap(statementsIn),
    comments: commentsIn,
    looksForeign: () => false,
    reader: () => sqlReader,
    snapshots: () => mysqlSnapshots(EMPTY),
  }
}

function statementsIn(source: Source): readonly SqlStatement[] {
  return readChunk(source, MYSQL_SCRIPT).statements.map(({ kind, start, end }) => ({
    start,
    end,
    command: kind === 'refused' ? null : kind,
  }))
}
