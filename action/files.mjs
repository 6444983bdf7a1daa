import { createHash } from 'node:crypto'
import os from 'node:os'
import path from 'node:path'

/**
 * Where a run leaves what the comment is made of. Two uses of the Action in one job have two places.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export function resultFiles(env) {
  const key = createHash('sha1').update(workingFolder(env)).digest('hex').slice(0, 8)
  const at = path.join(env.RUNNER_TEMP ?? os.tmpdir(), `migration-lint-${key}`)
  return { report: `${at}.md`, json: `${at}.json` }
}

/**
 * The folder that migration-lint is run in, absolute.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export function workingFolder(env) {
  return path.resolve(env.GITHUB_WORKSPACE ?? '.', env.MIGRATION_LINT_FOLDER ?? '.')
}
