import { isAbsolute } from 'node:path'
import { HOOKS } from '../../setup/hookLines.ts'
import type { Setup } from '../../setup/setup.ts'
import { Refusal } from '../refusal.ts'
import type { Step } from '../step.ts'
import { type ScriptKind, withHook, withoutHook } from './shellScript.ts'

const SCRIPT: ScriptKind = { stopsAtFailure: false, header: ['#!/bin/sh'] }

/** A line in the scripts that git runs without any manager. */
export const scriptFiles: Step = {
  add({ setup, files, notes }) {
    const { folder, shared } = placeOf(setup)
    for (const name of HOOKS) {
      const path = `${folder}/${name}`
      try {
        const text = files.read(path)
        const next = withHook(text, name, setup.packageFolder, SCRIPT, path)
        if (next !== text) files.write(path, next, 'runs migration-lint', 0o755)
      } catch (error) {
        // One hook that is not ours to edit keeps nobody from the others.
        if (!(error instanceof Refusal)) throw error
        notes.leave(error.file, error.message, error.help)
      }
    }
    if (!shared) {
      notes.fact(`the hooks in ${folder} belong to this clone alone: every clone has to run this`)
    }
  },
  remove({ setup, files, notes }) {
    const { folder } = placeOf(setup)
    for (const name of HOOKS) {
      const path = `${folder}/${name}`
      const text = files.read(path)
      if (text === null) continue
      const rest = withoutHook(text, name, setup.packageFolder, SCRIPT)
      if (rest !== text) files.write(path, rest, 'no longer runs migration-lint')
      if (rest?.includes('migration-lint')) {
        notes.leave(path, `${path} still names migration-lint in a line that was changed since`)
      }
    }
  },
}

function placeOf({ hooks }: Setup) {
  if (hooks.kind !== 'scripts') throw new Error(`not scripts: ${hooks.kind}`)
  if (!isAbsolute(hooks.folder)) return hooks
  throw new Refusal(
    hooks.folder,
    `the hooks lie in ${hooks.folder}, outside of this checkout`,
    'Run this in the main checkout.',
  )
}
