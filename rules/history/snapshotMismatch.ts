import type { PlacedRule } from '../../src/lint/placedRule.ts'
import type { Mismatch, SnapshotComparison } from '../../src/check/snapshots/comparison.ts'
import { disparityOf } from '../../src/check/snapshots/disparity.ts'
import { contrast, objectKind, objectName } from '../../src/catalog/contrast.ts'
import { repairSql } from './repairSql.ts'

const REPAIR =
  'drizzle-kit generate compares the schema with this snapshot, so it will never repair this. {{how}} (in a new drizzle-kit generate --custom if this one is already deployed).'

export const snapshotMismatch: PlacedRule<SnapshotComparison> = {
  name: 'snapshot-mismatch',
  meta: {
    type: 'problem',
    severity: 'error',
    docs: {
      description: 'The SQL and the snapshot of a migration disagree',
      why: `drizzle-kit generate never looks at a database or at SQL: it compares the schema file with the newest snapshot. So where the SQL of the migrations does not lead to what the snapshot says, every database differs from the schema, and no later migration repairs it. The code then runs into a column type, a NOT NULL, a key or a table that is not what its types say; and when the object is finally changed, the generated statement fails in production (\`column already exists\`, \`constraint does not exist\`).\n\nThe causes are edited SQL, hand-written migrations whose change is not in the schema file, and drizzle-kit itself: a column that is renamed and gets another type at the same time is only renamed; the primary key of a single column is dropped by a comment only (drizzle-kit 0.31.11).\n\nThe SQL is replayed and compared with the snapshots, object by object; each object is reported once, at the first snapshot it differs from, as long as it still does. Not compared is what a snapshot does not know (functions, triggers, extensions, rows, whether a constraint is validated, partitions, grants), what the SQL cannot show (run-time SQL, conditions in DO blocks), the text of views, policies and index expressions, the order of keys in an index and its operator classes, and the names PostgreSQL keeps when a table is renamed. Also not reported: a column, table or type that the database keeps on purpose after it left the schema (drop-column), unless an INSERT without it would fail; \`CHECK (c IS NOT NULL)\` on the way to NOT NULL (set-not-null); INCLUDE of an index; a unique index in place of a unique constraint.`,
      instead: `Decide which side is right.\n\nThe schema file: make the SQL do what the snapshot says. A migration that is not deployed can be edited: add the statement that the message names (drizzle-kit: rename in one \`generate\`, change the type in the next). A deployed one cannot: \`drizzle-kit generate --custom --name repair\` and put the statement there; its snapshot is a copy of the last one and fits as soon as the SQL does.\n\nThe database: change the schema file to match it and run \`drizzle-kit generate\`. The new snapshot then has it; the new SQL would create it a second time, so replace what already exists with a comment (an index: \`IF NOT EXISTS\`).\n\nNever edit a snapshot by hand: the next \`generate\` trusts it.`,
      category: 'integrity',
    },
    messages: {
      differs: {
        message:
          '{{object}} is {{actual}} after {{migration}}, but its snapshot says {{expected}}.',
        help: REPAIR,
      },
      missing: {
        message: '{{kind}} {{object}} does not exist after {{migration}}, but its snapshot has it.',
        help: REPAIR,
      },
      required: {
        message:
          '{{object}} is NOT NULL without a default after {{migration}}, but its snapshot does not have the column: every INSERT that Drizzle builds leaves it out and fails.',
        help: 'Make the column nullable while the old code still needs it (ALTER COLUMN … DROP NOT NULL), or drop it; in a new drizzle-kit generate --custom if this migration is already deployed.',
      },
      extra: {
        message:
          '{{kind}} {{object}} exists after {{migration}}, but its snapshot does not have it.',
        help: 'If you want it: add it to the schema file, run drizzle-kit generate, and replace the statement that would create it again with a comment. If not: {{how}}.',
        severity: 'warn',
      },
    },
  },
  check({ mismatches }, report) {
    for (const mismatch of mismatches) {
      const { migration, file, range, snapshotOf, subject } = mismatch
      const messageId = disparityOf(mismatch)
      const { actual, expected } = mismatch
      const [is, says] = messageId === 'differs' ? contrast(subject, actual, expected) : ['', '']
      report({
        messageId,
        migration,
        file,
        range,
        object: objectName(subject),
        // A default that only the database has fails nobody.
        ...(mismatch.changes.every((change) => change.kind === 'DropDefault')
          ? { severity: 'warn' }
          : {}),
        data: {
          migration: snapshotOf,
          kind: capitalised(objectKind(messageId === 'extra' ? actual : expected, subject)),
          actual: is,
          expected: says,
          how: howTo(mismatch, messageId),
        },
      })
    }
  },
}

function howTo({ changes, subject }: Mismatch, messageId: string): string {
  // A whole table is more than a line.
  const sql = subject.kind === 'table' && messageId === 'missing' ? null : repairSql(changes)
  if (messageId === 'extra') return sql === null ? 'drop it' : `run ${sql}`
  return sql === null ? 'Make the SQL match the snapshot' : `Add to the SQL: ${sql}`
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
