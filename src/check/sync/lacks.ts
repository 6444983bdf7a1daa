import { type Subject, subjectKey } from '../../catalog/subject.ts'
import type { Engine } from '../../dialects/dialect.ts'
import { dialectOf } from '../../dialects/registry.ts'
import type { Tree } from '../../git/tree.ts'
import type { Verdict } from '../../drizzle/kit/verdict.ts'
import type { Run } from '../families.ts'
import type { Replay } from '../replay.ts'
import { subjectByKit } from './kitsList.ts'
import type { ProjectReading } from '../projectReading.ts'
import { type ForetoldStatement, foretell, indexByKey, statementsFor } from './foretold.ts'
import { type Lack, lackOf, lackOfStatement } from './lack.ts'
import { subtractMade } from './made.ts'
import type { ChangedSubject } from '../snapshots/changedSubjects.ts'
import { migratedCatalog } from '../migrations/migratedCatalog.ts'
import { newestCatalog } from './newestCatalog.ts'

/** What of the migration that drizzle-kit would write is missing, and what is not. */
export interface Lacks {
  /** What no SQL makes. */
  readonly left: readonly Lack[]
  /** What SQL makes and no snapshot has, so that it would be written once more. */
  readonly made: readonly Lack[]
  /** Of what is left: what may be there, but cannot be read from SQL (run-time SQL, a view in other words). */
  readonly unsure: readonly Lack[]
  /** The statements of it that some of this takes, in their order. */
  statementsFor(lacks: readonly Lack[]): readonly string[]
  readonly engine: Engine
}

/**
 * Reads what drizzle-kit would write, and subtracts what the migrations' SQL makes.
 *
 * @returns null where it cannot be told: no engine for the dialect, a snapshot that cannot be read
 */
export async function lacksOf(
  run: Run,
  reading: ProjectReading,
  tree: Tree,
  { sql, unsteady, differences }: Extract<Verdict, { kind: 'different' }>,
): Promise<Lacks | null> {
  if (sql.length === 0) return null
  const { dialect } = reading.project
  const engine = await run.engineOf(reading)
  if (engine === null) return null
  const from = await newestCatalog(run, reading, engine, tree)
  if (from === null) return null
  const keyOf = ({ object, table }: { readonly object: string; readonly table: string | null }) =>
    subjectKey(subjectByKit(dialect, 'column', object, table)!)
  const named = new Set(differences.filter(({ kind }) => kind === 'column').map(keyOf))
  // drizzle-kit 1.0 writes what differs at each load; it is no difference.
  const passed = new Set(unsteady.map(keyOf).filter((key) => !named.has(key)))
  const replay: Replay = (start, own) => reading.replay(engine, start, own)
  const foretold = foretell(replay, from, sql, (subject) => passed.has(subjectKey(subject)))
  if (foretold === null) return null
  const { to, statements } = foretold
  const migrated = migratedCatalog(run, reading, engine, tree)
  const { left, made, startOf } = subtractMade(foretold, migrated)
  const history = new History(reading, engine, tree)
  const byKey = indexByKey(statements)
  const about = new Map<Lack, readonly ForetoldStatement[]>()
  const told = (changed: ChangedSubject): Lack => {
    const lack = lackOf(changed.subject, changed.changes, startOf(changed), to)
    about.set(lack, byKey.get(subjectKey(changed.subject)) ?? [])
    return lack
  }
  const toldUnseen = (own: readonly ForetoldStatement[]): Lack => {
    const { unseen, sql: last } = own.at(-1)!
    const lack = lackOfStatement(unseen?.subject ?? null, last)
    about.set(lack, own)
    return lack
  }
  // What is dropped to be created anew is what it becomes.
  const isWritten = (lack: Lack) => {
    const last = about.get(lack)?.at(-1)
    return last !== undefined && history.endsWith(last.sql)
  }
  const unseen = byObject(statements.filter((one) => one.unseen !== null)).map(toldUnseen)
  const there = made.map(told)
  // Of these a catalog has no more than the name: only the same words make the same.
  const unproved = new Set(
    there.filter((lack) => lack.subject && ONLY_NAMED.has(lack.subject.kind) && !isWritten(lack)),
  )
  const whatIsLeft = [...left.map(told), ...unseen.filter((lack) => !isWritten(lack)), ...unproved]
  const whatIsMade = [...there.filter((lack) => !unproved.has(lack)), ...unseen.filter(isWritten)]
  if (whatIsLeft.length + whatIsMade.length === 0) return null
  return {
    left: whatIsLeft,
    made: whatIsMade,
    unsure: whatIsLeft.filter(
      (lack) => unproved.has(lack) || (migrated.blind && history.mayMake(lack)),
    ),
    statementsFor(lacks) {
      return statementsFor(
        foretold,
        lacks.flatMap((lack) => about.get(lack) ?? []),
      )
    },
    engine,
  }
}

/** Statements about one object together. */
function byObject(
  statements: readonly ForetoldStatement[],
): readonly (readonly ForetoldStatement[])[] {
  const groups = new Map<string, ForetoldStatement[]>()
  for (const one of statements) {
    const subject = one.unseen?.subject
    const key = subject ? subjectKey(subject) : one.sql
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups.values()]
}

const ONLY_NAMED: ReadonlySet<Subject['kind']> = new Set(['view', 'policy', 'sequence'])

/** The text of all migrations, read when it is first asked for. */
class History {
  private readonly reading: ProjectReading
  private readonly engine: Engine
  private readonly tree: Tree
  private known: readonly { readonly text: string; readonly command: string | null }[] | undefined

  constructor(reading: ProjectReading, engine: Engine, tree: Tree) {
    this.reading = reading
    this.engine = engine
    this.tree = tree
  }

  private get statements() {
    this.known ??= this.reading
      .sources(this.tree, this.reading.wholeAt(this.tree).migrations)
      .sources.flatMap(({ text }) =>
        this.engine.statements(text).map(({ start, end, command }) => ({
          text: this.plain(text.slice(start, end)),
          command,
        })),
      )
    return this.known
  }

  /** Whether the last statement that begins like this one, its object's name included, says the same. */
  endsWith(statement: string): boolean {
    const text = this.plain(statement)
    const [start = text] = /^.*?["`][^"`]*["`](?:\.["`][^"`]*["`])*/.exec(text) ?? []
    return this.statements.findLast((one) => one.text.startsWith(start))?.text === text
  }

  /** Whether SQL that is put together at run time, or that cannot be read, names an object. */
  mayMake({ subject, object }: Lack): boolean {
    const name = subject === null ? object : subject.name.name || subject.name.schema
    return this.statements.some(
      ({ command, text }) =>
        (command === null || RUNS_CODE.has(command)) &&
        (command !== 'DoStmt' || /\bexecute\b/i.test(text)) &&
        names(text, name),
    )
  }

  private plain(text: string): string {
    return dialectOf(this.engine.dialect).significantText(text).replace(/;$/, '')
  }
}

/** Statements that run code: what it does is not always told by its text. */
const RUNS_CODE: ReadonlySet<string> = new Set(['DoStmt', 'CallStmt', 'SelectStmt'])

function names(text: string, name: string): boolean {
  const escaped = name.replace(/[^\w]/g, '\\$&')
  return new RegExp(`(?<![\\w$])${escaped}(?![\\w$])`, 'i').test(text)
}
