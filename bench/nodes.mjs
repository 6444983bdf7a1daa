import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** The Nodes that are supported. */
export const MAJORS = [20, 22, 24]

/**
 * A Node as npm's package `node` installs it, once.
 *
 * @param {number} major
 * @returns {string} the program's file
 */
export function supportedNode(major) {
  const folder = path.join(import.meta.dirname, `../node_modules/.cache/bench/node${major}`)
  const file = path.join(folder, 'node_modules/node/bin/node')
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n')
    // Its installation puts the program in its place.
    execFileSync(
      'npm',
      ['install', '--no-audit', '--no-fund', '--prefer-offline', `node@${major}`],
      { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] },
    )
  }
  return file
}
