import { subjectKey, subjectOf } from '../../src/catalog/subject.ts'
import type { Change } from '../../src/catalog/change.ts'
import { PREVIEW_OPTIONS, type PreviewOptions } from '../../src/preview/options.ts'
import { type Preview, previewOf } from '../../src/preview/preview.ts'
import type { SchemaRule } from '../../src/lint/schemaRule.ts'
import { ruleUrl } from '../../src/report/ruleUrl.ts'
import { contrast, objectKind, objectName } from '../../src/catalog/contrast.ts'

/** What the examples compare with. */
const MIGRATED = 'CREATE TABLE "users" ("id" integer PRIMARY KEY, "email" text);'

export const noUnmigratedChange: SchemaRule = {
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow differences between the schema and what the migrations lead to',
      url: ruleUrl('no-unmigrated-change'),
      recommended: false,
      why: `Code that uses a column which no migration makes fails as soon as it is deployed. On the command line and in the hook \`schema-without-migration\` compares the whole schema with drizzle-kit's snapshots; this rule shows in the editor, file by file, what still has to be migrated. It is off by default, since every change of a schema begins without a migration.`,
      instead: `Run the project's \`drizzle-kit generate\`. Only columns, constraints and indexes of tables that the migrations have made are compared, and labels of enums; what cannot be told for sure is left out: see unsafe-schema-change.`,
      examples: {
        bad: [
          {
            name: 'a column that no migration makes',
            migrations: MIGRATED,
            code: `import { integer, pgTable, text } from 'drizzle-orm/pg-core'

export const users = pgTable('users', {
  id: integer().primaryKey(),
  email: text(),
  name: text(),
})`,
          },
        ],
        good: [
          {
            name: 'what the migrations lead to',
            migrations: MIGRATED,
            code: `import { integer, pgTable, text } from 'drizzle-orm/pg-core'

export const users = pgTable('users', {
  id: integer().primaryKey(),
  email: text(),
})`,
          },
        ],
      },
    },
    schema: [{ type: 'object', properties: { ...PREVIEW_OPTIONS }, additionalProperties: false }],
    defaultOptions: [{}],
    messages: {
      added: 'No migration makes {{kind}} {{object}} yet. Run: {{generate}}',
      removed:
        'No migration drops {{kind}} {{object}} yet, which this file no longer has. Run: {{generate}}',
      changed:
        '{{object}} is {{declared}} here and {{migrated}} after the migrations. Run: {{generate}}',
    },
    languages: ['js/js'],
  },
  create(context) {
    const [options] = context.options as [PreviewOptions]
    return {
      Program() {
        const preview = previewOf(context, options)
        if (preview === null) return
        for (const changes of bySubject(preview.changes)) {
          const found = wordsOf(preview, changes)
          const node = preview.nodeOf(changes.at(-1)!)
          if (found) context.report({ node, ...found })
        }
      },
    }
  },
}

/** One object may differ in several ways. */
function bySubject(changes: readonly Change[]): Iterable<readonly Change[]> {
  const groups = new Map<string, Change[]>()
  for (const change of changes) {
    const subject = subjectOf(change)
    if (subject === null) continue
    const key = subjectKey(subject)
    groups.set(key, [...(groups.get(key) ?? []), change])
  }
  return groups.values()
}

function wordsOf({ before, after }: Preview, changes: readonly Change[]) {
  const subject = subjectOf(changes[0]!)
  if (subject === null) return null
  const [adds, drops] = [/^(?:Add|Create)/, /^Drop(?!Default|NotNull|Identity|Expression)/].map(
    (kinds) =>
      changes.some(
        ({ kind }) => kinds.test(kind) && kind !== 'AddIdentity' && kind !== 'AddEnumValue',
      ),
  )
  const data = { object: objectName(subject), generate: 'npx drizzle-kit generate' }
  if (adds && !drops)
    return { messageId: 'added', data: { ...data, kind: objectKind(after, subject) } }
  if (drops && !adds)
    return { messageId: 'removed', data: { ...data, kind: objectKind(before, subject) } }
  const [migrated, declared] = contrast(subject, before, after)
  return { messageId: 'changed', data: { ...data, migrated, declared } }
}
