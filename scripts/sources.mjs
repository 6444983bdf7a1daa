import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const root = path.join(import.meta.dirname, '..')

/** Where a build leaves what it was made of. */
const STAMP = path.join(root, 'node_modules/.cache/migration-lint-build')

/** What a build is made of, besides the packages of the lock file. */
const INPUTS = [
  'src',
  'rules',
  'build.mjs',
  'scripts/declarations.mjs',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
]

/** What a build leaves, as far as something is read from it. */
const OUTPUTS = [
  'cli.cjs',
  'evaluate.cjs',
  'pglite.cjs',
  'eslint.js',
  'docs.js',
  'types/src/index.d.ts',
]

/**
 * Tells builds apart: a hash of everything they are made of.
 *
 * @returns {string} 40 hexadecimal digits
 */
export function sourceHash() {
  const hash = createHash('sha1')
  for (const input of INPUTS) {
    for (const file of filesIn(input)) hash.update(file).update(readFileSync(path.join(root, file)))
  }
  return hash.digest('hex')
}

/** Whether `dist/` was built from the sources as they are. */
export function isBuilt() {
  if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== sourceHash()) return false
  return OUTPUTS.every((file) => existsSync(path.join(root, 'dist', file)))
}

/**
 * Says of what `dist/` was built.
 *
 * @param {string} hash - {@link sourceHash} before the build
 */
export function keepStamp(hash) {
  mkdirSync(path.dirname(STAMP), { recursive: true })
  writeFileSync(STAMP, hash)
}

/**
 * @param {string} input - a file or folder, relative to the repository
 * @returns {string[]}
 */
function filesIn(input) {
  if (!statSync(path.join(root, input)).isDirectory()) return [input]
  return readdirSync(path.join(root, input), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.posix.join(input, name.replaceAll(path.sep, '/')))
    .sort()
}
