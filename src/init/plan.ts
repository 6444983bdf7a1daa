import type { Setup } from '../setup/setup.ts'
import { configuration } from './configuration.ts'
import { dependencies } from './dependencies.ts'
import { eslint } from './eslint/eslint.ts'
import { lintStaged } from './eslint/lintStaged.ts'
import { oxlint } from './eslint/oxlint.ts'
import { Files } from './files.ts'
import { github } from './github.ts'
import { gitlab } from './gitlab.ts'
import { hooks } from './hooks/hooks.ts'
import { Notes } from './notes.ts'
import { type InitRecord, readRecord } from './record.ts'
import { Refusal } from './refusal.ts'
import { scripts } from './scripts.ts'
import { vscode } from './vscode.ts'
import type { InitOptions, Plan, Step } from './step.ts'

const STEPS: readonly Step[] = [
  ...hooks,
  dependencies,
  scripts,
  configuration,
  eslint,
  oxlint,
  lintStaged,
  vscode,
  github,
  gitlab,
]

/** What a plan has to know besides the repository. */
export interface Given {
  readonly options: InitOptions
  readonly version: string
  readonly schemaRules: readonly string[]
  readonly baselines: ReadonlyMap<string, string>
}

/** What setting a repository up writes; nothing is written yet. */
export async function planInit(setup: Setup, given: Given): Promise<Plan> {
  const plan = newPlan(setup, given, readRecord(setup.commonDir), [])
  for (const { file, message, help } of setup.problems) plan.notes.leave(file, message, help)
  for (const step of STEPS) await attempt(plan, () => step.add(plan))
  return plan
}

/** What undoing it writes. What is as `init` left it becomes what it was, to the letter. */
export async function planRemoval(setup: Setup, given: Given): Promise<Plan> {
  const record = readRecord(setup.commonDir)
  const plan = newPlan(setup, given, record, [...record.added])
  for (const step of STEPS) await attempt(plan, () => step.remove(plan))
  restore(plan, record)
  return plan
}

function newPlan(
  setup: Setup,
  given: Given,
  { files: written }: InitRecord,
  added: string[],
): Plan {
  return { ...given, setup, files: new Files(setup.root), notes: new Notes(), written, added }
}

async function attempt({ notes }: Plan, run: () => void | Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    notes.leave(error.file, error.message, error.help)
  }
}

function restore({ files }: Plan, record: InitRecord): void {
  for (const { path, before } of files.changes()) {
    const known = record.files[path]
    if (known !== undefined && known.after === before) files.restore(path, known.before)
  }
}
