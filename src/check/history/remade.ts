import type { Finding } from '../../finding/finding.ts'
import type { History } from './history.ts'

/** A finding whose help settles what others would say of the same migrations. */
export interface Remade {
  readonly finding: Finding
  /** Migrations that it says to generate again, or whose snapshots it puts in line, by name. */
  readonly migrations: ReadonlySet<string>
}

/**
 * The finding that says to generate migrations again, or that two deployed ones stand side by side:
 * until that is done, drizzle-kit generate fails, so that any other advice would lead nowhere.
 */
export function remadeBy(history: History, findings: readonly Finding[]): Remade | undefined {
  const told = findings.filter(({ suppressed }) => !suppressed)
  const fork = told.find(({ rule }) => rule === 'snapshot-fork' || rule === 'journal-index')
  if (fork === undefined || history.after.broken) return undefined
  const { remake } = history.commands
  const finding = remake && told.find(({ help }) => help.includes(remake.line))
  if (remake && finding) return { finding, migrations: new Set(remake.own.map(({ name }) => name)) }
  return fork.rule === 'snapshot-fork' && history.after.layout === 'journal'
    ? { finding: fork, migrations: new Set(fork.migration === null ? [] : [fork.migration]) }
    : undefined
}

/** Rules whose advice is to generate, or to put in order what is generated again. */
const SETTLED: ReadonlySet<string> = new Set([
  'ambiguous-rename',
  'journal-index',
  'journal-order',
  'missing-snapshot',
  'schema-without-migration',
  'snapshot-chain',
  'snapshot-fork',
  'snapshot-mismatch',
  'stray-snapshot-file',
])

/** Takes out what is settled with it; a warning settles no error. */
export function withoutSettled(
  findings: readonly Finding[],
  { finding: settling, migrations }: Remade,
): readonly Finding[] {
  return findings.filter(
    (one) =>
      one === settling ||
      !SETTLED.has(one.rule) ||
      // A copied id, or names that sort wrongly, would only come back.
      (one.rule === 'snapshot-chain' && one.severity === 'error') ||
      (one.migration !== null && !migrations.has(one.migration)) ||
      (settling.severity === 'warn' && one.severity === 'error'),
  )
}
