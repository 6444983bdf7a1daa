import { defineHistoryRule } from '../../src/check/history/history.ts'
import { sqlPlace } from './places.ts'

export const brokenFolderSetup = defineHistoryRule({
  name: 'broken-folder-setup',
  meta: {
    type: 'problem',
    severity: 'error',
    docs: {
      description: 'A setting of drizzle-kit, or an empty migration, that cannot work',
      why: `Four traps that drizzle-kit 0.x does not warn of:

- \`migrations.prefix: 'none'\`: the snapshot is called \`_snapshot.json\`, which drizzle-kit itself skips, so every \`generate\` writes the whole schema again.
- \`breakpoints: false\` with a driver that takes one statement at a time: PGlite and better-sqlite3 fail on a migration with two statements, libsql runs the first one and drops the rest without a word.
- \`out\` as an absolute path (\`path.join(__dirname, …)\`): the first \`generate\` works, every later one and \`check\` look for \`.//home/…\` and fail, \`generate\` with exit code 0.
- the file of \`drizzle-kit generate --custom\` as it was made: better-sqlite3 fails on it ("contains no statements"), libsql too; elsewhere it does nothing, and mostly somebody forgot to fill it in.`,
      instead: `Leave \`prefix\` at \`index\` or use \`timestamp\`; leave \`breakpoints\` on; give \`out\` relative to where drizzle-kit is run (\`./drizzle\`); fill in the custom migration or delete it with its snapshot and journal entry.`,
      category: 'cannot-run',
    },
    messages: {
      prefixNone: {
        message:
          "With migrations.prefix 'none' drizzle-kit does not find its own snapshot: every generate writes the whole schema again.",
        help: "Set prefix to 'index' or 'timestamp', and give the migrations that exist such names.",
      },
      breakpoints: {
        message:
          'With breakpoints: false a migration of two statements cannot run: {{driver}} takes one statement at a time.',
        help: 'Remove breakpoints: false, and put --> statement-breakpoint between the statements of the migrations that exist.',
      },
      breakpointsLibsql: {
        message:
          'With breakpoints: false only the first statement of each migration runs: libsql drops the rest without an error.',
        help: 'Remove breakpoints: false, and put --> statement-breakpoint between the statements of the migrations that exist.',
      },
      absoluteOut: {
        message:
          'out is an absolute path, which drizzle-kit looks for below the working directory: every generate after the first fails, with exit code 0.',
        help: "Give it relative to where drizzle-kit is run: out: './drizzle'.",
      },
      empty: {
        message: '{{migration}} holds no statement, and {{driver}} fails on an empty one.',
        help: 'Fill it in, or delete it with its snapshot and journal entry.',
      },
      template: {
        severity: 'warn',
        message: '{{migration}} is as drizzle-kit generate --custom made it: it does nothing.',
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
