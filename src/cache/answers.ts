import type { Store } from './store.ts'

/** How many characters of questions and answers are kept; a whole history would cost more than it saves. */
const MOST = 1_000_000

/**
 * What something slow to load was asked in a run, and what it answered, for a run that asks the same:
 * then it need not be loaded.
 */
export class Answers {
  /** Whether an earlier run asked what this one is likely to ask. */
  readonly isWarm: boolean
  private readonly store: Store | null
  private readonly key: string
  private known: ReadonlyMap<string, string>
  private asked = new Map<string, string>()
  private size = 0
  private hasNew = false

  /**
   * @param store - null keeps nothing
   * @param key - of everything that the questions follow from
   */
  constructor(store: Store | null, key: string) {
    const known = store?.get(key)
    this.isWarm = known instanceof Map
    this.known = known instanceof Map ? (known as Map<string, string>) : new Map<string, string>()
    this.store = store
    this.key = key
  }

  /** The answer to a question, from an earlier run where there is one. */
  to(question: string, ask: () => string): string {
    const known = this.known.get(question) ?? this.asked.get(question)
    const answer = known ?? ask()
    this.hasNew ||= known === undefined
    if (this.size <= MOST && !this.asked.has(question)) {
      this.asked.set(question, answer)
      this.size += question.length + answer.length
      // They will not be kept, and a run over a whole history has better uses for the memory.
      if (this.size > MOST) this.asked.clear()
    }
    return answer
  }

  /** Keeps what was asked, unless that is what is kept already, or too much, and forgets it here. */
  save(): void {
    if (this.hasNew && this.size <= MOST) this.store?.set(this.key, this.asked)
    this.known = new Map()
    this.asked = new Map()
    this.size = 0
    this.hasNew = false
  }
}
