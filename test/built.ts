import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { isBuilt } from '../scripts/sources.mjs'

const root = path.join(import.meta.dirname, '..')

/**
 * The built command line, for tests of what a user installs. Builds it first unless it was built
 * from the sources as they are.
 *
 * @returns the path of `dist/cli.cjs`
 */
export function builtCli(): string {
  if (!isBuilt()) {
    execFileSync(process.execPath, ['build.mjs'], { cwd: root, stdio: ['ignore', 2, 2] })
  }
  return path.join(root, 'dist/cli.cjs')
}
