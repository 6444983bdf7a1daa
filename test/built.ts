import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'

const root = path.join(import.meta.dirname, '..')
const inputs = ['src', 'rules', 'build.mjs', 'package.json', 'tsconfig.json', 'tsconfig.build.json']

/**
 * The built command line, for tests of what a user installs. Builds it first if a source is newer.
 *
 * @returns the path of `dist/cli.cjs`
 */
export function builtCli(): string {
  const cli = path.join(root, 'dist/cli.cjs')
  const types = path.join(root, 'dist/types/src/index.d.ts')
  const newest = Math.max(...inputs.map((name) => lastChange(path.join(root, name))))
  if ([cli, types].some((file) => lastChange(file) < newest)) {
    execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: ['ignore', 2, 2] })
  }
  return cli
}

function lastChange(file: string): number {
  if (!existsSync(file)) return 0
  const stat = statSync(file)
  if (!stat.isDirectory()) return stat.mtimeMs
  const entries = readdirSync(file, { recursive: true, encoding: 'utf8' })
  return Math.max(stat.mtimeMs, ...entries.map((name) => statSync(path.join(file, name)).mtimeMs))
}
