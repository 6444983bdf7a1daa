import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** The Nodes that are supported, each as npm's package `node` installs it. */
const MAJORS = [20, 22, 24]

/**
 * Installs the Nodes, once.
 *
 * @returns {{ readonly major: number; readonly file: string }[]}
 */
export function supportedNodes() {
  return MAJORS.map((major) => {
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
    return { major, file }
  })
}
