import type { Finding } from '../../finding/finding.ts'

/** What a migration looks like of which only a part is staged. */
const LOOKS_OF_IT: ReadonlySet<string> = new Set([
  'missing-migration-file',
  'orphan-migration-file',
  'missing-snapshot',
  'stray-snapshot-file',
])

/**
 * Takes out what the history says of migrations that are only staged in part: sync has said so, and
 * to stage the rest is the better advice.
 *
 * @param files - of those migrations
 */
export function withoutHalves(
  findings: readonly Finding[],
  files: readonly string[],
): readonly Finding[] {
  // The journal is in all of them.
  const halves = new Set(files.map(prefixOf).filter((prefix) => prefix !== ''))
  return findings.filter(
    ({ rule, migration, file }) =>
      !LOOKS_OF_IT.has(rule) ||
      !(halves.has(prefixOf(file)) || (migration !== null && halves.has(prefixOf(migration)))),
  )
}

/** What SQL makes and no snapshot has, as sync has said. */
export interface Recorded {
  /** As findings name them. */
  readonly objects: ReadonlySet<string>
  /** The migrations that have no snapshot, by name. */
  readonly migrations: ReadonlySet<string>
}

/** Takes out what the other families say of the same, which sync has said with the way out. */
export function withoutRecorded(
  findings: readonly Finding[],
  { objects, migrations }: Recorded,
): readonly Finding[] {
  return findings.filter(
    ({ rule, severity, object, migration }) =>
      !(rule === 'snapshot-mismatch' && severity === 'warn' && objects.has(object ?? '')) &&
      !(rule === 'missing-snapshot' && migrations.has(migration ?? '')),
  )
}

/** What names a migration's SQL, snapshot and journal entry alike: its number, or 1.0's folder. */
function prefixOf(path: string): string {
  const names = path.split('/')
  const isOwnFolder = /^(?:migration\.sql|snapshot\.json)$/.test(names.at(-1) ?? '')
  return (names.at(isOwnFolder ? -2 : -1) ?? '').split('_')[0]!
}
