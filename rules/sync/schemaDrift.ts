import type { Drift, PlacedDrift } from '../../src/check/verification/drift/drift.ts'
import { displayName } from '../../src/catalog/names.ts'
import type { PlacedRule } from '../../src/lint/placedRule.ts'
import { repairSql } from '../history/repairSql.ts'

export const schemaDrift: PlacedRule<Drift> = {
  name: 'schema-drift',
  meta: {
    type: 'problem',
    severity: 'error',
    docs: {
      description: 'The database that the migrations make is not the one that the schema says',
      why: `Only verify looks for it: it runs every migration on one database and the whole schema, as the project's own drizzle-kit writes it, on another one of the same server, and compares what the server says of both. So it also sees what reading SQL cannot tell: what run-time SQL and DO blocks have made, the text of views, policies and index keys, defaults and checks as the server understands them.

Where the two differ, the code meets a column type, a NOT NULL, a key or a table that is not what its types say. Either a change of the schema has no migration (schema-without-migration), or a migration does something else than its snapshot says (snapshot-mismatch); then no later \`drizzle-kit generate\` repairs it.

Not compared is what the drizzle config leaves out (\`tablesFilter\`, \`schemaFilter\`), roles, what extensions bring along, and the migrator's own table. Triggers, functions, indexes, views, policies and sequences that only the migrations make are no fault: they are listed. What was so on the production branch already is a warning.`,
      instead: `Decide which side is right.\n\nThe schema file: run \`drizzle-kit generate\`. If it writes nothing, the snapshot is wrong about the SQL: \`drizzle-kit generate --custom --name repair\`, and put the statement there that the message names.\n\nThe database: take its state over into the schema file, and see with \`verify\` that the difference is gone.\n\nTo accept one difference, put it into \`acknowledged\`; one that is there for snapshot-mismatch or schema-without-migration counts here too.`,
      category: 'integrity',
    },
    messages: {
      differs: {
        message:
          'The migrations make {{object}} {{actual}}; the schema says {{expected}}.{{known}}',
        help: '{{how}}',
      },
      defined: {
        message:
          'The migrations make {{kind}} {{object}}{{of}} as {{actual}}; the schema says {{expected}}.{{known}}',
        help: '{{how}}',
      },
      missing: {
        message:
          'The migrations do not make {{kind}} {{object}}{{of}}, which the schema has.{{known}}',
        help: '{{how}}',
      },
      required: {
        message:
          'The migrations make {{object}} NOT NULL without a default, and the schema does not have the column: every INSERT that Drizzle builds leaves it out and fails.{{known}}',
        help: 'Make the column nullable while the old code still needs it (ALTER COLUMN … DROP NOT NULL), or drop it.',
      },
      extra: {
        message:
          'The migrations make {{kind}} {{object}}{{of}}, which the schema does not have.{{known}}',
        help: 'If you want it: add it to the schema file. If not: drop it in a migration of its own.',
        severity: 'warn',
      },
    },
  },
  check({ drifted, deployedLabel, commands }, report) {
    for (const one of drifted) {
      const [actual, expected] = one.sides
      const { table, kind } = one.subject
      const isPart = table !== null && kind !== 'column' && !one.kind.endsWith(' of')
      report({
        messageId: one.disparity === 'differs' && one.isDefined ? 'defined' : one.disparity,
        migration: one.migration,
        file: one.file,
        range: one.range,
        object: one.object,
        ...(one.known || !one.sure || isDefaultOnly(one) ? { severity: 'warn' as const } : {}),
        data: {
          kind: one.kind,
          of: isPart ? ` of ${displayName(table)}` : '',
          actual,
          expected,
          how: howTo(one, commands),
          known: one.known ? ` It was so in ${deployedLabel} already.` : '',
        },
      })
    }
  },
}

/** A default that only the database has fails nobody. */
function isDefaultOnly({ changes }: PlacedDrift): boolean {
  return changes.length > 0 && changes.every(({ kind }) => kind === 'DropDefault')
}

function howTo(
  { changes, generated, subject, disparity }: PlacedDrift,
  commands: Drift['commands'],
) {
  if (generated) return `Run: ${commands.generate}`
  const isLong = changes.length === 0 || (subject.kind === 'table' && disparity === 'missing')
  const sql = isLong ? null : repairSql(changes)
  const what =
    sql === null ? 'write there what makes it so' : `write there: ${sql.replace(/;$/, '')}`
  return `If the schema is right, drizzle-kit does not see that anything is missing: ${commands.custom}, and ${what}. If the database is right, change the schema file.`
}
