import {
  type History,
  type HistoryMigration,
  defineHistoryRule,
} from '../../src/check/history/history.ts'
import { namesOf } from './places.ts'

export const deletedMigration = defineHistoryRule({
  name: 'deleted-migration',
  meta: {
    type: 'problem',
    severity: 'error',
    docs: {
      description: 'A deployed migration was deleted from the history',
      why: `Databases that have run it keep its changes; new ones never get them. The migrator does not notice: it compares times, not names. The next deployment works, but a fresh database no longer matches production, and neither the snapshots nor the journal can tell which is right.

Squashing a history into one new first migration is the same on a larger scale: it is newer than everything production has run, so production runs it and fails with "already exists".`,
      instead: `Restore the files and the journal entry, and undo what the migration did with a new migration. To squash, keep the old history deployed until every database has it, then replace it in one step and mark the new first migration as run in each of them (insert its \`hash\` and \`created_at\` into \`drizzle.__drizzle_migrations\`) before the next deployment.`,
      category: 'integrity',
    },
    messages: {
      gone: {
        message:
          '{{names}} is deployed but no longer in the history: databases that have run it keep its changes, new ones never get them.',
        help: 'Restore it with its snapshot and journal entry, and undo its changes in a new migration.',
      },
      squashed: {
        message:
          'The whole deployed history ({{names}}) was replaced: production will run the new first migration on top of what it already has.',
        help: 'Restore the history; or mark the new first migration as run in every database before you deploy this.',
      },
    },
  },
  check(history, report) {
    const gone = history.changed
      .filter(({ kind }) => kind === 'deleted')
      .map(({ before }) => before)
    const last = gone.at(-1)
    if (!last) return
    const isAll = gone.length > 1 && gone.length === history.deployed?.migrations.length
    const groups = isAll ? [gone] : consecutive(gone)
    for (const group of groups) {
      const about = group.at(-1) ?? last
      report({
        messageId: isAll && history.after.migrations.length > 0 ? 'squashed' : 'gone',
        migration: about.name,
        object: null,
        file: fileOf(history, group),
        data: { names: namesOf(group) },
      })
    }
  },
})

/** A file that says so: the SQL where that went too, else the journal. */
function fileOf({ after, isTouched }: History, group: readonly HistoryMigration[]): string {
  const files = group.flatMap(({ file, snapshot }) => [file, snapshot])
  const touched = files.find((file) => isTouched(file) && !after.orphans.includes(file))
  return touched ?? after.journal ?? group[0]?.file ?? after.path
}

function consecutive(
  migrations: readonly HistoryMigration[],
): readonly (readonly HistoryMigration[])[] {
  const groups: HistoryMigration[][] = []
  for (const migration of migrations) {
    const group = groups.at(-1)
    if (group?.at(-1)?.position === migration.position - 1) group.push(migration)
    else groups.push([migration])
  }
  return groups
}
