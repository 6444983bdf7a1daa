import type { PlacedRule } from '../../src/lint/placedRule.ts'
import type { Sync } from '../../src/check/sync/difference.ts'

export const ambiguousRename: PlacedRule<Sync> = {
  name: 'ambiguous-rename',
  meta: {
    type: 'problem',
    severity: 'error',
    docs: {
      description:
        'Something was removed from the schema and something was added: only the author knows whether it was renamed',
      why: `drizzle-kit asks at a terminal whether a column (a table, an enum …) that is gone was renamed
to one that is new, or dropped. Where there is no terminal it writes no migration and exits with 0, so
a check that runs \`drizzle-kit generate\` in CI passes. Answered wrongly, the data of the old column is
dropped.`,
      instead: `Run the generate command in a terminal and answer the question, then stage the migration
with the schema. A renamed column also breaks the code that still runs: see rename-column.`,
      category: 'data-loss',
    },
    messages: {
      ambiguous: {
        message: '{{changes}}: was something renamed? No migration says, and drizzle-kit will ask.',
        help: 'In a terminal, run: {{generate}} (it asks about each), then: {{add}}',
      },
    },
  },
  check(sync, report) {
    // A migration that answers the question is there, but not staged: that is all to say.
    if (sync.unstaged.length > 0 || sync.incomplete.length > 0) return
    for (const { kind, gone, appeared, subject } of sync.ambiguous) {
      const changes = [
        ...(gone.length > 0 ? [`${kind} ${gone.join(', ')} is gone`] : []),
        `${kind} ${appeared.join(', ')} is new`,
      ].join(' and ')
      report({
        messageId: 'ambiguous',
        migration: null,
        object: appeared[0]!,
        data: { generate: sync.commands.generate, add: sync.commands.add, changes },
        ...sync.placeOf(subject),
      })
    }
  },
}
