import type { Catalog } from '../../src/catalog/catalog.ts'
import type { Change, Part } from '../../src/catalog/change.ts'
import { displayName, nameKey } from '../../src/catalog/names.ts'
import type { Missing } from '../../src/dialects/effects.ts'
import type { Fix } from '../../src/finding/finding.ts'
import { defineRule } from '../../src/lint/rule.ts'

const BY_HAND =
  'Put what creates it into a migration before this one (npx drizzle-kit generate --custom), so that every database has it.'

export const missingPrerequisite = defineRule({
  name: 'missing-prerequisite',
  meta: {
    dialects: ['postgresql'],
    type: 'problem',
    severity: 'warn',
    docs: {
      description: 'A function, type, extension or schema is used that no migration creates',
      why: `A default, check, index or policy that calls a function, a column of a type, and a table in a schema need these to be there. Where no migration creates them, and neither PostgreSQL nor the host brings them along, the statement fails on every database in which nobody has done so by hand: CI, a new developer's, the next environment. Whether production has them only production knows. What a migration that is deployed already relies on is taken to be there and not reported.`,
      instead: `Create it in a migration of its own, before the one that needs it: \`npx drizzle-kit generate --custom\`, then \`CREATE EXTENSION IF NOT EXISTS vector;\`, \`CREATE OR REPLACE FUNCTION …\` or \`CREATE SCHEMA IF NOT EXISTS …\`. drizzle-kit writes CREATE SCHEMA and CREATE TYPE itself, for a \`pgSchema\` or \`pgEnum\` that is exported. A role that may not create extensions needs the host's console: then say so in a suppression.`,
      category: 'cannot-run',
      examples: {
        bad: [
          {
            name: 'a function made by hand',
            schema: `CREATE TABLE users (id int PRIMARY KEY);`,
            sql: `ALTER TABLE "users" ADD COLUMN "public_id" text;--> statement-breakpoint
ALTER TABLE "users" ALTER COLUMN "public_id" SET DEFAULT nanoid();`,
          },
          {
            name: 'an extension that no migration creates',
            schema: `CREATE TABLE users (id int PRIMARY KEY);`,
            sql: `CREATE TABLE "members" ("id" integer PRIMARY KEY NOT NULL, "email" citext);`,
          },
          {
            name: 'a schema that no migration creates',
            schema: `CREATE TABLE users (id int PRIMARY KEY);`,
            sql: `CREATE TABLE "billing"."invoices" ("id" integer PRIMARY KEY NOT NULL);`,
          },
        ],
        good: [
          {
            name: 'created first',
            schema: `CREATE TABLE users (id int PRIMARY KEY);`,
            sql: `CREATE SCHEMA "billing";--> statement-breakpoint
CREATE FUNCTION "billing"."reference"() RETURNS text LANGUAGE sql AS 'SELECT ''a''';--> statement-breakpoint
CREATE TABLE "billing"."invoices" ("id" integer PRIMARY KEY NOT NULL, "reference" text DEFAULT "billing"."reference"());`,
          },
        ],
      },
    },
    messages: {
      extension: {
        message:
          'This fails unless the database has the extension {{extension}}, which no migration creates: the {{what}} {{name}} belongs to it.',
        help: 'Put CREATE EXTENSION IF NOT EXISTS "{{extension}}"; before it, in this migration or an earlier one.',
      },
      schema: {
        message: 'This fails unless the schema {{name}} is there already: no migration creates it.',
        help: `Put CREATE SCHEMA IF NOT EXISTS "{{name}}"; before it; drizzle-kit writes it for a pgSchema('{{name}}') that is exported.`,
      },
      type: {
        message:
          'This fails unless the type {{name}} is there already: no migration creates it, and PostgreSQL has none of that name.',
        help: 'If it is a pgEnum, export it and generate the migration again: drizzle-kit then writes CREATE TYPE. If it is not, create it in a migration before this one.',
      },
      function: {
        message:
          'This fails unless the function {{name}} is there already: no migration creates it, and PostgreSQL has none of that name.',
        help: BY_HAND,
      },
      tooNew: {
        message:
          'This fails unless somebody has created the function {{name}}: PostgreSQL {{version}} does not have it, it came with {{since}}.',
        help: BY_HAND,
      },
      later: {
        message:
          'This fails unless the {{what}} {{name}} is there already: only a later statement creates it.',
        help: 'Move the statement that creates it before this one.',
      },
    },
  },
  create(context) {
    const reported = new Set<string>()
    const { session, known } = context.deployment
    return {
      Change(change) {
        for (const { missing } of context.effects(change).errors) {
          if (missing === undefined) continue
          const { what, extension, since } = missing
          const name = `${displayName(missing.name)}${what === 'function' ? '()' : ''}`
          const object = extension ?? name
          if (reported.has(object)) continue
          reported.add(object)
          context.report({
            on: change,
            part: change.kind === 'AddForeignKey' ? 'references' : PARTS[what],
            messageId: isIn(known, missing) ? 'later' : messageFor(missing),
            object,
            suggestions: suggestions(change, missing),
            data: {
              what,
              name,
              extension: extension ?? '',
              since: since ?? '',
              version: session.version ?? '',
            },
          })
        }
      },
    }
  },
})

/** What of a change is to blame, where the text has it. */
const PARTS: Readonly<Partial<Record<Missing['what'], Part>>> = {
  function: 'default',
  type: 'type',
  schema: 'table',
}

function messageFor({ what, extension, since }: Missing): string {
  if (since !== null) return 'tooNew'
  if (extension !== null) return 'extension'
  return what === 'schema' || what === 'type' ? what : 'function'
}

/** Whether a catalog has what was missing. */
function isIn(catalog: Catalog, { what, name, extension }: Missing): boolean {
  if (extension !== null) return catalog.extensions?.has(extension) === true
  const schemas = name.schema === '' ? catalog.searchPath : [name.schema]
  const keys = schemas.map((schema) => nameKey({ schema, name: name.name }))
  if (what === 'schema') return catalog.schemas.has(name.name)
  return what === 'type'
    ? keys.some((key) => catalog.enums.has(key) || catalog.domains.has(key))
    : keys.some((key) => catalog.functions.has(key))
}

/** The statement that creates it, where that can be written without knowing more. */
function suggestions({ origin }: Change, { what, name, extension }: Missing): readonly Fix[] {
  const wanted =
    extension !== null
      ? `CREATE EXTENSION IF NOT EXISTS "${extension}"`
      : what === 'schema'
        ? `CREATE SCHEMA IF NOT EXISTS "${name.name}"`
        : null
  if (wanted === null) return []
  const range = { start: origin.start, end: origin.start }
  const text = `${wanted};--> statement-breakpoint\n`
  return [{ title: `Put ${wanted} before it`, edits: [{ file: origin.file, range, text }] }]
}
