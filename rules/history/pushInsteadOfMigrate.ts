import { defineHistoryRule } from '../../src/check/history/history.ts'

export const pushInsteadOfMigrate = defineHistoryRule({
  name: 'push-instead-of-migrate',
  meta: {
    type: 'suggestion',
    severity: 'warn',
    docs: {
      description: 'A deployment runs drizzle-kit push although there are migrations',
      why: `\`drizzle-kit push\` compares the schema with the database and applies the difference: what it will do depends on what it finds there, nobody has reviewed it, and a column that looks renamed is dropped or asked about, which hangs or fails in CI; \`--force\` answers "drop it". It does not record anything either: after a push the next \`migrate\` fails with "already exists", because the migrations still count as pending.

Reported for package scripts and for GitHub and GitLab jobs that name production or deploy, and for jobs on the default branch that use a secret. Pushing to your own database (a dev script, a service container in a test job) is what push is for.`,
      instead: `Run \`drizzle-kit migrate\` (or drizzle-orm's \`migrate()\`) in the deployment. A database that was pushed to until now needs its migrations marked as run once: insert the last one's \`hash\` and \`created_at\` into \`drizzle.__drizzle_migrations\`.`,
      category: 'data-loss',
    },
    messages: {
      push: {
        message:
          '{{where}} runs "{{command}}": it changes the database without a migration, depending on what it finds there, and the next migrate fails on what already exists.',
        help: 'Run drizzle-kit migrate there; keep push for development databases.',
      },
    },
  },
  check({ pushes }, report) {
    for (const { file, range, command, where } of pushes) {
      const subject = where.charAt(0).toUpperCase() + where.slice(1)
      report({
        messageId: 'push',
        migration: null,
        object: null,
        file,
        range,
        data: { command, where: subject },
      })
    }
  },
})
