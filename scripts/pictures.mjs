// What the documentation shows of a terminal, drawn from what the program really prints.
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { terminalPicture } from './terminalPicture.mjs'

const root = path.join(import.meta.dirname, '..')
const cli = path.join(root, 'dist/cli.cjs')

/**
 * @returns {Map<string, string>} SVGs by file name within docs/pictures
 * @throws Error where the program prints nothing to draw; it has to be built
 */
export function pictures() {
  const shop = path.join(root, 'examples/shop')
  return new Map([
    ['lint.svg', picture(shop, 'npx migration-lint drizzle/0005_currencies.sql')],
    ['commit.svg', inRepository((folder) => picture(folder, 'git commit', ['--staged']))],
  ])
}

/**
 * @param {string} cwd
 * @param {string} command
 * @param {readonly string[]} args - what stands for the command, where it does not say it itself
 */
function picture(cwd, command, args = command.split(' ').slice(2)) {
  const { stdout, stderr } = run(cwd, process.execPath, [cli, ...args])
  if (stdout === '') throw new Error(`${command} prints nothing to draw: ${stderr}`)
  return terminalPicture(command, stdout)
}

/**
 * The shop as a repository, where somebody has added a column and staged nothing but that.
 *
 * @param {(folder: string) => string} draw
 */
function inRepository(draw) {
  const folder = mkdtempSync(path.join(tmpdir(), 'shop-'))
  try {
    cpSync(path.join(root, 'examples/shop'), folder, { recursive: true })
    symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'))
    writeFileSync(path.join(folder, '.gitignore'), 'node_modules\n')
    /** @param {readonly string[]} args */
    const git = (...args) =>
      run(folder, 'git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args])
    git('init', '--quiet', '--initial-branch=main')
    git('add', '--all')
    git('commit', '--quiet', '--no-verify', '--message=shop')
    const file = path.join(folder, 'src/schema.ts')
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replace(/(pgTable\('users', \{\n)/, "$1  phone: text('phone'),\n"))
    git('add', 'src/schema.ts')
    return draw(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * @param {string} cwd
 * @param {string} file
 * @param {readonly string[]} args
 */
function run(cwd, file, args) {
  const own = Object.entries(process.env).filter(([name]) => !/^(?:GIT_|CI$|GITHUB_)/.test(name))
  const env = { ...Object.fromEntries(own), FORCE_COLOR: '1', COLUMNS: '100' }
  return spawnSync(file, args, { cwd, env, encoding: 'utf8' })
}

if (process.argv[1] === import.meta.filename) {
  const folder = path.join(root, 'docs/pictures')
  mkdirSync(folder, { recursive: true })
  for (const [name, svg] of pictures()) writeFileSync(path.join(folder, name), svg)
}
