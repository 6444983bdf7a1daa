import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { looksLikeConfig } from '../drizzle/find/scan.ts'
import { readConfig } from './drizzleConfigs.ts'

/** Folders that the presets are for anyway. */
const USUAL = new Set(['drizzle', '.drizzle', 'migrations', 'migrate'])

/** How deep below a folder drizzle configs are looked for: `packages/db`, `apps/web/src`. */
const DEEPEST = 3

/**
 * Globs of the migrations folders that drizzle configs name and that are called otherwise than most, as
 * far as their text tells.
 *
 * @param top - absolute; configs in it and a few folders below count
 */
export function migrationGlobs(top: string): readonly string[] {
  const outs = configsBelow(top, DEEPEST).flatMap((path) => {
    const { out } = readConfig(path)
    const written = out.kind === 'value' ? out.value.path.replace(/^\.\/|\/+$/g, '') : ''
    const isKnown = written.split('/').some((name) => USUAL.has(name))
    // Above the config's folder it is not known what the rest of the path is called.
    const isPlain = written !== '' && !written.startsWith('..') && !/[*?[\]{}()!]/.test(written)
    return isPlain && !isKnown ? written : []
  })
  return [...new Set(outs)].map((out) => `**/${out}/**/*.sql`)
}

function configsBelow(folder: string, depth: number): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true })
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isFile()) return looksLikeConfig(entry.name) ? [path] : []
    const isSearched =
      depth > 0 && entry.isDirectory() && !/^(?:node_modules|dist|\..*)$/.test(entry.name)
    return isSearched ? configsBelow(path, depth - 1) : []
  })
}
