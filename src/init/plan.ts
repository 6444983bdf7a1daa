import type { Setup } from '../setup/setup.ts'
import { dependencies } from './dependencies.ts'
import { Files } from './files.ts'
import { github } from './github.ts'
import { hooks } from './hooks/hooks.ts'
import { Notes } from './notes.ts'
import { type InitRecord, readRecord } from './record.ts'
import { Refusal } from './refusal.ts'
import { scripts } from './scripts.ts'
import type { InitOptions, Plan, Step } from './step.ts'

const STEPS: readonly Step[] = [...hooks, dependencies, scripts, github]

/** What setting a repository up writes; nothing is written yet. */
export async function planInit(setup: Setup, options: InitOptions, version: string): Promise<Plan> {
  const plan = newPlan(setup, options, version, [])
  for (const step of STEPS) await attempt(plan, () => step.add(plan))
  return plan
}

/** What undoing it writes. What is as `init` left it becomes what it was, to the letter. */
export async function planRemoval(
  setup: Setup,
  options: InitOptions,
  version: string,
): Promise<Plan> {
  const record = readRecord(setup.commonDir)
  const plan = newPlan(setup, options, version, [...record.added])
  for (const step of STEPS) await attempt(plan, () => step.remove(plan))
  restore(plan, record)
  return plan
}

function newPlan(setup: Setup, options: InitOptions, version: string, added: string[]): Plan {
  return { setup, files: new Files(setup.root), notes: new Notes(), options, version, added }
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
