import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

/**
 * The commands that install what a lock file says, by its name; each installs that and nothing else.
 *
 * @type {readonly (readonly [string, readonly string[]])[]}
 */
const INSTALLS = [
  ['package-lock.json', ['npm', 'ci']],
  ['npm-shrinkwrap.json', ['npm', 'ci']],
  ['pnpm-lock.yaml', ['pnpm', 'install', '--frozen-lockfile']],
  ['yarn.lock', ['yarn', 'install', '--frozen-lockfile']],
  ['bun.lock', ['bun', 'install', '--frozen-lockfile']],
  ['bun.lockb', ['bun', 'install', '--frozen-lockfile']],
]

/**
 * The command line of migration-lint as the project has it installed.
 *
 * @param {string} folder - absolute
 * @returns {string | null} an absolute path; null where it is not installed
 */
export function installedCommand(folder) {
  try {
    const require = createRequire(path.join(folder, 'package.json'))
    const manifest = require.resolve('migration-lint/package.json')
    return path.join(path.dirname(manifest), require(manifest).bin['migration-lint'])
  } catch {
    return null
  }
}

/**
 * How the dependencies of a project are installed: by the lock file in its folder, or the nearest above.
 *
 * @param {string} folder - absolute
 * @param {string} top - the top of the repository, absolute
 * @returns {{ cwd: string, command: readonly string[] } | null} null without a lock file
 */
export function installation(folder, top) {
  for (let cwd = folder; ; cwd = path.dirname(cwd)) {
    const found = INSTALLS.find(([name]) => existsSync(path.join(cwd, name)))
    if (found !== undefined) {
      const isBerry = found[0] === 'yarn.lock' && existsSync(path.join(cwd, '.yarnrc.yml'))
      return { cwd, command: isBerry ? ['yarn', 'install', '--immutable'] : found[1] }
    }
    if (cwd === top || cwd === path.dirname(cwd)) return null
  }
}
