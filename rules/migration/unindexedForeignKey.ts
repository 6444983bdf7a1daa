import { type Catalog, findTable } from '../../src/catalog/catalog.ts'
import type { ChangeOf } from '../../src/catalog/change.ts'
import { type QualifiedName, displayColumn, displayName } from '../../src/catalog/names.ts'
import type { ForeignKeyConstraint, Index } from '../../src/catalog/table.ts'
import { defineRule } from '../../src/lint/rule.ts'
import { unindexedForeignKeyOnSqlite } from './sqlite/unindexedForeignKey.ts'

export const unindexedForeignKey = defineRule({
  name: 'unindexed-foreign-key',
  meta: {
    dialects: ['postgresql', 'sqlite'],
    type: 'suggestion',
    severity: 'warn',
    docs: {
      description: 'A foreign key has no index on its own columns',
      why: `PostgreSQL indexes the referenced side only. Every DELETE on the referenced table, and every UPDATE of its key, then reads the whole referencing table to look for rows, while it holds its row locks; joins and cascades along the key are as slow. It goes unnoticed until the table has grown.`,
      instead: `Add the index in the schema file, next to the key: \`(table) => [index().on(table.userId)]\`. On a table the same deployment creates it costs nothing. On a table with rows see create-index.`,
      category: 'blocks-traffic',
      examples: {
        bad: [
          {
            name: 'on a new table',
            schema: `CREATE TABLE users (id int PRIMARY KEY);`,
            sql: `CREATE TABLE "posts" ("id" integer PRIMARY KEY, "user_id" integer);--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id");`,
          },
          {
            name: 'with an index that leads with another column',
            schema: `CREATE TABLE users (id int PRIMARY KEY);`,
            sql: `CREATE TABLE "posts" ("id" integer PRIMARY KEY, "slug" text, "user_id" integer REFERENCES "users"("id"));--> statement-breakpoint
CREATE INDEX "posts_slug_user_id_idx" ON "posts" USING btree ("slug","user_id");`,
          },
        ],
        good: [
          {
            name: 'with an index, created later in the same deployment',
            schema: `CREATE TABLE users (id int PRIMARY KEY);`,
            sql: [
              `CREATE TABLE "posts" ("id" integer PRIMARY KEY, "user_id" integer REFERENCES "users"("id"));`,
              `CREATE INDEX "posts_user_id_idx" ON "posts" USING btree ("user_id");`,
            ],
          },
          {
            name: 'with a primary key that leads with its column',
            schema: `CREATE TABLE users (id int PRIMARY KEY);`,
            sql: `CREATE TABLE "members" ("user_id" integer REFERENCES "users"("id"), "team" text, PRIMARY KEY ("user_id", "team"));`,
          },
        ],
      },
    },
    wording: { sqlite: unindexedForeignKeyOnSqlite },
    messages: {
      unindexed: {
        message:
          'No index leads with {{columns}}, so every delete or key change in {{references}} reads all of {{table}}.',
        help: 'Add an index on {{columns}} to the schema file.',
      },
    },
  },
  create(context) {
    const added: (ChangeOf<'AddForeignKey'> | ChangeOf<'AlterForeignKey'>)[] = []
    return {
      AddForeignKey: (change) => void added.push(change),
      'Deployment:exit'({ known }) {
        for (const change of added) {
          const key = current(known, change.table, change.key)
          if (key === null || hasIndex(known, change.table, key)) continue
          const columns = key.columns
            .map((column) => displayColumn(change.table, column))
            .join(', ')
          context.report({
            on: change,
            part: 'constraint',
            messageId: 'unindexed',
            object: columns,
            data: {
              columns,
              references: displayName(key.references),
              table: displayName(change.table),
            },
          })
        }
      },
    }
  },
})

/** The key as it is at the end; null if it, or its table, is gone by then. */
function current(
  known: Catalog,
  table: QualifiedName,
  key: ForeignKeyConstraint,
): ForeignKeyConstraint | null {
  const found = findTable(known, table)?.constraints.find(
    (constraint) => constraint.name === key.name && constraint.type === 'foreign key',
  )
  return found?.type === 'foreign key' ? found : null
}

function hasIndex(known: Catalog, table: QualifiedName, key: ForeignKeyConstraint): boolean {
  return (findTable(known, table)?.indexes ?? []).some((index) => serves(index, key.columns))
}

/** Whether a lookup by the key's columns can use the index. */
function serves(index: Index, columns: readonly string[]): boolean {
  const leading = index.columns.slice(0, columns.length)
  const leads = columns.every((column) => leading.includes(column))
  // Rows whose key is NULL reference nothing: an index without them is as good.
  const { predicate } = index
  const partial =
    predicate !== null &&
    !(predicate.onlyNotNull && predicate.provesNotNull.every((column) => columns.includes(column)))
  return leads && !partial && (index.method === 'btree' || index.method === 'hash')
}
