import { isSkipped } from '../drizzle/find/scan.ts'
import type { Tree } from '../git/tree.ts'

/** A program that applies migrations without a transaction. */
export interface MigratorMention {
  readonly migrator: 'none'
  readonly file: string
}

/** Source files that may call a migrator: few are named otherwise. */
const CANDIDATE = /migrat|(?:^|\/)(?:db|database|drizzle)(?:\/|\.[mc]?[jt]s$)/i

/**
 * Where the project applies its migrations with drizzle-orm's migrator for neon-http, which has no
 * transactions; null where it does not, or another migrator is called as well.
 */
export function migratorMention(tree: Tree): MigratorMention | null {
  let found: MigratorMention | null = null
  for (const { path } of tree.list('')) {
    if (!/\.[mc]?[jt]s$/.test(path) || isSkipped(path) || !CANDIDATE.test(path)) continue
    const text = tree.read(path)?.toString('utf8') ?? ''
    const [, driver] = /['"]drizzle-orm\/([\w-]+)\/migrator['"]/.exec(text) ?? []
    if (driver === undefined) continue
    if (driver !== 'neon-http') return null
    found ??= { migrator: 'none', file: path }
  }
  return found
}
