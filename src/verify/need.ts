import { displayName } from '../catalog/names.ts'
import type { Unit } from './plan.ts'
import type { RunOutcome } from './run.ts'
import type { SeedTable } from './trace/seedCatalog.ts'

/** Statements of which the rows, or what they are given, decide what they do. */
const PROGRAM = /^(?:Do|Call|Select|Insert|Update|Delete|Merge|Copy|Execute)Stmt$/

/** What a program raises, it may raise for want of rows. */
const RAISED = /^P0/

/**
 * The tables that have to hold rows for a deployment to do what it does in production: those that it
 * names, and those that it was seen to lock. To fill all of a large database takes longer than
 * everything else.
 */
export class Need {
  private readonly units: readonly Unit[]
  private readonly words: ReadonlySet<string>
  private readonly locked = new Set<string>()
  private all = false

  constructor(units: readonly Unit[]) {
    this.units = units
    this.words = new Set(units.flatMap(({ sql }) => wordsOf(sql)))
  }

  /** Whether a table is one of them, as far as is known by now. */
  includes(table: SeedTable): boolean {
    return (
      this.all ||
      this.locked.has(displayName(table)) ||
      [table.name, ...table.indexes].some((name) => this.words.has(name))
    )
  }

  /** Learns from a run which others there are. */
  learn({ traces, failed }: RunOutcome): void {
    for (const { kinds } of traces.values()) {
      for (const name of Object.keys(kinds)) this.locked.add(name)
    }
    // What failed was not seen to the end, nor is what a program reads outside of a transaction.
    const isFailedProgram =
      failed !== null && (isProgram(failed.unit) || RAISED.test(failed.error.code))
    const isUnseen = this.units.some(
      (unit) => traces.get(unit.at)?.inBlock === false && isProgram(unit),
    )
    this.all ||= isFailedProgram || isUnseen
  }
}

function isProgram({ commands }: Unit): boolean {
  return commands.some((command) => command === null || PROGRAM.test(command))
}

const WORD = /"((?:[^"]|"")+)"|[\p{L}_][\p{L}\p{N}_$]*/gu

/** What may be a name, wherever it stands: a string may be SQL that is built. */
function wordsOf(sql: string): string[] {
  return [...sql.matchAll(WORD)].flatMap(([word, quoted]) =>
    quoted === undefined ? word.toLowerCase() : [quoted.replaceAll('""', '"'), ...wordsOf(quoted)],
  )
}
