import { posix } from 'node:path'
import type { Tree } from '../../git/tree.ts'
import { isSkipped } from './scan.ts'

const CONFIG = /(?:^|\/)(?:wrangler\.(?:toml|jsonc?)|alchemy\.run\.[mc]?[jt]s)$/

/** `migrations_dir` of wrangler.toml and wrangler.json, `migrationsDir` of Alchemy's D1Database. */
const FOLDER = /["']?migrations_?dir["']?\s*[:=]\s*["'`]([^"'`]+)["'`]/gi

/** Where wrangler looks if a D1 database says nothing. */
const WRANGLERS_OWN = 'migrations'

/**
 * The file that has every SQL file of a folder run in the order of their names, whatever the journal
 * lists: `wrangler d1 migrations apply` and Alchemy keep a table of file names of their own.
 *
 * @param out - the migrations folder
 */
export function fileRunner(tree: Tree, out: string): string | null {
  const paths = tree
    .list('')
    .flatMap(({ path: file }) => (CONFIG.test(file) && !isSkipped(file) ? [file] : []))
  for (const [file, content] of tree.readAll(paths)) {
    const text = content.toString('utf8')
    const named = [...text.matchAll(FOLDER)].map(([, folder = '']) => folder)
    const folders = named.length === 0 && text.includes('d1_databases') ? [WRANGLERS_OWN] : named
    if (folders.some((folder) => posix.join(posix.dirname(file), folder) === out)) {
      return file
    }
  }
  return null
}
