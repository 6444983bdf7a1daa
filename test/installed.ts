import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { npmCommand } from '../scripts/npm.mjs'

const cache = path.join(import.meta.dirname, '..', 'node_modules/.cache/installed')

/**
 * A folder whose `node_modules` holds exactly these packages, for tests that need another version of
 * something than ours. Installed once and kept; tests must not write into it.
 *
 * @param packages - exact versions by name
 * @returns the absolute path of the folder
 * @throws Error if they are not installed yet and cannot be: the first run needs the npm registry
 */
export function installed(packages: Readonly<Record<string, string>>): string {
  const manifest = JSON.stringify({ private: true, type: 'module', dependencies: packages })
  const folder = path.join(cache, createHash('sha1').update(manifest).digest('hex').slice(0, 12))
  if (existsSync(folder)) return folder
  mkdirSync(cache, { recursive: true })
  const fresh = mkdtempSync(path.join(cache, 'new-'))
  writeFileSync(path.join(fresh, 'package.json'), manifest)
  const flags = [
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--no-package-lock',
    '--prefer-offline',
    '--loglevel=error',
  ]
  const [command, args] = npmCommand(['install', ...flags])
  const { status, stderr } = spawnSync(command, args, { cwd: fresh, encoding: 'utf8' })
  if (status !== 0) {
    rmSync(fresh, { recursive: true, force: true })
    const names = Object.entries(packages).map(([name, version]) => `${name}@${version}`)
    throw new Error(
      `${names.join(' and ')} could not be installed; the first run of the tests needs the npm registry:\n${stderr}`,
    )
  }
  try {
    renameSync(fresh, folder)
  } catch (error) {
    // Another test file was quicker.
    rmSync(fresh, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
  return folder
}
