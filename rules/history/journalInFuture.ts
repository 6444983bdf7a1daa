import { defineHistoryRule } from '../../src/check/history/history.ts'
import { entryPlace, timeOf } from './places.ts'

/** Clocks of two machines differ by this much without anybody minding. */
const TOLERANCE = 10 * 60_000

export const journalInFuture = defineHistoryRule({
  name: 'journal-in-future',
  meta: {
    type: 'problem',
    severity: 'error',
    docs: {
      description: 'A migration is stamped with a time that lies ahead',
      why: `Once a database has run it, the migrator takes its \`when\` for the newest and skips every migration that is generated until that time has come, while it reports success (see journal-order). Stamps from the future are written by hand, by scripts and agents that count up round numbers, and by machines whose clock is wrong.`,
      instead: `Before it is deployed: set \`when\` in meta/_journal.json to the present time (\`Date.now()\`), later than the entry before it. Once it is deployed it must stay; every migration until then needs a \`when\` that is later still, which journal-order reports one by one.`,
      category: 'integrity',
    },
    messages: {
      ahead: {
        message:
          '{{migration}} is stamped {{time}}, which lies ahead: every migration generated until then will be skipped in silence by databases that have run this one.',
        help: 'Set its "when" to the present time in milliseconds, later than the entry before it, before anybody deploys it.',
      },
    },
  },
  check(history, report) {
    const { after, now, isNew } = history
    for (const migration of after.migrations) {
      const { when } = migration
      if (when === null || when <= now + TOLERANCE || !isNew(migration)) continue
      report({
        ...entryPlace(history, migration, 'when'),
        messageId: 'ahead',
        object: null,
        data: { time: timeOf(when) },
      })
    }
  },
})
