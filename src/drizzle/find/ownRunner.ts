import type { Tree } from '../../git/tree.ts'
import { isSkipped } from './scan.ts'

/** Source files that may apply migrations: few are named otherwise. */
const CANDIDATE = /migrat|(?:^|\/)(?:db|database|drizzle|scripts?)(?:\/|\.[mc]?[jt]s$)/i

/** drizzle-orm's migrators, which go by the times in the journal. */
const DRIZZLES = /['"]drizzle-orm\/[\w-]+\/migrator['"]/

const RUNS_SQL = /\.(?:execute|query|unsafe|exec|run|raw|batch)\s*\(/

/**
 * A source file that seems to apply the migrations of a folder by itself: it reads the journal, or the
 * SQL files of the folder, and sends SQL to a database.
 *
 * @param out - the migrations folder
 */
export function ownRunner(tree: Tree, out: string): string | null {
  const paths = tree
    .list('')
    .flatMap(({ path }) =>
      /\.[mc]?[jt]s$/.test(path) && !isSkipped(path) && CANDIDATE.test(path) ? [path] : [],
    )
  const name = out.slice(out.lastIndexOf('/') + 1)
  for (const [path, content] of tree.readAll(paths)) {
    const text = content.toString('utf8')
    const readsFolder =
      /\breaddir(?:Sync)?\b/.test(text) && text.includes('.sql') && text.includes(name)
    if (!text.includes('_journal.json') && !readsFolder) continue
    if (RUNS_SQL.test(text) && !DRIZZLES.test(text)) return path
  }
  return null
}
