import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathFrom } from '../../finding/relativePath.ts'
import { packageManagerOf } from '../find/packageManager.ts'
import { folderOf } from '../find/paths.ts'
import { type ScriptWrapper, scriptEnvironment, wrappedCommand } from '../find/scriptEnvironment.ts'
import { environmentFiles } from './environmentFiles.ts'
import { PLACEHOLDER, isProjectVariable } from './placeholder.ts'
import type { Unanswered } from './question.ts'
import type { SchemaComparison } from './schemaComparison.ts'

/** Names beyond these are not read. */
const MOST_NAMES = 6

/**
 * What to do where a schema cannot be loaded for want of variables of the environment; null where
 * nothing points to that. It tells names, never values.
 */
export function environmentAdvice(
  comparison: SchemaComparison,
  { reason, trace }: Unanswered,
): string | null {
  const unset = Object.entries(trace?.env ?? {}).flatMap(([name, before]) => {
    const now = trace?.values[name] ?? PLACEHOLDER
    return before === null && now === PLACEHOLDER && isProjectVariable(name) ? [name] : []
  })
  const isTold = /\benv\b|\benvironment\b|\bvariables?\b/i.test(reason)
  if (!isTold && !unset.some((name) => reason.includes(name))) return null
  const { root, tree, project, here = '' } = comparison
  const { wrapper } = scriptEnvironment(tree, project)
  const files = environmentFiles(comparison)
  const read = files.filter((file) => existsSync(file)).map((file) => file.slice(root.length + 1))
  const shown = unset.slice(0, MOST_NAMES).join(', ')
  const more = unset.length > MOST_NAMES ? ` and ${unset.length - MOST_NAMES} more` : ''
  const tried =
    read.length > 0 ? `, also with ${read.map((file) => pathFrom(here, file)).join(', ')}` : ''
  const missing = unset.length > 0 ? `Not set${tried}: ${shown}${more}. ` : ''
  return missing + wayOut(comparison, wrapper, files, read)
}

function wayOut(
  { root, tree, here = '' }: SchemaComparison,
  wrapper: ScriptWrapper | null,
  files: readonly string[],
  read: readonly string[],
): string {
  if (wrapper !== null) {
    const { folder, fetches } = wrapper
    const manager = packageManagerOf(tree, folder)
    const program = programIn(root, folder)
    // Only a package manager's command finds what is installed.
    const runner = { npm: 'npx', pnpm: 'pnpm exec', yarn: 'yarn', bun: 'bunx' }[manager]
    const isFound =
      /^(?:pnpm|npm|yarn|bun|npx|bunx)\s/.test(wrapper.command) || program.includes('/')
    const line = wrappedCommand(wrapper, isFound ? program : `${runner} ${program}`, here)
    return fetches === null
      ? `Check with the variables that the project gives drizzle-kit: ${line}`
      : `The project's script gets them from \`${fetches}\`, which is never started by itself. Check with it: ${line}`
  }
  if (files.length === 0) {
    return "If a file sets them, name it in the configuration: env: ['.env.local']."
  }
  return read.length === 0
    ? `${files.map((file) => pathFrom(here, file.slice(root.length + 1))).join(', ')} would set them, but is not there.`
    : 'Set them there.'
}

/** How migration-lint is called in a folder: by its name only where it is installed in it. */
function programIn(root: string, folder: string): string {
  for (let at = folder; ; at = folderOf(at)) {
    if (existsSync(join(root, at, 'node_modules/.bin/migration-lint'))) {
      return at === folder
        ? 'migration-lint'
        : pathFrom(folder, `${at === '' ? '' : `${at}/`}node_modules/.bin/migration-lint`)
    }
    if (at === '') return 'migration-lint'
  }
}
