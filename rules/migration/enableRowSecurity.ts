import { findTable } from '../../src/catalog/catalog.ts'
import { isNewTable } from '../../src/catalog/newness.ts'
import { displayName, nameKey } from '../../src/catalog/names.ts'
import type { ChangeOf } from '../../src/catalog/change.ts'
import { defineRule } from '../../src/lint/rule.ts'

export const enableRowSecurity = defineRule({
  name: 'enable-row-security',
  meta: {
    dialects: ['postgresql'],
    type: 'problem',
    severity: 'warn',
    strict: { ownerOnly: true },
    options: {
      ownerOnly: {
        type: 'boolean',
        description:
          'report it also where nothing shows that another role than the owner uses the database (default false; true in the preset strict)',
      },
    },
    docs: {
      description: 'Row level security is switched on, and no policy lets anybody through',
      why: `From then on every role but the table's owner and those with BYPASSRLS sees no rows and can write none: queries come back empty, without an error. The owner bypasses it, unless it is forced. It is reported where the migrations show that other roles use the database (GRANT, a policy TO a role, FORCE ROW LEVEL SECURITY), and with the preset \`strict\` everywhere.`,
      instead: `Create the policies in the same deployment (\`pgPolicy\` in the schema), with the roles that the application connects as. Where nobody but the owner is to get through, say so in a suppression.`,
      category: 'breaks-running-code',
      examples: {
        bad: [
          {
            name: 'another role reads the table',
            schema: `CREATE TABLE notes (id int PRIMARY KEY, owner_id int);
GRANT SELECT ON notes TO pg_monitor;`,
            sql: `ALTER TABLE "notes" ENABLE ROW LEVEL SECURITY;`,
          },
          {
            name: 'the owner, too',
            schema: `CREATE TABLE notes (id int PRIMARY KEY, owner_id int);`,
            sql: `ALTER TABLE "notes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "notes" FORCE ROW LEVEL SECURITY;`,
          },
        ],
        good: [
          {
            name: 'with a policy',
            schema: `CREATE TABLE notes (id int PRIMARY KEY, owner_id int);
GRANT SELECT ON notes TO pg_monitor;`,
            sql: `ALTER TABLE "notes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "notes_read" ON "notes" FOR SELECT TO pg_monitor USING (true);`,
          },
          {
            name: 'only the owner uses it',
            schema: `CREATE TABLE notes (id int PRIMARY KEY, owner_id int);`,
            sql: `ALTER TABLE "notes" ENABLE ROW LEVEL SECURITY;`,
          },
        ],
      },
    },
    messages: {
      locksOut: {
        message:
          'Row level security of {{object}} is switched on without a policy: {{who}} sees no row any more.',
        help: 'Create its policies in the same deployment (pgPolicy in the schema), or say in a suppression that nobody else is to get through.',
      },
      ownerOnly: {
        message:
          'Row level security of {{object}} is switched on without a policy: every role but its owner sees no row any more.',
        help: 'Create its policies in the same deployment (pgPolicy in the schema), or say in a suppression that nobody else is to get through.',
      },
    },
  },
  create(context) {
    const switched = new Map<string, ChangeOf<'SetRowSecurity'>>()
    const { deployment, options } = context
    return {
      SetRowSecurity(change) {
        if (change.enabled && !isNewTable(change.before, change.table)) {
          switched.set(nameKey(change.table), change)
        } else switched.delete(nameKey(change.table))
      },
      'Deployment:exit'() {
        const roles = [...(deployment.after.roles ?? [])]
        for (const change of switched.values()) {
          const table = findTable(deployment.after, change.table)
          const wasOn = findTable(deployment.before, change.table)?.rowSecurity === true
          if (!table?.rowSecurity || table.policies.length > 0 || wasOn) continue
          const forced = table.rowSecurityForced === true
          if (!forced && roles.length === 0 && options.ownerOnly !== true) continue
          context.report({
            on: change,
            part: 'table',
            messageId: forced || roles.length > 0 ? 'locksOut' : 'ownerOnly',
            object: displayName(change.table),
            data: { who: forced ? 'everybody, its owner too,' : `the role ${roles[0]}` },
          })
        }
      },
    }
  },
})
