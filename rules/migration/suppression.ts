import { defineRule } from '../../src/lint/rule.ts'

export const suppression = defineRule({
  name: 'suppression',
  meta: {
    dialects: 'all',
    type: 'suggestion',
    severity: 'error',
    docs: {
      description: 'A suppression comment is wrong, or silences nothing',
      why: `A suppression without a reason tells the next reader nothing, one with a misspelt rule silences nothing, and one that is no longer needed hides the next real finding.`,
      instead: `\`-- migration-lint-disable-next-statement <rule>[, <rule>] -- <reason>\` on a line of its own above the statement. \`migration-lint rules\` lists the names.`,
      category: 'convention',
      examples: {
        bad: [
          {
            name: 'no reason given',
            schema: `CREATE TABLE users (id int PRIMARY KEY, bio text);`,
            sql: `-- migration-lint-disable-next-statement drop-column
ALTER TABLE "users" DROP COLUMN "bio";`,
          },
          {
            name: 'nothing to silence',
            schema: `CREATE TABLE users (id int PRIMARY KEY);`,
            sql: `-- migration-lint-disable-next-statement drop-column -- unused since v42
ALTER TABLE "users" ADD COLUMN "bio" text;`,
          },
        ],
        good: [
          {
            name: 'with a reason',
            schema: `CREATE TABLE users (id int PRIMARY KEY, bio text);`,
            sql: `-- migration-lint-disable-next-statement drop-column -- unused since v42
ALTER TABLE "users" DROP COLUMN "bio";`,
          },
        ],
      },
    },
    messages: {
      noRule: {
        message: 'This suppression names no rule.',
        help: 'Name the rule and the reason: migration-lint-disable-next-statement drop-column -- unused since v42',
      },
      noReason: {
        message: 'This suppression gives no reason, so it silences nothing.',
        help: 'Add the reason after two dashes: … -- unused since v42',
      },
      unknownRule: {
        message: 'There is no rule "{{rule}}", so this suppression silences nothing.',
        help: '`migration-lint rules` lists the names.',
      },
      unused: {
        message:
          'This suppression silences nothing: {{rule}} has nothing to say about the next statement.',
        help: 'Remove it.',
        severity: 'warn',
      },
    },
  },
  // The runner reports them: it knows what every directive silenced (src/lint/directiveFindings.ts).
  create: () => ({}),
})
