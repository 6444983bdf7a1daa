import type { DialectName } from '../../dialects/names.ts'
import type { Tree } from '../../git/tree.ts'
import type { Problem } from '../../finding/finding.ts'
import { dialectOfDriver, dialectSpelled } from '../../dialects/registry.ts'
import type { Draft } from './draft.ts'
import { unreadableKey } from './draft.ts'
import { readMigrationFolder } from '../migrations/folder.ts'
import { journalPath } from '../migrations/layout.ts'
import type { MigrationFolder } from '../migrations/migration.ts'

/**
 * The dialect to judge a project's migrations in: what our configuration says, else what the
 * journal was written for (a Turso config writes SQLite), else the config, else 1.0's last
 * snapshot.
 *
 * @param trees - the tree under check, then those it is compared with
 * @returns a problem where none of them says
 */
export function judgedDialect(draft: Draft, trees: readonly Tree[]): DialectName | Problem {
  if (draft.ours.dialect) return draft.ours.dialect
  for (const tree of trees) {
    const stated = statedIn(tree, journalPath(draft.out))
    if (stated) return stated
  }
  const { reading, config } = draft
  const { dialect, driver } = reading ?? {}
  if (dialect?.kind === 'value')
    return dialectSpelled(dialect.value) ?? unknown(draft, dialect.value)
  const fromDriver = driver?.kind === 'value' ? dialectOfDriver(driver.value) : null
  if (fromDriver) return fromDriver

  for (const tree of trees) {
    if (tree.read(journalPath(draft.out))) continue
    const stated = snapshotDialect(tree, readMigrationFolder(tree, draft.out))
    if (stated) return stated
  }
  const reason = dialect?.kind === 'unreadable' ? dialect.reason : null
  if (config !== null && reason !== null) return unreadableKey(config, 'dialect', reason)
  return {
    message: `${draft.name}: the dialect is not configured and cannot be inferred.`,
    file: config,
    help: 'Set projects[].dialect in migration-lint.config.ts.',
  }
}

/** The dialect that the journal of a migrations folder was written for; null where it does not say. */
export function journalDialect(tree: Tree, folder: MigrationFolder): DialectName | null {
  return statedIn(tree, journalPath(folder.path))
}

/** The dialect of the last snapshot of a migrations folder; null where none says. */
export function snapshotDialect(tree: Tree, { migrations }: MigrationFolder): DialectName | null {
  for (const { snapshot } of migrations.toReversed()) {
    const stated = statedIn(tree, snapshot)
    if (stated) return stated
  }
  return null
}

/** Journal and snapshot may be broken, or megabytes long; their dialect stands near the top. */
function statedIn(tree: Tree, path: string): DialectName | null {
  const text = tree.read(path)?.toString('utf8')
  const name = text && /"dialect"\s*:\s*"(\w+)"/.exec(text)?.[1]
  return name ? dialectSpelled(name) : null
}

function unknown(draft: Draft, dialect: string): Problem {
  return {
    message: `${draft.name}: the dialect '${dialect}' is not supported.`,
    file: draft.config,
    help: 'List the projects to check under `projects` in migration-lint.config.ts, without it.',
  }
}
