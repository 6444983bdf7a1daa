import { applyChange } from '../../catalog/apply.ts'
import { type Catalog, startTransaction } from '../../catalog/catalog.ts'
import type { AlterClauses, Change, ChangeBody, Stretch } from '../../catalog/change.ts'
import { splitAtBreakpoints } from '../breakpoints.ts'
import type { MigrationSource, Replay } from '../dialect.ts'
import { type Read, type Refused, type Script, isRead, readChunk } from './readChunk.ts'
import type { Places, Translation } from './translation.ts'

/** What replaying a dialect's statements needs besides reading them. */
export interface Replayed<S extends Read> {
  readonly script: Script<S>
  /** Turns one statement into changes, in the order in which the server makes them. */
  translate(translation: Translation, statement: S): void
  /** What the server does by itself after a change. */
  settle?(catalog: Catalog, change: ChangeBody, before: Catalog): Catalog
  /** How the statement says that its changes have to be made. */
  clauses?(statement: S): AlterClauses | undefined
  /** Whether the statement commits what came before it, and itself. */
  commits?(statement: S): boolean
}

/**
 * Runs a migration on a catalog: every statement becomes changes, each applied before the next is
 * translated. It does not stop at what the server would refuse.
 *
 * @param first - the number of its first statement within the deployment
 * @param autocommit - statements run one by one, in no transaction
 */
export function replayMigration<S extends Read>(
  dialect: Replayed<S>,
  catalog: Catalog,
  migration: MigrationSource,
  first: number,
  autocommit: boolean,
): Replay {
  let current = catalog
  const statements: { index: number; changes: readonly Change[] }[] = []
  for (const source of splitAtBreakpoints(migration.text)) {
    const chunk = { start: source.offset, end: source.offset + source.text.length }
    for (const statement of readChunk(source, dialect.script).statements) {
      const commits = isRead(statement) && dialect.commits?.(statement) === true
      if (autocommit || commits) current = startTransaction(current, !autocommit)
      const index = first + statements.length
      const run = new StatementRun(dialect, current, migration, chunk, index, statement)
      statements.push({ index, changes: run.changes })
      current = commits ? startTransaction(run.current, !autocommit) : run.current
    }
  }
  return { catalog: current, statements }
}

/** The translation of one statement: collects its changes and applies them as they come. */
class StatementRun<S extends Read> {
  readonly changes: Change[] = []
  current: Catalog
  private readonly dialect: Replayed<S>
  private readonly migration: MigrationSource
  private readonly chunk: Stretch
  private readonly index: number
  private readonly whole: Stretch
  private readonly clauses: AlterClauses | undefined

  constructor(
    dialect: Replayed<S>,
    catalog: Catalog,
    migration: MigrationSource,
    chunk: Stretch,
    index: number,
    statement: S | Refused,
  ) {
    this.dialect = dialect
    this.current = catalog
    this.migration = migration
    this.chunk = chunk
    this.index = index
    this.whole = { start: statement.start, end: statement.end }
    this.clauses = isRead(statement) ? dialect.clauses?.(statement) : undefined
    if (!isRead(statement)) {
      this.emit({ kind: 'UnparsedSql', reason: statement.reason }, { name: statement.at })
      return
    }
    dialect.translate(
      {
        catalog: () => this.current,
        emit: (body, places, members) => this.emit(body, places, members),
      },
      statement,
    )
  }

  private emit(body: ChangeBody, places: Places = {}, members?: ReadonlyMap<string, Places>): void {
    const before = this.current
    const applied = applyChange(before, body)
    const after = this.dialect.settle?.(applied, body, before) ?? applied
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
        ...(this.clauses ? { clauses: this.clauses } : {}),
        placeOf: (part, member) =>
          stretchOf(member === undefined ? places[part] : members?.get(member)?.[part]),
      },
    } as Change)
  }
}

function stretchOf(place: Stretch | undefined): Stretch | null {
  return place ? { start: place.start, end: place.end } : null
}
