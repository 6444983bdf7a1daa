import { defineHistoryRule } from '../../src/check/history/history.ts'

export const conflictMarkers = defineHistoryRule({
  name: 'conflict-markers',
  meta: {
    type: 'problem',
    severity: 'error',
    docs: {
      description: 'A journal, snapshot or migration still contains merge conflict markers',
      why: `Two branches that both generate a migration always conflict in meta/_journal.json, because both append to it. With the markers in it neither the migrator nor drizzle-kit can read the folder: every deployment stops before its first migration, and \`drizzle-kit generate\` exits with an error.`,
      instead: `Keep the other branch's side everywhere in the folder: its journal entries, its SQL, its snapshots. Delete your own migration (SQL, snapshot, journal entry), then run \`drizzle-kit generate\` again: it gets the next number, a later time, and a snapshot based on theirs. Keeping both sides by hand leaves two snapshots with one parent (snapshot-fork) and often entries out of order (journal-order).`,
      category: 'cannot-run',
    },
    messages: {
      journal: {
        message:
          '{{file}} contains merge conflict markers, so no migration can run and drizzle-kit cannot generate.',
        help: "Keep the other branch's entries, delete your own migration with its SQL and snapshot, and run drizzle-kit generate again for your change.",
      },
      snapshot: {
        message:
          '{{file}} contains merge conflict markers, so drizzle-kit generate cannot read it.',
        help: "Keep the other branch's snapshot, delete your own migration with its SQL and journal entry, and run drizzle-kit generate again for your change.",
      },
      sql: {
        message: '{{file}} contains merge conflict markers, so it fails when it runs.',
        help: 'Keep one of the two sides, or generate the migration again.',
      },
    },
  },
  check({ broken, after }, report) {
    for (const { kind, path, migration, range } of broken) {
      if (kind !== 'conflict-markers') continue
      const messageId =
        path === after.journal ? 'journal' : path.endsWith('.sql') ? 'sql' : 'snapshot'
      report({ messageId, migration, object: null, file: path, range })
    }
  },
})
