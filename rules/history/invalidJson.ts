import { defineHistoryRule } from '../../src/check/history/history.ts'

export const invalidJson = defineHistoryRule({
  name: 'invalid-json',
  meta: {
    type: 'problem',
    severity: 'error',
    docs: {
      description: 'drizzle-kit cannot read the journal or a snapshot',
      why: `The migrator parses meta/_journal.json before it looks at anything else: if that fails, every deployment fails. An entry without \`when\` is worse: a comparison with a missing time is never true, so that migration is silently skipped. drizzle-kit reads every snapshot in meta/ each time it generates, not only the last one.`,
      instead: `Restore the file from the last good commit (\`git checkout <commit> -- <file>\`) and generate your own change again. Hand-written entries need \`idx\`, \`version\`, \`when\` (milliseconds), \`tag\` and \`breakpoints\`; \`drizzle-kit generate --custom\` writes them.`,
      category: 'cannot-run',
    },
    messages: {
      journal: {
        message: '{{file}} {{reason}}. The migrator and drizzle-kit depend on this file.',
        help: 'Restore it from the last good commit, then run drizzle-kit generate again for your change.',
      },
      snapshot: {
        message:
          '{{file}} {{reason}}, so every drizzle-kit generate fails: it reads all snapshots.',
        help: 'Restore it from the last good commit, or delete the migration and generate it again.',
      },
    },
  },
  check({ broken, after }, report) {
    for (const { kind, path, migration, range, reason } of broken) {
      if (kind !== 'invalid-json') continue
      const messageId = path === after.journal ? 'journal' : 'snapshot'
      report({ messageId, migration, object: null, file: path, range, data: { reason } })
    }
  },
})
