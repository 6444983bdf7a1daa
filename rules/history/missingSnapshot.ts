import { type HistoryMigration, defineHistoryRule } from '../../src/check/history/history.ts'
import { isRootId, namesOf, sqlPlace } from './places.ts'

export const missingSnapshot = defineHistoryRule({
  name: 'missing-snapshot',
  meta: {
    type: 'suggestion',
    severity: 'warn',
    docs: {
      description: 'A migration has no snapshot',
      why: `drizzle-kit does not look at the SQL or the database when it generates: it compares the schema with the last snapshot there is. If the newest migration has none, the next \`generate\` compares with an older state and writes that migration's changes a second time: "column already exists" in the next deployment, or a column that is dropped and created again.

Migrations written by hand into the folder have no snapshot. Those that only write rows, or create functions, triggers or extensions, leave the schema as it is and are not reported.`,
      instead: `Create hand-written migrations with \`drizzle-kit generate --custom\`: it copies the last snapshot. If the SQL changes tables, change the schema too and let \`drizzle-kit generate\` write the migration, then edit its SQL. Restore a lost snapshot from git.`,
      category: 'integrity',
    },
    messages: {
      repeats: {
        message:
          '{{names}} {{have}} no snapshot: the next drizzle-kit generate compares with an older state and writes their table changes again.',
        help: 'Create such migrations with drizzle-kit generate --custom, which writes the snapshot; restore a lost one from git.',
      },
      between: {
        message:
          '{{names}} {{have}} no snapshot: {{next}} was generated from an older state and may repeat their changes.',
        help: 'Check {{next}} for changes that are already there; restore a lost snapshot from git.',
      },
      lost: {
        message:
          'The snapshot of {{names}} is lost: {{next}} was generated from one that is not in the folder.',
        help: 'Restore it from git to complete the snapshot chain.',
      },
      none: {
        message:
          'No migration has a snapshot ({{names}}), so drizzle-kit generate would write the whole schema again.',
        help: 'If this project never uses drizzle-kit generate, turn this rule off. Otherwise run drizzle-kit generate --custom once, with the schema as deployed.',
      },
    },
  },
  check(history, report) {
    const { after, deployed, isNew, project } = history
    if (after.broken || project.prefix === 'none') return
    const hasAny = (migrations: readonly HistoryMigration[] | undefined): boolean =>
      migrations?.some(({ hasSnapshot }) => hasSnapshot) === true
    const isOurs = (migration: HistoryMigration): boolean => {
      const before = deployed?.migrations.find(({ name }) => name === migration.name)
      return isNew(migration) || before?.hasSnapshot === true
    }
    const ids = new Set([...history.snapshots.values()].map(({ id }) => id))
    const isLost = ({ snapshot }: HistoryMigration): boolean => {
      const parents = history.snapshots.get(snapshot)?.prevIds ?? []
      return history.isComplete && parents.some((id) => !ids.has(id) && !isRootId(id))
    }
    const handWritten = !hasAny(after.migrations)
    // A project that writes its migrations by hand has decided so.
    if (handWritten && deployed !== null && !hasAny(deployed.migrations)) return
    for (const { run, next } of runsWithout(after.migrations)) {
      const ours = run.filter(
        (migration) => isOurs(migration) && migration.hasSql && history.changesSchema(migration),
      )
      const last = ours.at(-1)
      // Where the deployed ones before it have none either, this deployment changes nothing.
      const wasOpen = next === null && ours.length < run.length
      if (!last || wasOpen) continue
      report({
        ...sqlPlace(history, last),
        messageId: handWritten
          ? 'none'
          : next === null
            ? 'repeats'
            : isLost(next)
              ? 'lost'
              : 'between',
        object: null,
        data: {
          names: namesOf(ours),
          have: ours.length === 1 ? 'has' : 'have',
          next: next?.name ?? '',
        },
      })
    }
  },
})

/** Stretches of migrations without a snapshot, and the first after each that has one. */
function runsWithout(migrations: readonly HistoryMigration[]): readonly {
  readonly run: readonly HistoryMigration[]
  readonly next: HistoryMigration | null
}[] {
  const runs: {
    readonly run: readonly HistoryMigration[]
    readonly next: HistoryMigration | null
  }[] = []
  let run: HistoryMigration[] = []
  for (const migration of migrations) {
    if (!migration.hasSnapshot) {
      run.push(migration)
      continue
    }
    runs.push({ run, next: migration })
    run = []
  }
  return [...runs, { run, next: null }]
}
