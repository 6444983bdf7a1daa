import { applyChange } from '../../catalog/apply.ts'
import { type Catalog, startTransaction } from '../../catalog/catalog.ts'
import type { Change, ChangeBody, Stretch } from '../../catalog/change.ts'
import { splitAtBreakpoints } from '../breakpoints.ts'
import type { MigrationSource, Replay } from '../dialect.ts'
import { type Refused, readChunk } from './read.ts'
import type { Statement } from './statements/statement.ts'
import type { Places } from './translate/translation.ts'
import { translate } from './translate/translate.ts'

/**
 * Runs a migration on a catalog: every statement becomes changes, each applied before the next is
 * translated. It does not stop at what SQLite would refuse.
 *
 * @param first - the number of its first statement within the deployment
 * @param autocommit - statements run one by one, in no transaction
 */
export function replayMigration(
  catalog: Catalog,
  migration: MigrationSource,
  first: number,
  autocommit: boolean,
): Replay {
  let current = catalog
  const statements: { index: number; changes: readonly Change[] }[] = []
  for (const source of splitAtBreakpoints(migration.text)) {
    const chunk = { start: source.offset, end: source.offset + source.text.length }
    for (const statement of readChunk(source).statements) {
      if (autocommit) current = startTransaction(current, false)
      const index = first + statements.length
      const run = new StatementRun(current, migration, chunk, index, statement)
      statements.push({ index, changes: run.changes })
      current = run.current
    }
  }
  return { catalog: current, statements }
}

/** The translation of one statement: collects its changes and applies them as they come. */
class StatementRun {
  readonly changes: Change[] = []
  current: Catalog
  private readonly migration: MigrationSource
  private readonly chunk: Stretch
  private readonly index: number
  private readonly whole: Stretch

  constructor(
    catalog: Catalog,
    migration: MigrationSource,
    chunk: Stretch,
    index: number,
    statement: Statement | Refused,
  ) {
    this.current = catalog
    this.migration = migration
    this.chunk = chunk
    this.index = index
    this.whole = { start: statement.start, end: statement.end }
    if (statement.kind === 'refused') {
      this.emit({ kind: 'UnparsedSql', reason: statement.reason }, { name: statement.at })
      return
    }
    translate(
      {
        catalog: () => this.current,
        emit: (body, places, members) => this.emit(body, places, members),
      },
      statement,
    )
  }

  private emit(body: ChangeBody, places: Places = {}, members?: ReadonlyMap<string, Places>): void {
    const before = this.current
    const after = applyChange(before, body)
    this.current = after
    this.changes.push({
      ...body,
      before,
      after,
      folded: [],
      origin: {
        migration: this.migration.name,
        file: this.migration.file,
        statement: this.index,
        chunk: this.chunk,
        ...this.whole,
        guarded: false,
        placeOf: (part, member) =>
          stretchOf(member === undefined ? places[part] : members?.get(member)?.[part]),
      },
    } as Change)
  }
}

function stretchOf(place: Stretch | undefined): Stretch | null {
  return place ? { start: place.start, end: place.end } : null
}
