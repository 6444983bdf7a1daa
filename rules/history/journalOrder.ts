import {
  type History,
  type HistoryMigration,
  defineHistoryRule,
} from '../../src/check/history/history.ts'
import { entryPlace, timeOf } from './places.ts'

export const journalOrder = defineHistoryRule({
  name: 'journal-order',
  meta: {
    type: 'problem',
    severity: 'error',
    docs: {
      description:
        'A migration is older than one that databases have already run, so it is silently skipped',
      why: `drizzle-orm's migrator (all of 0.x) reads the newest \`created_at\` it has recorded, once, and runs the journal entries whose \`when\` is later. An entry that is not later is never run on that database: not now, not ever. \`drizzle-kit migrate\` still prints "migrations applied successfully!" and exits 0. A new database runs everything, so CI and a colleague's fresh checkout are green while production lacks the column, until the first query that needs it.

It happens when branches are merged in a different order from the one their migrations were generated in, when \`when\` is written by hand, or after an entry with a future timestamp.`,
      instead: `Give the new entry a \`when\` in meta/_journal.json that is later than every other one (milliseconds, \`Date.now()\`). Deleting the new migration and generating it again on top of the merged branch has the same effect and keeps the snapshot chain intact. Never change the time of an entry that a database has run: it would run a second time.

If the skipped entry is already on the production branch, add a new migration with the same statements, written so that they can run twice (IF NOT EXISTS).

1.0's migrator applies by folder name and does not have this problem. Neither has a runner of your own that records names: say so with \`migrator: 'by-name'\` in the configuration.`,
      category: 'integrity',
    },
    messages: {
      skipped: {
        message:
          '{{migration}} will never run in production: its time ({{time}}) is not later than that of {{other}} ({{otherTime}}){{where}} although migrate reports success.',
        help: 'Set "when" of {{migration}} to something later, such as {{restamp}}, or delete it and generate it again. Never change the entry of {{other}}.{{runner}}',
      },
      outOfOrder: {
        message:
          '{{migration}} is skipped by every database that has run {{other}} before: its time ({{time}}) is not later ({{otherTime}}) although migrate reports success.',
        help: 'If {{migration}} is not deployed anywhere yet, set its "when" to something later than every entry before it, such as {{restamp}}. If it is, compare the database with the schema: what it does may be missing there.{{runner}}',
      },
    },
  },
  check(history, report) {
    const { after, deployed, target, isNew, project } = history
    if (after.layout !== 'journal' || project.migrator === 'by-name') return
    const there = new Map(
      [deployed, target]
        .flatMap((folder) => folder?.migrations ?? [])
        .map((one) => [one.name, one]),
    )
    const merged = new Set(target?.migrations.map(({ name }) => name))
    const production = newest([...there.values()])
    let before: HistoryMigration | null = null
    for (const migration of after.migrations) {
      const { when, name } = migration
      const earlier = before
      if (when === null) continue
      if (before === null || when > (before.when ?? 0)) before = migration
      if (!isNew(migration) || merged.has(name)) continue
      const isSkipped = production?.when != null && when <= production.when
      const other = isSkipped ? production : earlier
      if (other?.when == null || when > other.when) continue
      const isElsewhere = deployed?.migrations.some((one) => one.name === other.name) === false
      report({
        ...entryPlace(history, migration, 'when'),
        messageId: isSkipped ? 'skipped' : 'outOfOrder',
        object: null,
        data: {
          other: other.name,
          time: timeOf(when, other.when),
          otherTime: timeOf(other.when, when),
          where: isElsewhere ? ', merged in the meantime' : '',
          runner: ownRunnerHelp(history),
          restamp: Math.max(other.when, earlier?.when ?? 0) + 1,
        },
      })
    }
  },
})

function ownRunnerHelp({ ownRunner, project }: History): string {
  const file = ownRunner()
  if (file === null) return ''
  const entry = project.config === null ? `out: '${project.out}'` : `config: '${project.config}'`
  return ` ${file} seems to apply the migrations by itself; if it goes by their names, set projects: [{ ${entry}, migrator: 'by-name' }] in the configuration.`
}

function newest(migrations: readonly HistoryMigration[]): HistoryMigration | null {
  return migrations.reduce<HistoryMigration | null>(
    (best, one) => ((one.when ?? -1) > (best?.when ?? -1) ? one : best),
    null,
  )
}
