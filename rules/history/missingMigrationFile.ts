import { defineHistoryRule } from '../../src/check/history/history.ts'
import { entryPlace } from './places.ts'

export const missingMigrationFile = defineHistoryRule({
  name: 'missing-migration-file',
  meta: {
    type: 'problem',
    severity: 'error',
    docs: {
      description: 'The journal lists a migration whose SQL file is missing',
      why: `The migrator reads the SQL of every journal entry before it runs the first one, including those deployed long ago: with one file missing, every deployment stops with "No file …sql found". Usually the file was not added to the commit, or a merge took the journal from one side and the files from the other.

Apps without a file system (expo, op-sqlite, durable-sqlite) import their migrations from migrations.js, which drizzle-kit writes beside the journal: what that file does not import is missing, too.

1.0's migrator runs the folders that contain a migration.sql: one with only a snapshot is silently skipped, and the next \`generate\` treats its changes as already applied.`,
      instead: `Add the file to the commit, or restore it from git. If you meant to remove the migration and no database has run it, remove its journal entry and snapshot too.`,
      category: 'cannot-run',
    },
    messages: {
      missing: {
        message:
          '{{sql}} is missing, but the journal lists {{migration}}: every deployment stops with "No file found".',
        help: 'Add the file to the commit or restore it from git. If no database has run it, you can remove its entry and snapshot instead.',
      },
      unbundled: {
        message:
          '{{bundle}} does not import {{sql}}, and the migrator of this driver sees nothing else: {{effect}}.',
        help: '{{way}}',
      },
      snapshotOnly: {
        message:
          '{{migration}} has a snapshot but no migration.sql: it never runs, and the next drizzle-kit generate treats its changes as already applied.',
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
    const { bundle } = history
    for (const migration of bundle?.without ?? []) {
      const { file, stage } = bundle!
      if (!isNew(migration) && !(history.isChanged(file) && history.isTouched(file))) continue
      const isJournal = after.layout === 'journal'
      const isNamed = isJournal && history.isTouched(after.journal ?? '')
      report({
        ...(isNamed
          ? entryPlace(history, migration, 'tag')
          : { migration: migration.name, file: migration.file, range: null }),
        messageId: 'unbundled',
        object: null,
        data: {
          bundle: file,
          sql: migration.file,
          effect: isJournal
            ? 'the app stops with "Missing migration"'
            : 'it never runs, and nothing says so',
          way:
            stage === null
              ? `Import it there; drizzle-kit generate writes the whole file again with the next migration.`
              : `Run: ${stage}`,
        },
      })
    }
  },
})
