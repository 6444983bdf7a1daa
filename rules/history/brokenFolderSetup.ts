import { defineHistoryRule } from '../../src/check/history/history.ts'
import { sqlPlace } from './places.ts'

export const brokenFolderSetup = defineHistoryRule({
  name: 'broken-folder-setup',
  meta: {
    type: 'problem',
    severity: 'error',
    docs: {
      description: 'A drizzle-kit setting, or an empty migration, that cannot work',
      why: `Four traps that drizzle-kit 0.x does not warn about:

- \`migrations.prefix: 'none'\`: the snapshot is called \`_snapshot.json\`, which drizzle-kit itself skips, so every \`generate\` writes the whole schema again.
- \`breakpoints: false\` with a driver that takes one statement at a time: PGlite and better-sqlite3 fail on a migration with two statements, libsql runs the first one and silently drops the rest.
- \`out\` as an absolute path (\`path.join(__dirname, …)\`): the first \`generate\` works, every later one and \`check\` look for \`.//home/…\` and fail, \`generate\` with exit code 0.
- a file from \`drizzle-kit generate --custom\` that was never filled in: better-sqlite3 fails on it ("contains no statements"), and so does libsql; elsewhere it does nothing.`,
      instead: `Leave \`prefix\` at \`index\` or use \`timestamp\`; leave \`breakpoints\` on; make \`out\` relative to the folder drizzle-kit runs in (\`./drizzle\`); fill in the custom migration or delete it with its snapshot and journal entry.`,
      category: 'cannot-run',
    },
    messages: {
      prefixNone: {
        message:
          "With migrations.prefix 'none' drizzle-kit does not find its own snapshot: every generate writes the whole schema again.",
        help: "Set prefix to 'index' or 'timestamp', and rename the existing migrations to match.",
      },
      breakpoints: {
        message:
          'With breakpoints: false a migration of two statements cannot run: {{driver}} takes one statement at a time.',
        help: 'Remove breakpoints: false, and put --> statement-breakpoint between the statements of existing migrations.',
      },
      breakpointsLibsql: {
        message:
          'With breakpoints: false only the first statement of each migration runs: libsql drops the rest without an error.',
        help: 'Remove breakpoints: false, and put --> statement-breakpoint between the statements of existing migrations.',
      },
      absoluteOut: {
        message:
          'out is an absolute path, which drizzle-kit looks for below the working directory: every generate after the first fails, with exit code 0.',
        help: "Make it relative to the folder drizzle-kit runs in: out: './drizzle'.",
      },
      empty: {
        message: '{{migration}} contains no statement, and {{driver}} fails on an empty migration.',
        help: 'Fill it in, or delete it with its snapshot and journal entry.',
      },
      template: {
        severity: 'warn',
        message:
          '{{migration}} is still the empty template of drizzle-kit generate --custom: it does nothing.',
        help: 'Fill it in, or delete it with its snapshot and journal entry.',
      },
    },
  },
  check(history, report) {
    const { setup, after, kit, empty } = history
    const { config, prefix, breakpoints, absoluteOut, singleStatementDriver: driver } = setup
    const isOld = after.layout === 'journal' && kit?.startsWith('1.') !== true
    const say = (messageId: string) => {
      if (config === null) return
      report({
        messageId,
        migration: null,
        object: null,
        file: config,
        data: { driver: driver ?? '' },
      })
    }
    if (prefix === 'none' && isOld) say('prefixNone')
    if (absoluteOut && isOld) say('absoluteOut')
    if (breakpoints === false && driver !== null) {
      say(driver === '@libsql/client' ? 'breakpointsLibsql' : 'breakpoints')
    }
    for (const { migration, template } of empty) {
      const fails = driver !== null && setup.failsOnEmpty
      if (!fails && !template) continue
      report({
        ...sqlPlace(history, migration),
        messageId: fails ? 'empty' : 'template',
        object: null,
        data: { driver: driver ?? '' },
      })
    }
  },
})
