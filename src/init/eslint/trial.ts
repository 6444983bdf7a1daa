import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { installedPackage } from '../../setup/linters.ts'
import type { Setup } from '../../setup/setup.ts'

/** Why ESLint could not lint some files. */
export interface Crash {
  readonly reason: string
  /** ESLint is not installed, so nothing was tried. */
  readonly isMissing: boolean
}

interface Result {
  readonly messages: readonly { readonly fatal?: boolean; readonly message: string }[]
}

/**
 * Runs the project's own ESLint. What it finds does not count, only that it runs.
 *
 * @param folder - of its configuration, relative to the root
 * @param files - relative to the root
 */
export function runsOn(
  { root, env }: Setup,
  folder: string,
  files: readonly string[],
): Crash | null {
  const cwd = join(root, folder)
  const installed = installedPackage(cwd, 'eslint')
  const bin = installed && join(installed.folder, 'bin/eslint.js')
  if (bin === null || !existsSync(bin)) return { reason: 'it is not installed', isMissing: true }
  const call = [
    bin,
    '--format',
    'json',
    '--no-warn-ignored',
    ...files.map((file) => join(root, file)),
  ]
  const { status, stdout, stderr } = spawnSync(process.execPath, call, {
    cwd,
    env,
    encoding: 'utf8',
  })
  const results = status === 2 ? null : parsed(stdout)
  if (results === null) {
    const lines = stderr.split('\n').map((line) => line.trim())
    const reason = lines.find((line) => /Error|Could not/.test(line)) ?? lines.find(Boolean)
    return { reason: reason ?? `exit code ${status}`, isMissing: false }
  }
  const fatal = results
    .flatMap(({ messages }) => messages)
    .find((message) => message.fatal === true)
  return fatal === undefined ? null : { reason: fatal.message, isMissing: false }
}

function parsed(text: string): readonly Result[] | null {
  try {
    return JSON.parse(text) as Result[]
  } catch {
    return null
  }
}
