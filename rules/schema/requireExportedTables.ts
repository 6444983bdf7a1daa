import type { DeclaredObject, DeclaredTable, SchemaFile } from '../../src/schema/model.ts'
import { onFile } from '../../src/eslint/schemaFile/visit.ts'
import type { SchemaRule } from '../../src/lint/schemaRule.ts'
import { ruleUrl } from '../../src/report/ruleUrl.ts'

export const requireExportedTables: SchemaRule = {
  meta: {
    type: 'problem',
    docs: {
      description:
        'require tables, enums, sequences and schemas to be exported, so that drizzle-kit sees them',
      url: ruleUrl('require-exported-tables'),
      recommended: true,
      why: `drizzle-kit imports the schema files and looks at what they export at the top level, nothing else. A table without \`export\` is not in the schema: \`drizzle-kit generate\` writes no CREATE TABLE for it, and a DROP TABLE if it was exported before. An enum that is used but not exported gives a migration that fails, because its type does not exist. Tools that remove unused exports (knip) cause this.`,
      instead: `Export it. A table that another tool manages (Supabase's \`auth.users\`) stays out of the migrations on purpose: leave its \`pgSchema\` without export too, and neither is reported.`,
      examples: {
        bad: [
          {
            name: 'a table without export',
            code: `import { integer, pgTable } from 'drizzle-orm/pg-core'

export const users = pgTable('users', { id: integer().primaryKey() })

const sessions = pgTable('sessions', { id: integer().primaryKey() })`,
          },
          {
            name: 'an enum without export',
            code: `import { integer, pgEnum, pgTable } from 'drizzle-orm/pg-core'

const role = pgEnum('role', ['admin', 'member'])

export const users = pgTable('users', { id: integer().primaryKey(), role: role() })`,
          },
        ],
        good: [
          {
            name: 'all exported',
            code: `import { integer, pgEnum, pgTable } from 'drizzle-orm/pg-core'

const role = pgEnum('role', ['admin', 'member'])
const users = pgTable('users', { id: integer().primaryKey(), role: role() })

export { role, users as usersTable }`,
          },
          {
            name: "a schema of somebody else's, not exported as a whole",
            code: `import { integer, pgSchema, pgTable, uuid } from 'drizzle-orm/pg-core'

const auth = pgSchema('auth')
const authUsers = auth.table('users', { id: uuid().primaryKey() })

export const profiles = pgTable('profiles', {
  id: uuid().primaryKey().references(() => authUsers.id),
})`,
          },
        ],
      },
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      notExported:
        '{{name}} is not exported, so drizzle-kit does not see it: it writes no migration for this {{kind}}, or one that drops it. Export it.',
      addExport: 'Export {{name}}.',
    },
    languages: ['js/js'],
  },
  create: (context) =>
    onFile(context, (file) => {
      // A script or a test exports nothing; it is no schema file.
      if (!file.exportsAnything) return
      const hidden = [
        ...file.tables.flatMap((table) =>
          isForgotten(table, file) ? [{ ...table, kind: 'table' }] : [],
        ),
        ...file.objects.filter((object) => isForgottenObject(object, file)),
      ]
      for (const { node, variable, kind } of hidden) {
        const { parent } = node as {
          parent?: { parent?: { range?: [number, number]; declarations?: unknown[] } }
        }
        const declaration = parent?.parent
        const range = declaration?.declarations?.length === 1 ? declaration.range : undefined
        const data = { name: variable ?? 'This', kind }
        context.report({
          node,
          messageId: 'notExported',
          data,
          suggest:
            range === undefined
              ? []
              : [
                  {
                    messageId: 'addExport',
                    data,
                    fix: (fixer) => fixer.insertTextBeforeRange(range, 'export '),
                  },
                ],
        })
      }
    }),
}

function isForgotten(table: DeclaredTable, file: SchemaFile): boolean {
  return !table.exported && (table.schema === null || isManaged(table.schema, file))
}

function isForgottenObject(object: DeclaredObject, file: SchemaFile): boolean {
  if (object.exported || object.kind === 'view') return false
  if (object.kind === 'schema') return isManaged(object.schema, file) && !isForeign(object.schema)
  return object.schema === null || isManaged(object.schema, file)
}

/** Whether anything of a schema is exported, so that the project means to manage it. */
function isManaged(schema: DeclaredObject['schema'], file: SchemaFile): boolean {
  if (schema === undefined) return false
  return (
    file.tables.some((table) => table.schema === schema && table.exported) ||
    file.objects.some((object) => object.schema === schema && object.exported)
  )
}

/** Schemas that hosts of PostgreSQL bring along: creating them again would fail. */
function isForeign(schema: DeclaredObject['schema']): boolean {
  return ['auth', 'storage', 'realtime', 'vault', 'extensions', 'neon_auth', 'cron'].includes(
    schema ?? '',
  )
}
