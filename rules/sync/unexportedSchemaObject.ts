import type { PlacedRule } from '../../src/lint/placedRule.ts'
import type { Sync } from '../../src/check/sync/difference.ts'

export const unexportedSchemaObject: PlacedRule<Sync> = {
  name: 'unexported-schema-object',
  meta: {
    type: 'problem',
    severity: 'error',
    docs: {
      description: 'A table, enum, sequence or schema is declared but no longer exported',
      why: `drizzle-kit sees only what the schema's files export. It treats whatever it knew and no longer sees
as deleted: the next migration drops the table with its data (or the type of columns that still use
it, which fails). Tools that remove unused exports do this in passing, and nothing fails until then.`,
      instead: `Export it again from a file that the drizzle config's schema names. To drop it,
delete the declaration, and read what drop-table says about the order of deployments.`,
      category: 'data-loss',
    },
    messages: {
      unexported: {
        message:
          '{{kind}} {{object}} is declared but not exported: the next migration will drop it.',
        help: 'Export it, or delete the declaration if you want it dropped.',
      },
    },
  },
  check({ unexported }, report) {
    for (const { subject, object, at } of unexported) {
      const kind = subject?.kind ?? ''
      report({ messageId: 'unexported', migration: null, object, data: { kind }, ...at })
    }
  },
}
