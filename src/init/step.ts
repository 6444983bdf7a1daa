import type { Setup } from '../setup/setup.ts'
import type { Files } from './files.ts'
import type { InitRecord } from './record.ts'
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
  /** The rules on schema files that are on by default. */
  readonly schemaRules: readonly string[]
  /** The migration up to which findings were set aside, by project. */
  readonly baselines: ReadonlyMap<string, string>
  /** What earlier runs of this clone have written. */
  readonly written: InitRecord['files']
  /** Packages that this or an earlier run has added, as far as this clone knows. */
  readonly added: string[]
}

export interface InitOptions {
  /** Also write settings for Visual Studio Code. */
  readonly vscode: boolean
  /** Say that nobody uses the databases while migrations run. */
  readonly downtime: boolean
}
