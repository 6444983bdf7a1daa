import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { readRegularFile } from '../disk/readRegularFile.ts'
import { isRecord } from '../json/isRecord.ts'
import { stampsOf } from './stamps.ts'

/** `@/*` to the absolute paths it stands for, which hold the same `*`. */
type Aliases = readonly (readonly [pattern: string, targets: readonly string[]])[]

const kept = new Map<string, { readonly stamp: string; readonly aliases: Aliases }>()

/**
 * The places that the nearest tsconfig.json or jsconfig.json maps an import to (`paths`, `baseUrl`).
 * One that another configuration maps (`extends`) is not found.
 *
 * @param folder - absolute; of the file that imports
 * @returns absolute, in their order; an extension may be missing
 */
export function aliasTargets(folder: string, specifier: string): readonly string[] {
  const config = configAbove(folder)
  if (config === null) return []
  return aliasesIn(config).flatMap(([pattern, targets]) => {
    const [before = '', after] = pattern.split('*')
    if (after === undefined) return pattern === specifier ? targets : []
    if (!specifier.startsWith(before) || !specifier.endsWith(after)) return []
    const middle = specifier.slice(before.length, specifier.length - after.length)
    return targets.map((target) => target.replace('*', middle))
  })
}

function configAbove(folder: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    for (const name of ['tsconfig.json', 'jsconfig.json']) {
      if (existsSync(join(at, name))) return join(at, name)
    }
    if (existsSync(join(at, '.git')) || dirname(at) === at) return null
  }
}

function aliasesIn(config: string): Aliases {
  const stamp = stampsOf([config])
  const known = kept.get(config)
  if (known?.stamp === stamp) return known.aliases
  const aliases = read(config)
  kept.set(config, { stamp, aliases })
  return aliases
}

function read(config: string): Aliases {
  const { parse } = createRequire(import.meta.url)('jsonc-parser') as typeof import('jsonc-parser')
  let value: unknown
  try {
    value = parse(
      readRegularFile(config)
        .toString('utf8')
        .replace(/^\uFEFF/, ''),
    )
  } catch {
    return []
  }
  const options = isRecord(value) ? value['compilerOptions'] : null
  if (!isRecord(options)) return []
  const { baseUrl, paths } = options
  const base = join(dirname(config), typeof baseUrl === 'string' ? baseUrl : '.')
  const mapped = isRecord(paths) ? Object.entries(paths) : []
  const isText = (one: unknown): one is string => typeof one === 'string'
  return [
    ...mapped.map(([pattern, targets]): Aliases[number] => [
      pattern,
      (Array.isArray(targets) ? targets : []).filter(isText).map((one) => join(base, one)),
    ]),
    ...(typeof baseUrl === 'string' ? [['*', [join(base, '*')]] as const] : []),
  ]
}
