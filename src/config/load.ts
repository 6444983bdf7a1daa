import { basename, resolve } from 'node:path'
import { relativePath } from '../finding/relativePath.ts'
import { ProblemError } from '../finding/problem.ts'
import type { Config } from './config.ts'
import { findConfig, packageConfig, PACKAGE_KEY, type ConfigSource } from './find.ts'
import { readConfigFile } from './read.ts'
import type { ConfigurableRule } from './plugins.ts'
import { validateConfig } from './validate.ts'

export interface LoadedConfig {
  readonly config: Config
  /** Where it stands, relative to the root; null where there is none and the defaults hold. */
  readonly source: string | null
}

/**
 * Finds, reads and checks the configuration.
 *
 * @param root - the repository's root
 * @param explicit - what `--config` names (absolute, or relative to the root), else null
 * @param rules - every rule there is, with the options it takes
 * @returns an empty configuration where there is none
 * @throws ProblemError where it is missing, given twice, unreadable or wrong
 */
export async function loadConfig(
  root: string,
  explicit: string | null,
  rules: readonly ConfigurableRule[],
): Promise<LoadedConfig> {
  const source = explicit === null ? findConfig(root) : named(root, explicit)
  if (source === null) return { config: {}, source: null }
  const { file } = source
  const value = source.kind === 'package' ? source.value : await readConfigFile(root, file)
  if (value === undefined) {
    throw new ProblemError({
      message: `${file} has no default export`,
      file,
      help: 'Export the configuration: export default defineConfig({ … })',
    })
  }
  const place = source.kind === 'package' ? `${file}, "${PACKAGE_KEY}"` : file
  return { config: validateConfig(value, file, rules, place), source: file }
}

function named(root: string, explicit: string): ConfigSource {
  const file = relativePath(root, resolve(root, explicit))
  if (basename(file) !== 'package.json') return { kind: 'file', file }
  const source = packageConfig(root, file)
  if (source !== null) return source
  throw new ProblemError({
    message: `${file} has no "${PACKAGE_KEY}"`,
    file,
    help: `Add "${PACKAGE_KEY}" to it, or name another file with --config.`,
  })
}
