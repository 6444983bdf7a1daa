import { defineHistoryRule } from '../../src/check/history/history.ts'

export const orphanMigrationFile = defineHistoryRule({
  name: 'orphan-migration-file',
  meta: {
    type: 'problem',
    severity: 'error',
    docs: {
      description: 'A migration file is in the folder, but no migrator will ever run it',
      why: `drizzle-orm 0.x runs what meta/_journal.json lists and nothing else; a file that is not listed is silently skipped on every database. It looks deployed in the pull request and is not. Usually a merge kept one side's journal, or the file was written by hand. Files without a leading number, and ones that undo (down, rollback), are not meant to run and are not reported, nor is anything in a folder of which wrangler (\`migrations_dir\`) or Alchemy (\`migrationsDir\`) runs every file.`,
      instead: `\`drizzle-kit generate --custom --name <name>\` creates a file that the journal lists; move the SQL there. Scripts that are run by hand belong in another folder.`,
      category: 'integrity',
    },
    messages: {
      orphan: {
        message: '{{sql}} is not in the journal, so no migrator will ever run it.',
        help: 'Move its SQL into a migration created with drizzle-kit generate --custom, or move the file out of the migrations folder.',
      },
      sameNumber: {
        message:
          '{{sql}} is not in the journal, so no migrator will ever run it; its number belongs to {{other}}.',
        help: 'If you still want its changes, move its SQL into a migration created with drizzle-kit generate --custom; otherwise delete it.',
      },
    },
  },
  check({ after, deployed, isChanged, fileRunner }, report) {
    let runsEvery: boolean | undefined
    for (const file of after.orphans) {
      const name = file.slice(file.lastIndexOf('/') + 1, -'.sql'.length)
      const number = /^\d{4,}(?=_)/.exec(name)?.[0]
      if (number === undefined || /(?:^|[._-])(?:down|rollback|undo|revert)(?:$|[._-])/i.test(name))
        continue
      const wasDeployed = deployed?.migrations.some((migration) => migration.name === name) === true
      if (wasDeployed || !isChanged(file)) continue
      runsEvery ??= fileRunner() !== null
      if (runsEvery) return
      const other = after.migrations.find((migration) => migration.name.startsWith(`${number}_`))
      report({
        messageId: other ? 'sameNumber' : 'orphan',
        migration: name,
        object: null,
        file,
        data: { sql: file, other: other?.name ?? '' },
      })
    }
  },
})
