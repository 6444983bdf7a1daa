import type { Change } from '../../src/catalog/change.ts'
import { missingBreakpointOnMysql } from './mysql/missingBreakpoint.ts'
import { defineRule } from '../../src/lint/rule.ts'

export const missingBreakpoint = defineRule({
  name: 'missing-breakpoint',
  meta: {
    dialects: ['mysql', 'sqlite'],
    type: 'problem',
    severity: 'error',
    docs: {
      description: 'There are two statements between breakpoints, and the driver takes one',
      why: `Drizzle's migrator sends the text between two \`--> statement-breakpoint\` comments as one statement. better-sqlite3 refuses more than one. libSQL, node:sqlite and sql.js run the first and silently skip the others, and the migration is recorded as applied: the database never gets them. Only D1 runs them all.`,
      instead: `Put \`--> statement-breakpoint\` between them.`,
      category: 'cannot-run',
      examples: {
        bad: [
          {
            name: 'two statements in one chunk',
            dialect: 'sqlite',
            schema: '',
            sql: 'CREATE TABLE `users` (`id` integer PRIMARY KEY);\nCREATE TABLE `notes` (`id` integer PRIMARY KEY);',
          },
        ],
        good: [
          {
            name: 'with a breakpoint',
            dialect: 'sqlite',
            schema: '',
            sql: 'CREATE TABLE `users` (`id` integer PRIMARY KEY);--> statement-breakpoint\nCREATE TABLE `notes` (`id` integer PRIMARY KEY);',
          },
        ],
      },
    },
    wording: { mysql: missingBreakpointOnMysql },
    messages: {
      refused: {
        message:
          'This is the second statement since the last breakpoint, and better-sqlite3 refuses more than one.',
        help: 'Put --> statement-breakpoint before it.',
      },
      leftOut: {
        message:
          'This is the second statement since the last breakpoint: most SQLite drivers run the first alone and record the migration as applied.',
        help: 'Put --> statement-breakpoint before it.',
      },
    },
  },
  create(context) {
    const { session } = context.deployment
    let chunk: Change['origin']['chunk'] | null = null
    let told = false
    return {
      Statement({ changes: [change] }) {
        if (change === undefined || takesMany(session.driver)) return
        const { origin } = change
        const isNext = chunk !== origin.chunk
        chunk = origin.chunk
        if (isNext) told = false
        if (isNext || told) return
        told = true
        context.report({
          on: change,
          messageId: session.driver === 'better-sqlite3' ? 'refused' : 'leftOut',
          object: origin.migration,
        })
      },
    }
  },
})

/** D1 runs all statements it is sent at once. */
function takesMany(driver: string | null | undefined): boolean {
  return driver === 'd1' || driver === 'd1-http'
}
