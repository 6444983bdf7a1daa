import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ProblemError } from '../finding/problem.ts'
import { applyEdits } from './apply.ts'
import type { Edit } from './files.ts'
import { installPackages, isInstalled } from './install.ts'
import { readRecord, removeRecord, restoreRecord, writeRecord } from './record.ts'
import { Refusal } from './refusal.ts'
import type { Plan } from './step.ts'

/**
 * Writes what was planned, installs what it needs and runs what is to be run.
 *
 * @throws ProblemError where a file cannot be written or the packages cannot be installed; all files
 *   are then as they were
 */
export async function carryOut(plan: Plan): Promise<void> {
  const { setup, files, added } = plan
  const { commonDir, root } = setup
  const edits = files.changes()
  const earlier = readRecord(commonDir)
  if (edits.length > 0) writeRecord(commonDir, earlier, { files: recorded(edits), added })
  try {
    applyEdits(root, edits)
  } catch (error) {
    restoreRecord(commonDir, earlier)
    throw error
  }
  if (!isInstalled(setup, added)) {
    try {
      await installPackages(setup)
    } catch (error) {
      applyEdits(root, edits.map(reversed))
      restoreRecord(commonDir, earlier)
      throw notInstalled(setup, error)
    }
  }
  await runTasks(plan)
  // Package managers write package.json as well.
  if (edits.length > 0) {
    writeRecord(commonDir, earlier, {
      files: recorded(edits.map((edit) => asOnDisk(root, edit))),
      added,
    })
  }
}

/** Writes what was planned for undoing it. */
export async function carryOutRemoval(plan: Plan): Promise<void> {
  applyEdits(plan.setup.root, plan.files.changes())
  await runTasks(plan)
  removeRecord(plan.setup.commonDir)
}

async function runTasks({ notes }: Plan): Promise<void> {
  for (const { run, what, command } of notes.tasks) {
    try {
      await run()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      notes.leave(null, `could not ${what}: ${error.message}`, `Run: ${command}`)
    }
  }
}

function recorded(edits: readonly Edit[]) {
  return Object.fromEntries(edits.map(({ path, before, after }) => [path, { before, after }]))
}

function reversed({ path, before, after, mode }: Edit): Edit {
  return { path, before: after, after: before, mode, what: [] }
}

function asOnDisk(root: string, edit: Edit): Edit {
  const file = join(root, edit.path)
  return { ...edit, after: existsSync(file) ? readFileSync(file, 'utf8') : null }
}

function notInstalled({ manager }: Plan['setup'], error: unknown): ProblemError {
  const lines = String((error as Error).message)
    .split('\n')
    .filter((line) => line.trim() !== '')
  return new ProblemError({
    message: `${manager} install failed; all files are as they were: ${lines.slice(0, 12).join('\n')}`,
    file: null,
    help: `Make ${manager} install work and run this again.`,
  })
}
