/** Something to run once the files are written. */
export interface Task {
  /** What it is for: `install the packages`. */
  readonly what: string
  /** As people would type it in the top folder. */
  readonly command: string
  run(): void | Promise<void>
}

/** Something that is left to the user. */
export interface Leftover {
  readonly file: string | null
  readonly message: string
  readonly help: string
}

/** What there is to say about a plan besides its edits. */
export class Notes {
  readonly facts: string[] = []
  readonly leftovers: Leftover[] = []
  readonly tasks: Task[] = []

  /** Something the user wants to know: what was found and where. */
  fact(text: string): void {
    if (!this.facts.includes(text)) this.facts.push(text)
  }

  leave(file: string | null, message: string, help = ''): void {
    this.leftovers.push({ file, message, help })
  }

  task(task: Task): void {
    this.tasks.push(task)
  }
}
