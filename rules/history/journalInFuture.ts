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
      description: "A migration's timestamp is in the future",
      why: `Once a database has run it, the migrator treats its \`when\` as the newest and skips every migration generated before that time, while reporting success (see journal-order). Future timestamps are written by hand, by scripts and agents that count up in round numbers, and by machines with a wrong clock.`,
      instead: `Before it is deployed: set \`when\` in meta/_journal.json to the present time (\`Date.now()\`), later than the entry before it. Once it is deployed it must stay, and every migration until then needs an even later \`when\`; journal-order reports them one by one.`,
      category: 'integrity',
    },
    messages: {
      ahead: {
        message:
          'The timestamp of {{migration}} is in the future ({{time}}): databases that have run it will silently skip every migration generated before then.',
        help: 'Before it is deployed, set its "when" to the current time in milliseconds, later than the entry before it.',
      },
    },
  },
  check(history, report) {
    const { after, now, isNew, project } = history
    if (project.migrator === 'by-name') return
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
