import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { IrregularFile, readRegularFile } from '../disk/readRegularFile.ts'
import { ProblemError } from '../finding/problem.ts'
import { parseJson } from './json.ts'
import { isObject } from './shape.ts'

const EXTENSIONS = ['ts', 'mts', 'js', 'mjs', 'cjs', 'json']

/** The names a configuration file may have, at the root of the repository. */
export const CONFIG_FILES = EXTENSIONS.map((extension) => `migration-lint.config.${extension}`)

/** Key of package.json that may hold the configuration instead. */
export const PACKAGE_KEY = 'migrationLint'

/** A configuration where it was found: in a file of its own, or already read from package.json. */
export type ConfigSource =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'package'; readonly file: string; readonly value: unknown }

/**
 * Finds the configuration of a repository; costs a handful of look-ups where there is none.
 *
 * @param root - the repository's root
 * @returns null where there is none
 * @throws ProblemError where there are two, or package.json has one but cannot be read
 */
export function findConfig(root: string): ConfigSource | null {
  const sources: ConfigSource[] = CONFIG_FILES.filter((name) => existsSync(join(root, name))).map(
    (file) => ({ kind: 'file', file }),
  )
  const inPackage = packageConfig(root, 'package.json')
  if (inPackage !== null) sources.push(inPackage)
  if (sources.length > 1) {
    const names = sources.map(({ kind, file }) =>
      kind === 'package' ? `"${PACKAGE_KEY}" in ${file}` : file,
    )
    throw new ProblemError({
      message: `there is more than one configuration: ${names.join(' and ')}`,
      file: sources[0]!.file,
      help: 'Keep one of them, or name the one to use with --config.',
    })
  }
  return sources[0] ?? null
}

/**
 * The configuration in a package.json.
 *
 * @param root - what `file` is relative to
 * @returns null where the file or the key is missing
 * @throws ProblemError where the file mentions the key but is not valid JSON, or is not a regular file
 */
export function packageConfig(root: string, file: string): ConfigSource | null {
  let text: string
  try {
    text = readRegularFile(join(root, file)).toString('utf8')
  } catch (error) {
    if (error instanceof IrregularFile) throw irregular(file, error)
    return null
  }
  if (!text.includes(PACKAGE_KEY)) return null
  const content = parseJson(text, file)
  if (!isObject(content) || content[PACKAGE_KEY] === undefined) return null
  return { kind: 'package', file, value: content[PACKAGE_KEY] }
}

/** What keeps a file of the configuration from being read at all. */
export function irregular(file: string, { reason }: IrregularFile): ProblemError {
  return new ProblemError({
    message: `${file} ${reason}, so it was not read`,
    file,
    help: `Put a regular file in its place: ls -l ${file}`,
  })
}
