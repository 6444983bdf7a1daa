import { defineHistoryRule } from '../../src/check/history/history.ts'
import { entryPlace, timeOf } from './places.ts'

export const editedMigration = defineHistoryRule({
  name: 'edited-migration',
  meta: {
    type: 'problem',
    severity: 'error',
    docs: {
      description: 'A deployed migration was edited',
      why: `Databases that have run it do not run it again: drizzle-orm stores a hash of each file and never compares it. New databases get the new text, production keeps the old, and the difference stays hidden until a query or the next migration fails in only one of them.

"Deployed" is what the production branch has. A migration of your own branch may be regenerated as often as you like. Comments, statement breakpoints, line ends and layout do not count as a change.`,
      instead: `Restore the file (\`git checkout <base> -- <file>\`) and make the change in a new migration. If the old text no longer runs on new databases, keep the edit, bring production to the same state with a new migration, and acknowledge the finding in the configuration with the reason.`,
      category: 'integrity',
    },
    messages: {
      edited: {
        message:
          '{{migration}} is deployed, and databases that have run it will not run it again: this change reaches new databases only.',
        help: 'Restore it and make the change in a new migration.',
      },
      restamped: {
        message:
          '{{migration}} is deployed with the time {{was}}. With the time {{time}}, production runs it a second time.',
        help: 'Set "when" back to {{before}}.',
      },
    },
  },
  check(history, report) {
    const { changed, deployed } = history
    const whens = deployed?.migrations.map(({ when }) => when ?? 0) ?? []
    for (const { before, after, kind, range } of changed) {
      if (after === null) continue
      const about = { migration: after.name, object: null }
      if (kind === 'edited') report({ ...about, messageId: 'edited', file: after.file, range })
      if (history.project.migrator === 'by-name') continue
      if (kind !== 'restamped' || before.when === null || after.when === null) continue
      const newest = Math.max(...whens)
      const earlier = Math.max(0, ...whens.slice(0, before.position))
      // An entry that was out of order was most likely skipped: then this is the repair.
      if (after.when <= newest || before.when <= earlier) continue
      report({
        ...about,
        ...entryPlace(history, after, 'when'),
        messageId: 'restamped',
        data: { was: timeOf(before.when), time: timeOf(after.when), before: before.when },
      })
    }
  },
})
