import { defineHistoryRule } from '../../src/check/history/history.ts'
import { entryPlace } from './places.ts'

export const missingMigrationFile = defineHistoryRule({
  name: 'missing-migration-file',
  meta: {
    type: 'problem',
    severity: 'error',
    docs: {
      description: 'A migration is listed, but its SQL is not there',
      why: `The migrator reads the SQL of every journal entry before it runs the first one, also of those that are long deployed: one missing file and every deployment stops with "No file …sql found". Mostly the file was not added to the commit, or a merge took the journal from one side and the files from the other.

1.0's migrator goes by the folders that hold a migration.sql: one that only has its snapshot is passed over without a word, and the next \`generate\` takes its changes for done.`,
      instead: `Add the file to the commit, or restore it from git. If the migration is to go and no database has run it, remove its journal entry and its snapshot too.`,
      category: 'cannot-run',
    },
    messages: {
      missing: {
        message:
          '{{sql}} is missing, but the journal names {{migration}}: every deployment stops with "No file found".',
        help: 'Add the file to the commit or restore it from git; or take the entry and its snapshot out, if no database has run it.',
      },
      snapshotOnly: {
        message:
          '{{migration}} has a snapshot but no migration.sql: it never runs, and the next drizzle-kit generate takes its changes for done.',
        help: 'Add migration.sql to the commit or restore it from git; or delete the folder and generate again.',
      },
    },
  },
  check(history, report) {
    const { after, deployed, isNew } = history
    const isUsed = after.migrations.some(isNew)
    for (const migration of after.migrations) {
      const { name, file, hasSql, snapshot } = migration
      if (hasSql) continue
      const before = deployed?.migrations.find((one) => one.name === name)
      if (!isUsed && before?.hasSql !== true) continue
      if (after.layout === 'journal') {
        const place = history.isTouched(after.journal ?? '')
          ? entryPlace(history, migration, 'tag')
          : { migration: name, file, range: null }
        report({ ...place, messageId: 'missing', object: null, data: { sql: file } })
      } else if (isNew(migration) || before?.hasSql === true) {
        const place = history.isTouched(snapshot) ? snapshot : file
        report({ messageId: 'snapshotOnly', migration: name, object: null, file: place })
      }
    }
  },
})
