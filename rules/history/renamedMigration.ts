import { defineHistoryRule } from '../../src/check/history/history.ts'
import { entryPlace, sqlPlace } from './places.ts'

export const renamedMigration = defineHistoryRule({
  name: 'renamed-migration',
  meta: {
    type: 'problem',
    severity: 'error',
    docs: {
      description: 'A deployed migration was renamed',
      why: `1.0's migrator knows migrations by their folder name: under another name it runs a second time and usually fails ("relation already exists"), which stops everything after it. 0.x knows them by the time in the journal: with a later time it runs a second time as well; with the same time nothing happens to the database, but branches that still have the old name conflict, and its number no longer matches its snapshot.`,
      instead: `Restore its old name. If two branches took the same number, renumber the one that is not deployed: delete it and generate it again.`,
      category: 'integrity',
    },
    messages: {
      runsAgain: {
        message:
          '{{old}} is deployed. Under the name {{migration}}, production runs it a second time.',
        help: 'Restore its old name{{time}}.',
      },
      sameTime: {
        severity: 'warn',
        message:
          '{{old}} is deployed and is now called {{migration}}; databases identify it by its time and do not notice, but other branches and its snapshot still use the old name.',
        help: 'Restore its old name; renumber the migration that is not deployed instead.',
      },
    },
  },
  check(history, report) {
    const { changed, deployed, after: folder } = history
    const newest = Math.max(0, ...(deployed?.migrations.map(({ when }) => when ?? 0) ?? []))
    for (const { before, after, kind } of changed) {
      if (kind !== 'renamed' || after === null) continue
      const isKnownByName = folder.layout === 'folders' || history.project.migrator === 'by-name'
      const runsAgain = isKnownByName || (after.when ?? 0) > newest
      const place = history.isTouched(after.file)
        ? sqlPlace(history, after)
        : entryPlace(history, after)
      report({
        ...place,
        messageId: runsAgain ? 'runsAgain' : 'sameTime',
        object: null,
        data: {
          old: before.name,
          time: before.when === null ? '' : ` and its old time (${before.when})`,
        },
      })
    }
  },
})
