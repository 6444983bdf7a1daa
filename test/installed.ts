import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const cache = path.join(import.meta.dirname, '..', 'node_modules/.cache/installed')

/**
 * A folder whose `node_modules` holds exactly these packages, for tests that need another version of
 * something than ours. Installed once and kept; tests must not write into it.
 *
 * @param packages - exact versions by name
 * @returns the absolute path of the folder
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
    '--loglevel=error',
  ]
  execFileSync('npm', ['install', ...flags], { cwd: fresh, stdio: ['ignore', 2, 2] })
  try {
    renameSync(fresh, folder)
  } catch (error) {
    // Another test file was quicker.
    rmSync(fresh, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
  return folder
}
