import { tableLabel } from '../../src/schema/model.ts'
import { onTables } from '../../src/eslint/schemaFile/visit.ts'
import type { SchemaRule } from '../../src/lint/schemaRule.ts'
import { ruleUrl } from '../../src/report/ruleUrl.ts'

export const rowSecurityWithoutPolicy: SchemaRule = {
  meta: {
    type: 'suggestion',
    docs: {
      description: 'disallow row level security without a policy',
      url: ruleUrl('row-security-without-policy'),
      recommended: 'strict',
      why: `Row level security without a policy denies everything: every role but the table's owner and those with BYPASSRLS sees no rows and can write none, without an error on reading. That can be meant (a table only the server may touch), which is why this rule is in \`strict\` only.`,
      instead: `Declare what is allowed with \`pgPolicy\` in the table's extra configuration, or with \`pgPolicy(…).link(table)\`. Where nothing is to be allowed, say so in a disable comment.`,
      examples: {
        bad: [
          {
            name: 'no policy',
            code: `import { integer, pgTable } from 'drizzle-orm/pg-core'

export const notes = pgTable('notes', { id: integer().primaryKey() }).enableRLS()`,
          },
        ],
        good: [
          {
            name: 'a policy',
            code: `import { sql } from 'drizzle-orm'
import { integer, pgPolicy, pgTable } from 'drizzle-orm/pg-core'

export const notes = pgTable('notes', { id: integer().primaryKey() }, () => [
  pgPolicy('notes_read', { for: 'select', using: sql\`true\` }),
]).enableRLS()`,
          },
        ],
      },
    },
    schema: [],
    messages: {
      noPolicy:
        '{{table}} has row level security but no policy, so only its owner sees or writes rows. Add a pgPolicy.',
    },
    languages: ['js/js'],
  },
  create: (context) =>
    onTables(context, (table, { linkedPolicies }) => {
      if (!table.rowSecurity || !table.extrasKnown || table.policies.length > 0) return
      if (linkedPolicies.has(table.call) || linkedPolicies.has('some')) return
      context.report({
        node: table.node,
        messageId: 'noPolicy',
        data: { table: tableLabel(table) },
      })
    }),
}
