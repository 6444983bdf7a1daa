import type { Setup } from '../setup/setup.ts'
import type { Files } from './files.ts'
import type { Notes } from './notes.ts'

/** One part of the set-up. It knows what it writes by its content, so it can take it back. */
export interface Step {
  /**
   * Writes what is missing; nothing where it is there.
   *
   * @throws Refusal where that is for the user to do
   */
  add(plan: Plan): void | Promise<void>
  /** Takes out what it wrote and nobody has changed since, and names what stays. */
  remove(plan: Plan): void | Promise<void>
}

/** What the steps write to. */
export interface Plan {
  readonly setup: Setup
  readonly files: Files
  readonly notes: Notes
  readonly options: InitOptions
  /** Our own version. */
  readonly version: string
  /** Packages that this or an earlier run has added, as far as this clone knows. */
  readonly added: string[]
}

export interface InitOptions {
  /** Also write settings for Visual Studio Code. */
  readonly vscode: boolean
}
