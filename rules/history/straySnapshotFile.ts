import { defineHistoryRule } from '../../src/check/history/history.ts'

export const straySnapshotFile = defineHistoryRule({
  name: 'stray-snapshot-file',
  meta: {
    type: 'problem',
    severity: 'error',
    docs: {
      description:
        'A file in meta/ belongs to no migration, but drizzle-kit reads it as a snapshot',
      why: `drizzle-kit 0.x does not use the journal to find the current state: it takes the last file in meta/ by name that does not start with \`_\`. A snapshot left behind by a deleted migration becomes what the schema is compared with: its changes count as applied, \`generate\` says "No schema changes", and they never reach a database. Any other file there (.DS_Store, notes) makes \`generate\` and \`check\` fail, because every one is parsed as a snapshot.`,
      instead: `Delete the file. When you delete a migration by hand, delete three things: its SQL, its snapshot in meta/, its entry in the journal. If the last snapshots were lost instead, restore them from git.`,
      category: 'integrity',
    },
    messages: {
      base: {
        message:
          '{{file}} belongs to no migration, but is last by name: drizzle-kit generate compares the schema with it and treats its changes as already applied.',
        help: 'Delete it; or, if its migration was lost, restore the SQL and the journal entry from git.',
      },
      leftover: {
        severity: 'warn',
        message:
          '{{file}} belongs to no migration in the journal, but drizzle-kit reads it with the others.',
        help: 'Delete it; or, if its migration was lost, restore the SQL and the journal entry from git.',
      },
      foreign: {
        message:
          '{{file}} is not a snapshot, but drizzle-kit reads every file in meta/ as one: generate and check fail.',
        help: 'Delete it, and add it to .gitignore if a program creates it.',
      },
    },
  },
  check({ after, deployed, isChanged, isNew }, report) {
    const before = new Set(deployed?.strays.map((file) => inMeta(file)))
    const isUsed = after.migrations.some(isNew)
    const names = [
      ...after.strays,
      ...after.migrations.filter((one) => one.hasSnapshot).map((one) => one.snapshot),
    ]
    const last = names.map(inMeta).sort().at(-1)
    for (const file of after.strays) {
      const name = inMeta(file)
      const isBase = name === last
      const breaksNewWork = isUsed && (isBase || !name.endsWith('.json'))
      if (before.has(name) && !isChanged(file) && !breaksNewWork) continue
      const messageId = !/_snapshot\.json$/.test(name) ? 'foreign' : isBase ? 'base' : 'leftover'
      report({ messageId, migration: null, object: null, file })
    }
  },
})

function inMeta(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1)
}
