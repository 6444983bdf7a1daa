import type { PlacedRule } from '../../src/lint/placedRule.ts'
import type { Sync } from '../../src/check/sync/difference.ts'

/** Beyond these a list tells nobody anything. */
const MOST_CHANGES = 8
const MOST_STATEMENTS = 12
const MOST_PLACES = 4
const MOST_REFUSALS = 3

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
migration. A snapshot counts only together with its SQL file and its entry in the journal.

drizzle-kit decides whether a migration is needed. What the SQL of deployed and pending migrations makes
already is subtracted from what it would write, object by object; where SQL and schema agree and only the
snapshot lags behind, that is said once, as a warning, because the next generate would write it again.`,
      instead: `Run the project's generate command, read the SQL, and stage it with the schema. If the
migration is to follow in a commit of its own, as some teams do, compare only when pushing:
sync: { at: 'push' } in the configuration. What is missing on the production branch already is one
warning until somebody generates it.`,
      category: 'breaks-running-code',
    },
    messages: {
      missing: {
        message:
          'The schema has changes that no migration makes: {{changes}}.{{sql|lines}}{{refused|lines}}',
        help: '{{run}}: {{generate}} && {{add}}',
      },
      again: {
        message:
          'The schema has changes that no migration makes: {{changes}}.{{sql|lines}}{{refused|lines}}',
        help: '{{run}}: {{generate}}. It also writes what SQL makes already, because no snapshot has it: {{made}}. Delete that from the new SQL file, and leave what is shown above; then: {{add}}',
      },
      recorded: {
        message:
          'No snapshot has these changes of the schema, although the SQL of the migrations makes them: {{changes}}. The next drizzle-kit generate would write them again.',
        help: '{{way}}',
        severity: 'warn',
      },
      unstaged: {
        message: 'The schema has changes whose migration is not staged: {{changes}}.',
        help: 'Run: {{stage}}',
      },
      incomplete: {
        message:
          'The schema has changes whose migration {{migration}} is incomplete: {{missing}} is missing.',
        help: '{{way}}',
      },
      half: {
        message:
          'Migration {{migration}} is incomplete: {{missing}} is missing, so drizzle-kit would compare the schema with a snapshot that no SQL leads to.',
        help: '{{way}}',
      },
      unverified: {
        message:
          'No snapshot has these changes of the schema: {{changes}}. {{migrations}} may make them, but that cannot be read from the SQL.',
        help: 'The next drizzle-kit generate will write them again. Do it now instead: {{generate}}, replace what it writes with your SQL, and {{add}}.',
      },
      known: {
        message:
          'The schema in {{deployed}} already has changes that no migration makes: {{changes}}.',
        help: 'They will be part of the next migration somebody generates. Give them a migration of their own: {{generate}}',
      },
      unsteady: {
        message:
          'The default of {{object}} is computed when the schema is loaded, so it is a fixed value in the database and another one in every migration that is generated.',
        help: 'To compute it for each row, use .$defaultFn(() => …), or let the database do it: .default(sql`…`), such as sql`now()` or sql`gen_random_uuid()`.',
      },
      unnoticed: {
        message:
          'The index {{object}} of the schema differs from the one in the migrations, and this version of drizzle-kit does not notice: generate writes nothing for it.',
        help: 'Write it by hand: {{custom}}, and put into the new file:{{sql|lines}}',
      },
      unknown: {
        message: 'The schema could not be compared with the migrations: {{reason}}.',
        help: "This change does not touch the schema, so it passes; sync: 'off' in the configuration turns the comparison off. {{help}}",
      },
    },
  },
  check(sync, report) {
    const { differences, known, unsure, made, unstaged, incomplete, ambiguous, unknown } = sync
    const at = (list: Sync['differences']) => {
      const [place, ...also] = placesOf(list, sync)
      return { migration: null, object: list[0]?.object ?? null, ...place!, also }
    }
    const { generate, add } = sync.commands
    const run = sync.asks ? 'In a terminal (it asks what SQL has answered), run' : 'Run'
    const data = { run, generate, add, changes: inWords(differences) }
    const [half] = incomplete
    if (unknown) {
      report({ ...at([]), messageId: 'unknown', severity: 'warn', data: unknown })
    } else if (half) {
      report({
        ...at(differences),
        messageId: differences.length > 0 ? 'incomplete' : 'half',
        migration: half.name,
        data: { ...data, missing: half.missing.join(' and '), way: howToComplete(sync) },
      })
    } else if (differences.length > 0 && unstaged.length > 0) {
      report({
        ...at(differences),
        messageId: 'unstaged',
        data: { ...data, stage: sync.stage(unstaged) },
      })
    } else if (differences.length > 0 && ambiguous.length === 0) {
      report({
        ...at(differences),
        messageId: made.length > 0 ? 'again' : 'missing',
        // With something unexported among it, the SQL would drop that.
        data: {
          ...data,
          sql: sync.unexported.length > 0 ? '' : asText(sync.sql),
          refused: whatIsNext(sync.refusals),
          made: inWords(made),
        },
      })
    } else if (made.length > 0 && sync.isMadeNew && ambiguous.length === 0) {
      report({
        ...at(made),
        messageId: 'recorded',
        data: { changes: inWords(made), way: howToRecord(sync) },
      })
    }
    if (unsure.length > 0) {
      const migrations = sync.handWritten.join(', ') || 'SQL of the migrations'
      report({
        ...at(unsure),
        messageId: 'unverified',
        severity: 'warn',
        data: { generate, add, changes: inWords(unsure), migrations },
      })
    }
    for (const { object, subject } of sync.unsteady) {
      report({
        messageId: 'unsteady',
        migration: null,
        object,
        severity: 'warn',
        ...sync.placeOf(subject),
      })
    }
    for (const { object, subject, sql } of sync.unnoticed) {
      report({
        messageId: 'unnoticed',
        migration: null,
        object,
        severity: 'warn',
        data: {
          custom: sync.commands.custom,
          sql: sql.length === 0 ? ' the SQL that drops it and creates the new one.' : lines(sql),
        },
        ...sync.placeOf(subject),
      })
    }
    if (known.length > 0) {
      report({
        ...at(known),
        messageId: 'known',
        severity: 'warn',
        data: { generate, changes: inWords(known), deployed: sync.deployedLabel },
      })
    }
  },
}

/** The places of what differs, one for each table or other object; the first speaks for the rest. */
function placesOf(list: Sync['differences'], sync: Sync) {
  const places = new Map<string, ReturnType<Sync['placeOf']>>()
  for (const { subject } of list) {
    if (subject === null) continue
    const { schema, name } = subject.table ?? subject.name
    const key = `${schema}.${subject.table || subject.kind === 'column' ? '' : subject.kind}.${name}`
    if (!places.has(key)) places.set(key, sync.placeOf(subject))
  }
  const marked = [...places.values()].filter(({ range }, i) => i === 0 || range !== null)
  return marked.length > 0 ? marked.slice(0, MOST_PLACES) : [sync.placeOf(null)]
}

/** Where SQL makes it all, only the snapshot is to be written. */
function howToRecord({ asks, commands: { generate, add, recordOnly } }: Sync): string {
  const answer = asks ? 'In a terminal, where drizzle-kit asks what SQL has answered: ' : ''
  return recordOnly === null
    ? `${answer || 'Run: '}${generate}. Replace the SQL in the new file by SELECT 1; for the snapshot is all that is missing; then: ${add}`
    : `Write the snapshot alone. ${answer || 'Run: '}${recordOnly}`
}

function howToComplete({ unstaged, stage, commands: { generate } }: Sync): string {
  return unstaged.length > 0
    ? `Run: ${stage(unstaged)}`
    : `Stage the whole migration: ${stage()}. If the file does not exist, delete the rest of the migration and generate it again: ${generate}`
}

/** The next commit would be refused for the migration: better say so before it is generated. */
function whatIsNext(refusals: Sync['refusals']): string {
  const shown = refusals
    .slice(0, MOST_REFUSALS)
    .map(({ rule, message, help }) => `\n  ${rule}: ${message} ${help}`.trimEnd())
  const more = refusals.length - shown.length
  if (shown.length === 0) return ''
  return `\nThat migration would be refused next:${shown.join('')}${more > 0 ? `\n  … and ${more} more` : ''}`
}

function inWords(differences: Sync['differences']): string {
  const shown = differences.slice(0, MOST_CHANGES).map(({ text }) => text)
  const more = differences.length - shown.length
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '')
}

function lines(sql: readonly string[]): string {
  return sql.map((statement) => `\n  ${statement.replaceAll('\n', '\n  ')}`).join('')
}

function asText(sql: readonly string[]): string {
  if (sql.length === 0) return ''
  const shown = sql.slice(0, MOST_STATEMENTS)
  const more = sql.length - shown.length
  return ` drizzle-kit would write:${lines(shown)}${more > 0 ? `\n  … and ${more} more` : ''}`
}
