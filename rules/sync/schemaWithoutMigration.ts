import type { PlacedReport, PlacedRule } from '../../src/lint/placedRule.ts'
import type { Sync } from '../../src/check/sync/difference.ts'

/** Beyond these a list tells nobody anything. */
const MOST_CHANGES = 8
const MOST_STATEMENTS = 12

export const schemaWithoutMigration: PlacedRule<Sync> = {
  name: 'schema-without-migration',
  meta: {
    type: 'problem',
    severity: 'error',
    docs: {
      description: 'The Drizzle schema has changes that no migration makes',
      why: `Code that uses the new schema is deployed to a database that does not have it: every query
of the changed table fails, because Drizzle selects all columns by name. Nothing else notices. The
schema compiles, tests that push the schema to a fresh database pass, and whoever generates the next
migration finds your change in theirs.

The schema is evaluated with the project's own drizzle-kit and compared with the newest snapshot of
the tree under check: what is staged, in a hook. Comments, types, relations() and $defaultFn need no
migration. A snapshot counts only together with its SQL file and its entry in the journal.`,
      instead: `Run the project's generate command, read the SQL, and stage it with the schema. If the
migration is to follow in a commit of its own, as some teams do, compare only when pushing:
sync: { at: 'push' } in the configuration. What is missing on the production branch already is one
warning until somebody generates it.`,
      category: 'breaks-running-code',
    },
    messages: {
      missing: {
        message: 'The schema has changes that no migration makes: {{changes}}.{{sql|lines}}',
        help: 'Run: {{generate}} && {{add}}',
      },
      unstaged: {
        message: 'The schema has changes whose migration is not staged: {{changes}}.',
        help: 'Run: {{stage}}',
      },
      incomplete: {
        message:
          'The schema has changes whose migration {{migration}} is only partly there: {{missing}} is missing.',
        help: '{{way}}',
      },
      unverified: {
        message:
          'No snapshot has these changes of the schema: {{changes}}. {{migrations}} may make them, but there is no snapshot to confirm it.',
        help: 'The next drizzle-kit generate will write them again. Better do it now: {{generate}}, replace what it writes with your SQL, and {{add}}.',
      },
      known: {
        message:
          'The schema in {{deployed}} already has changes that no migration makes: {{changes}}.',
        help: 'They will be part of the next migration somebody generates. Better give them their own: {{generate}}',
      },
      unsteady: {
        message:
          'The default of {{object}} is computed when the schema is loaded, so it is a fixed value in the database and another one in every migration that is generated.',
        help: 'To compute it for each row, use .$defaultFn(() => …), or let the database do it: .default(sql`…`), such as sql`now()` or sql`gen_random_uuid()`.',
      },
      unknown: {
        message: 'The schema could not be compared with the migrations: {{reason}}.',
        help: "{{help}} The change does not concern it, so it passes. To turn the comparison off, set sync: 'off' in the configuration.",
      },
    },
  },
  check(sync, report) {
    const {
      differences,
      known,
      sql,
      unstaged,
      incomplete,
      ambiguous,
      unexported,
      unknown,
      handWritten,
      isSqlKnown,
    } = sync
    const at = (list: Sync['differences']) => sync.placeOf(list[0] ?? null)
    const common = { migration: null, object: differences[0]?.object ?? null, ...at(differences) }
    const data = { ...sync.commands, changes: inWords(differences) }
    const [half] = incomplete
    if (unknown) {
      report({
        messageId: 'unknown',
        migration: null,
        object: null,
        severity: 'warn',
        data: unknown,
        ...sync.placeOf(null),
      })
    } else if (differences.length > 0 && half) {
      report({
        ...common,
        messageId: 'incomplete',
        migration: half.name,
        data: { ...data, missing: half.missing.join(' and '), way: howToComplete(sync) },
      } satisfies PlacedReport)
    } else if (differences.length > 0 && unstaged.length > 0) {
      report({ ...common, messageId: 'unstaged', data: { ...data, stage: sync.stage(unstaged) } })
    } else if (differences.length > 0 && !isSqlKnown) {
      const migrations = handWritten.join(', ')
      report({
        ...common,
        messageId: 'unverified',
        severity: 'warn',
        data: { ...data, migrations },
      })
    } else if (differences.length > 0 && ambiguous.length === 0) {
      // With something unexported among it, the SQL would drop that.
      report({
        ...common,
        messageId: 'missing',
        data: { ...data, sql: unexported.length + handWritten.length > 0 ? '' : asText(sql) },
      })
    }
    for (const { object, table } of sync.unsteady) {
      report({
        messageId: 'unsteady',
        migration: null,
        object,
        severity: 'warn',
        ...sync.placeOf({ object, table }),
      })
    }
    if (known.length > 0) {
      const data = { ...sync.commands, changes: inWords(known), deployed: sync.deployedLabel }
      report({
        messageId: 'known',
        migration: null,
        object: known[0]!.object,
        severity: 'warn',
        data,
        ...at(known),
      })
    }
  },
}

function howToComplete({ unstaged, stage, commands: { generate } }: Sync): string {
  return unstaged.length > 0
    ? `Run: ${stage(unstaged)}`
    : `Stage the whole migration: ${stage()}. If the file does not exist, generate the migration again: ${generate}`
}

function inWords(differences: Sync['differences']): string {
  const shown = differences.slice(0, MOST_CHANGES).map(({ text }) => text)
  const more = differences.length - shown.length
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '')
}

function asText(sql: readonly string[]): string {
  if (sql.length === 0) return ''
  const shown = sql
    .slice(0, MOST_STATEMENTS)
    .map((statement) => `\n  ${statement.replaceAll('\n', '\n  ')}`)
  const more = sql.length - shown.length
  return ` drizzle-kit would write:${shown.join('')}${more > 0 ? `\n  … and ${more} more` : ''}`
}
