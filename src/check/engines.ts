import { Answers } from '../cache/answers.ts'
import type { Store } from '../cache/store.ts'
import type { Engine } from '../dialects/dialect.ts'
import { dialectOf } from '../dialects/registry.ts'
import type { ProjectReading } from './projectReading.ts'

interface Loaded {
  readonly engine: Promise<Engine>
  readonly answers: Answers
}

/** The engines of a run: one for each project, with what its parser answered in earlier runs. */
export class Engines {
  private readonly store: Store | null
  private readonly loaded = new Map<ProjectReading, Loaded>()

  constructor(store: Store | null) {
    this.store = store
  }

  /**
   * The engine for a project's SQL; null where that is not judged. Commits on one branch are about the
   * same pending migrations, so those decide what the parser is going to be asked.
   *
   * @throws ProblemError where the project's journal cannot be read
   */
  of(reading: ProjectReading): Promise<Engine> | null {
    const { dialect } = reading.project
    const { sql } = dialectOf(dialect)
    if (sql === null) return null
    const known = this.loaded.get(reading)
    if (known !== undefined) return known.engine
    const key = ['parsed', dialect, ...reading.pendingContent].join('\n')
    const answers = new Answers(this.store, key)
    const engine = sql.load(answers)
    this.loaded.set(reading, { engine, answers })
    return engine
  }

  /** Keeps what the parser answered about a project that is checked, for the next run. */
  finish(reading: ProjectReading): void {
    this.loaded.get(reading)?.answers.save()
    this.loaded.delete(reading)
  }
}
