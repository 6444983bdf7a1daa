import { applyChange } from '../../../catalog/apply.ts'
import { type Catalog, startTransaction } from '../../../catalog/catalog.ts'
import type { Change, ChangeBody, NewerSyntax, Stretch } from '../../../catalog/change.ts'
import { type Source, splitAtBreakpoints } from '../../breakpoints.ts'
import type { Failure, MigrationSource, Replay } from '../../dialect.ts'
import { type Chunk, SqlOrigin } from './locate.ts'
import { newerSyntax } from './newerSyntax.ts'
import type { Parser } from './parser.ts'
import { byteLength, bytesOf } from './positions.ts'
import { type ReadStatement, readStatements } from './statements.ts'
import { type Places, type Translation, type Within, shifted } from './translate/translation.ts'
import { translate } from './translate.ts'

/**
 * Runs a migration on a catalog: every statement becomes changes, each applied before the next is
 * translated. It does not stop at what PostgreSQL would refuse.
 *
 * @param first - the number of its first statement within the deployment
 * @param autocommit - statements run one by one, in no transaction (migrator `none`)
 */
export function replayMigration(
  parser: Parser,
  catalog: Catalog,
  migration: MigrationSource,
  first: number,
  autocommit: boolean,
): Replay {
  let current = catalog
  const failures: Failure[] = []
  const readOrFail = (source: Source, { text }: Chunk): readonly (ReadStatement | Unread)[] => {
    try {
      return readStatements(parser, source)
    } catch (error) {
      return [{ error, start: 0, end: byteLength(text) }]
    }
  }
  const statements: { readonly index: number; readonly changes: readonly Change[] }[] = []
  for (const source of sourcesOf(migration.text)) {
    const chunk = chunkOf(source)
    const read = source.refused ? [source.refused] : readOrFail(source, chunk)
    // Several statements sent at once run in one transaction of their own.
    if (autocommit && read.length > 0) current = startTransaction(current, read.length > 1)
    for (const statement of read) {
      const run = new StatementRun(parser, current, migration, chunk, first + statements.length)
      try {
        if ('error' in statement) throw statement.error
        run.translate(statement)
      } catch (error) {
        const { file, name } = migration
        failures.push({ file, migration: name, range: rangeIn(chunk, statement), error })
        run.giveUp(current, statement)
      }
      current = run.current
      statements.push({ index: first + statements.length, changes: run.changes })
    }
  }
  return { catalog: current, statements, ...(failures.length > 0 && { failures }) }
}

/** A chunk that could not even be read: nested too deeply, say. */
interface Unread extends Stretch {
  readonly error: unknown
}

/** A statement's bytes as a stretch of the file. */
function rangeIn({ text, range }: Chunk, { start, end }: Stretch): Stretch {
  const bytes = Buffer.from(text)
  const before = (at: number) => range.start + bytes.toString('utf8', 0, at).length
  return { start: before(start), end: before(end) }
}

const BYTE_ORDER_MARK = '\uFEFF'

/** The chunks of a file. A byte order mark is part of the first statement for the server. */
function sourcesOf(text: string): (Source & { refused?: ReadStatement })[] {
  const chunks = splitAtBreakpoints(text)
  const [start] = chunks
  if (!start?.text.startsWith(BYTE_ORDER_MARK)) return [...chunks]
  const mark = byteLength(BYTE_ORDER_MARK)
  const refused = {
    reason: 'the file starts with a byte order mark, which the server takes for part of a word',
    at: 0,
    start: 0,
    end: mark,
  }
  return [{ ...start, refused }, { text: start.text.slice(1), offset: 1 }, ...chunks.slice(1)]
}

function chunkOf({ text, offset }: Source): Chunk {
  return { text, range: { start: offset, end: offset + text.length } }
}

/** The translation of one statement: collects its changes and applies them as they come. */
class StatementRun {
  readonly changes: Change[] = []
  current: Catalog
  private readonly parser: Parser
  private readonly migration: MigrationSource
  private readonly chunk: Chunk
  private readonly index: number
  private needs: NewerSyntax | null = null

  constructor(
    parser: Parser,
    catalog: Catalog,
    migration: MigrationSource,
    chunk: Chunk,
    index: number,
  ) {
    this.parser = parser
    this.current = catalog
    this.migration = migration
    this.chunk = chunk
    this.index = index
  }

  translate(statement: ReadStatement): void {
    const whole = { start: statement.start, end: statement.end, guarded: false }
    if ('reason' in statement) {
      this.emit(
        { kind: 'UnparsedSql', reason: statement.reason },
        { name: { at: statement.at } },
        whole,
      )
      return
    }
    const translation: Translation = {
      catalog: () => this.current,
      text: () => ({ bytes: bytesOf(this.chunk.text), start: whole.start, end: whole.end }),
      emit: (body, places, within) => {
        this.emit(body, within ? (places ?? {}) : shifted(places, statement.base), within ?? whole)
      },
    }
    this.needs = newerSyntax(statement.node)
    translate(translation, statement.node, this.parser)
    if (this.changes.length === 0) {
      // Every statement leaves a trace: a comment that silences a rule stands before this one.
      const command = Object.keys(statement.node)[0]?.replace(/Stmt$/, '').toUpperCase() ?? ''
      this.emit({ kind: 'Harmless', command, table: null }, {}, whole)
    }
  }

  /** Takes back what was done until the tool failed: nothing is known about the statement. */
  giveUp(before: Catalog, { start, end }: Stretch): void {
    this.changes.length = 0
    this.current = { ...before, blind: true }
    this.emit({ kind: 'Unmodelled', command: '' }, {}, { start, end, guarded: false })
  }

  private emit(body: ChangeBody, places: Places, within: Within): void {
    const before = this.current
    const after = within.guarded ? applyPerhaps(before, body) : applyChange(before, body)
    this.current = after
    this.changes.push({
      ...body,
      before,
      after,
      folded: [],
      origin: this.originAt(places, within),
    } as Change)
  }

  private originAt(places: Places, within: Within): SqlOrigin {
    const { name: migration, file } = this.migration
    const needs = this.needs
    // One part of a statement is enough for the server to refuse all of it.
    this.needs = null
    const at = { migration, file, statement: this.index, guarded: within.guarded, needs }
    return new SqlOrigin(this.parser, at, this.chunk, within, places)
  }
}

/**
 * The catalog after a change that may not run. That rows are gone, or that none is null any more,
 * only counts if it is sure; that a value was written counts already if it is possible.
 */
function applyPerhaps(before: Catalog, body: ChangeBody): Catalog {
  if (body.kind === 'TruncateTable') return before
  const isCertain =
    body.kind !== 'WriteRows' || (body.command !== 'update' && body.command !== 'delete')
  return applyChange(before, isCertain ? body : { ...body, everyRow: false, whereNull: [] })
}
